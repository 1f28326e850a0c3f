#include "versions.h"

static _Atomic int limit = 512;

void chaff_limit_vectors(int bits) { limit = bits; }

#if defined(__x86_64__)
int chaff_vector_bits(void) {
  int most = 128;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt"))
    most = 256;
  if (most == 256 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2"))
    most = 512;
  return most < limit ? most : limit;
}
#endif
