#ifndef CHAFF_LOGARITHMS_H
#define CHAFF_LOGARITHMS_H

#include "floats.h"

typedef double doubles __attribute__((vector_size(64)));
typedef uint64_t words __attribute__((vector_size(64)));

/* Reproducible.log, step by step. */
INLINE void logarithms(double *numbers, size_t count) {
  for (size_t index = 0; index < count; index += 8) {
    words bits;
    memcpy(&bits, numbers + index, sizeof bits);
    words fraction = bits & 0x000fffffffffffff;
    /* 1 where the mantissa is above √2. */
    words is_above = (0x6a09e667f3bcd - fraction) >> 63;
    words raw = (fraction | 0x3ff0000000000000) - (is_above << 52);
    doubles mantissa, exponent;
    memcpy(&mantissa, &raw, sizeof raw);
    raw = ((bits >> 52) + is_above) | 0x4330000000000000;
    memcpy(&exponent, &raw, sizeof raw);
    exponent -= 4503599627370496.0 + 1023;
    doubles s = (mantissa - 1) / (mantissa + 1);
    doubles q = s * s;
    doubles series = 0.043478260869565216 * q + 0.047619047619047616;
    series = series * q + 0.05263157894736842;
    series = series * q + 0.058823529411764705;
    series = series * q + 0.06666666666666667;
    series = series * q + 0.07692307692307693;
    series = series * q + 0.09090909090909091;
    series = series * q + 0.1111111111111111;
    series = series * q + 0.14285714285714285;
    series = series * q + 0.2;
    series = series * q + 0.3333333333333333;
    doubles result = exponent * 0.6931471805599453 + 2 * s * (1 + series * q);
    memcpy(numbers + index, &result, sizeof result);
  }
}

#endif
