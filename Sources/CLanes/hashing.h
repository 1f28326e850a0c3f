#ifndef CHAFF_HASHING_H
#define CHAFF_HASHING_H

#include "versions.h"

/* FeatureHash.fold */
INLINE uint64_t fold(uint64_t value) {
  unsigned __int128 product = (unsigned __int128)(value ^ 0x2545f4914f6cdd1d) * 0xbf58476d1ce4e5b9;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
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
