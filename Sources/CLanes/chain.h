#ifndef CHAFF_CHAIN_H
#define CHAFF_CHAIN_H

#include "floats.h"

/* What makes a vector sum to 1. */
INLINE float scale(const floats *vector) {
  float sum = tree_sum(vector);
  return 1 / (0x1p-120f >= sum ? 0x1p-120f : sum);
}

/* Scales what forward and backward vectors come to together to a sum of 1; the prior, where nothing is left of a line. */
INLINE void settle(floats *product, const float *prior) {
  float factor = scale(product);
  if (factor < 0x1p120f)
    *product *= factor;
  else
    load(product, prior);
}

/* Has numbers read one by one, each broadcast as it is fetched, for which there is room on x86-64. Where the compiler sees what
   was stored, or fetches two at once, it broadcasts by shuffles, which can be done one at a time: backward took 1.15 of the
   time. */
#if defined(__x86_64__)
#define IN_MEMORY(numbers) __asm__("" : "+m"(*(float(*)[16])(numbers)))
#else
#define IN_MEMORY(numbers)
#endif

/* Multiplies a vector by some rows of a matrix, in two sums, since a sum waits for the one before. */
INLINE void multiply(const float *matrix, size_t from, size_t to, const float *source, floats *out) {
  floats row, even = {0}, odd = {0};
  size_t index = from;
  for (; index + 1 < to; index += 2) {
    load(&row, matrix + 16 * index);
    add_product(&even, &row, source[index]);
    IN_MEMORY(source);
    load(&row, matrix + 16 * index + 16);
    add_product(&odd, &row, source[index + 1]);
  }
  if (index < to) {
    load(&row, matrix + 16 * index);
    add_product(&even, &row, source[index]);
  }
  *out = even + odd;
}

#endif
