#ifndef CHAFF_FLOATS_H
#define CHAFF_FLOATS_H

#include "versions.h"

/* Sums of products must be the same on all processors: they are rounded once only where it says so (add_product). */
#pragma STDC FP_CONTRACT OFF

typedef float floats __attribute__((vector_size(64)));
typedef float floats8 __attribute__((vector_size(32)));
typedef float floats4 __attribute__((vector_size(16)));
typedef int32_t ints __attribute__((vector_size(64)));

/* Vectors in memory need no alignment. They go in and out by pointers: by value they would be passed differently by each
   version. */
INLINE void load(floats *vector, const float *memory) { memcpy(vector, memory, sizeof *vector); }
INLINE void store(float *memory, const floats *vector) { memcpy(memory, vector, sizeof *vector); }

/* The sum of the lanes, added as a tree. */
INLINE float tree_sum(const floats *vector) {
  floats8 eight = __builtin_shufflevector(*vector, *vector, 0, 1, 2, 3, 4, 5, 6, 7) +
                  __builtin_shufflevector(*vector, *vector, 8, 9, 10, 11, 12, 13, 14, 15);
  floats4 four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

/* sum + row × factor, rounded once (IEEE 754-2019, 5.4.1): the same on all processors. Where a chain's products and sums were
   two operations each, going forward took 1.2 of the time. x86-64 processors without AVX2 call fmaf for each lane: the chain
   takes twenty times as long on these. */
INLINE void add_product(floats *sum, const floats *row, float factor) {
  typedef float splat __attribute__((ext_vector_type(16)));
  *sum = __builtin_elementwise_fma(*row, (floats)(splat)factor, *sum);
}

/* A step for each of some vectors, of which none waits for another, before the next step of any. */
#define ALL for (int index = 0; index < count; index++)

/* Reproducible.exp of vectors, step by step; `count` is a constant, at most 8. */
INLINE void exponentials(floats *x, int count) {
  floats r[8], p[8];
  ints exponents[8];
  ALL {
    /* Below −80 is −80. */
    const floats t = x[index] + 80;
    ints raw;
    memcpy(&raw, &t, sizeof raw);
    raw &= ~(raw >> 31);
    memcpy(&x[index], &raw, sizeof raw);
  }
  ALL {
    const floats clamped = x[index] - 80, shifted = clamped * 1.44269504f + 12582912, n = shifted - 12582912;
    memcpy(&exponents[index], &shifted, sizeof shifted);
    r[index] = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  }
  ALL p[index] = r[index] * 1.9875691500e-4f + 1.3981999507e-3f;
  ALL p[index] = p[index] * r[index] + 8.3334519073e-3f;
  ALL p[index] = p[index] * r[index] + 4.1665795894e-2f;
  ALL p[index] = p[index] * r[index] + 1.6666665459e-1f;
  ALL p[index] = p[index] * r[index] + 5.0000001201e-1f;
  ALL p[index] = p[index] * r[index] * r[index] + r[index] + 1;
  ALL {
    ints raw;
    memcpy(&raw, &p[index], sizeof raw);
    raw += exponents[index] << 23;
    memcpy(&x[index], &raw, sizeof raw);
  }
}

#endif
