#ifndef CHAFF_HASHING_H
#define CHAFF_HASHING_H

#include "versions.h"

/* FeatureHash.fold */
INLINE uint64_t fold(uint64_t value) {
  unsigned __int128 product = (unsigned __int128)(value ^ 0x2545f4914f6cdd1d) * 0xbf58476d1ce4e5b9;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

typedef uint64_t eight_longs __attribute__((ext_vector_type(8)));
typedef int32_t eight_numbers __attribute__((ext_vector_type(8)));
typedef uint8_t eight_small __attribute__((ext_vector_type(8)));

/* The same of eight values, by products of halves: vectors have no more. */
INLINE void fold_eight(eight_longs *values) {
  const uint64_t half = 0xffffffff, low = 0x1ce4e5b9, high = 0xbf58476d;
  const eight_longs value = *values ^ 0x2545f4914f6cdd1d;
  const eight_longs below = value & half, above = value >> 32;
  const eight_longs lowest = below * low, middle = above * low + (lowest >> 32);
  const eight_longs carried = below * high + (middle & half);
  *values = (above * high + (middle >> 32) + (carried >> 32)) ^ (carried << 32 | (lowest & half));
}

/* FeatureHash.mix */
INLINE uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 29) * 0x94d049bb133111eb;
  return x ^ x >> 32;
}

INLINE uint64_t rotated(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

/* One of two, without a branch: `yes` is 0 or 1. The compiler must not see that it is a choice, or it makes it a jump
   again where it believes that to be cheaper. */
INLINE uint64_t chosen(uint64_t yes, uint64_t one, uint64_t other) {
  uint64_t mask = 0 - yes;
  __asm__("" : "+r"(mask));
  return other ^ ((one ^ other) & mask);
}

#endif
