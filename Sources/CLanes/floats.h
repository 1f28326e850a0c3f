#ifndef CHAFF_FLOATS_H
#define CHAFF_FLOATS_H

#include "versions.h"

/* Sums of products must be the same on all processors. */
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

#endif
