#ifndef CHAFF_VERSIONS_H
#define CHAFF_VERSIONS_H

#include "lanes.h"

#include <string.h>

/* A loop is written once, as a function that is always inlined, and compiled for several processors: see VERSIONS. */
#define INLINE static inline __attribute__((always_inline))

/* What is worked out is worked out for several at once; what is fetched is fetched one by one, which is faster than gathering. */
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable)")

/* Copies bytes, a step at a time without asking whether there are as many: most texts have no more than a step, and how many
   there are is guessed wrongly. */
INLINE void copy_by(size_t step, uint8_t *to, const uint8_t *from, size_t count) {
  memcpy(to, from, step);
  for (size_t copied = step; copied < count; copied += step) memcpy(to + copied, from + copied, step);
}

#define AVX2 "avx2,fma,bmi,bmi2,lzcnt,popcnt"
#define AVX512 AVX2 ",avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2"

#if defined(__x86_64__)
/* The bits of the vectors to be used. */
int chaff_vector_bits(void);

#define VERSIONS(name, parameters, arguments)                                                                         \
  __attribute__((target(AVX2))) static void name##_avx2 parameters { name arguments; }                                \
  __attribute__((target(AVX512))) static void name##_avx512 parameters { name arguments; }                            \
  SWITCH(name, parameters, arguments)

/* For a loop that has versions of its own. */
#define SWITCH(name, parameters, arguments)                                                                           \
  void chaff_##name parameters {                                                                                      \
    switch (chaff_vector_bits()) {                                                                                    \
    case 512: name##_avx512 arguments; break;                                                                         \
    case 256: name##_avx2 arguments; break;                                                                           \
    default: name arguments;                                                                                          \
    }                                                                                                                 \
  }
#else
#define VERSIONS(name, parameters, arguments)                                                                         \
  void chaff_##name parameters { name arguments; }
#endif

#endif
