#include "floats.h"

typedef int16_t shorts __attribute__((vector_size(32)));

/* Adds a block's sums, which are what is between two of a list that runs on, times its coefficients. */
INLINE void add_block(floats *score, const int16_t *before, const int16_t *after, const float *coefficients) {
  shorts first, last;
  memcpy(&first, before, sizeof first);
  memcpy(&last, after, sizeof last);
  last -= first;
  floats weights;
  load(&weights, coefficients);
  *score += __builtin_convertvector(last, floats) * weights;
}

/* The largest lane, to a sixteenth. */
INLINE float roughly_largest(const floats *score) {
  floats shifted = *score * 16 + 12582912;
  ints fixed;
  memcpy(&fixed, &shifted, sizeof fixed);
  int32_t largest = __builtin_reduce_max(fixed);
  return (float)(largest - 0x4b400000) * 0.0625f;
}

/* Reproducible.exp, step by step. */
INLINE void exponential(floats *x) {
  floats t = *x + 80;
  ints raw;
  memcpy(&raw, &t, sizeof raw);
  raw &= 0x7fffffff;
  floats magnitude;
  memcpy(&magnitude, &raw, sizeof magnitude);
  floats clamped = (t + magnitude) * 0.5f - 80;
  floats shifted = clamped * 1.44269504f + 12582912;
  floats n = shifted - 12582912;
  floats r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  ints exponent;
  memcpy(&exponent, &shifted, sizeof exponent);
  memcpy(&raw, &p, sizeof raw);
  raw += exponent << 23;
  memcpy(x, &raw, sizeof raw);
}

INLINE void pool(const chaff_sums *sums, const uint32_t *rows, size_t lines, const float *coefficients,
                 const float *bias, const float *mask, float *likelihoods) {
  static const int16_t zeros[16];
  floats first, lanes;
  load(&first, bias);
  load(&lanes, mask);
  for (size_t line = 0; line < lines; line++) {
    if (rows[line] == UINT32_MAX) continue;
    const int16_t *words = sums->words + 16 * (size_t)sums->word_lists[line];
    const int16_t *bigrams = sums->bigrams + 16 * (size_t)sums->bigram_lists[line];
    const int16_t *triples = sums->triples + 16 * (size_t)sums->triple_lists[line];
    const float *row = coefficients + 16 * (size_t)rows[line];
    floats score = first;
    /* Words, bigrams, shape, patterns: the order of the sum. */
    add_block(&score, words, words + 16, row);
    add_block(&score, bigrams, bigrams + 16, row + 16);
    add_block(&score, zeros, sums->shapes + 16 * line, row + 48);
    add_block(&score, triples, triples + 16, row + 32);
    score -= roughly_largest(&score);
    exponential(&score);
    /* From the order of a row's bytes to that of the labels. */
    score = __builtin_shufflevector(score, score, 0, 4, 8, 12, 2, 6, 10, 14, 1, 5, 9, 13, 3, 7, 11, 15);
    score *= lanes;
    store(likelihoods + 16 * line, &score);
  }
}

VERSIONS(pool,
         (const chaff_sums *sums, const uint32_t *rows, size_t lines, const float *coefficients, const float *bias,
          const float *mask, float *likelihoods),
         (sums, rows, lines, coefficients, bias, mask, likelihoods))

/* MARK: Held-out lines */

/* The largest lane, as SIMD16.nearlyLargest finds it. */
#define LARGER(type, integers, one, other, larger)                                                                    \
  do {                                                                                                                \
    type difference = (one) - (other);                                                                                \
    integers bits;                                                                                                    \
    memcpy(&bits, &difference, sizeof bits);                                                                          \
    bits &= 0x7fffffff;                                                                                               \
    memcpy(&difference, &bits, sizeof bits);                                                                          \
    (larger) = ((one) + (other) + difference) * 0.5f;                                                                 \
  } while (0)

typedef float floats2 __attribute__((vector_size(8)));
typedef int32_t ints8 __attribute__((vector_size(32)));
typedef int32_t ints4 __attribute__((vector_size(16)));
typedef int32_t ints2 __attribute__((vector_size(8)));

INLINE float nearly_largest(const floats *score) {
  floats8 eight;
  LARGER(floats8, ints8, (__builtin_shufflevector(*score, *score, 0, 1, 2, 3, 4, 5, 6, 7)),
         (__builtin_shufflevector(*score, *score, 8, 9, 10, 11, 12, 13, 14, 15)), eight);
  floats4 four;
  LARGER(floats4, ints4, (__builtin_shufflevector(eight, eight, 0, 1, 2, 3)),
         (__builtin_shufflevector(eight, eight, 4, 5, 6, 7)), four);
  floats2 two;
  LARGER(floats2, ints2, (__builtin_shufflevector(four, four, 0, 1)), (__builtin_shufflevector(four, four, 2, 3)), two);
  return two[0] > two[1] ? two[0] : two[1];
}

INLINE void pool_held_out(const float *scores, const uint8_t *lengths, size_t lines, const float *weights,
                          const float *bias, const float *mask, float *likelihoods) {
  floats first, lanes;
  load(&first, bias);
  load(&lanes, mask);
  for (size_t line = 0; line < lines; line++) {
    floats score = first;
    for (size_t block = 0; block < 4; block++) {
      floats own, weight;
      load(&own, scores + 16 * (4 * line + block));
      load(&weight, weights + 16 * (4 * (size_t)lengths[line] + block));
      score += own * weight;
    }
    score -= nearly_largest(&score);
    exponential(&score);
    score *= lanes;
    store(likelihoods + 16 * line, &score);
  }
}

VERSIONS(pool_held_out,
         (const float *scores, const uint8_t *lengths, size_t lines, const float *weights, const float *bias,
          const float *mask, float *likelihoods),
         (scores, lengths, lines, weights, bias, mask, likelihoods))

INLINE void add_slopes(const float *posteriors, const float *scores, const uint8_t *lengths, size_t length_count,
                       const uint8_t *categories, size_t lines, const float *members, float *sums) {
  for (size_t line = 0; line < lines; line++) {
    if (categories[line] == UINT8_MAX) continue;
    floats posterior, gold, sum;
    load(&posterior, posteriors + 16 * line);
    load(&gold, members + 16 * (size_t)categories[line]);
    gold *= posterior;
    floats slope = gold * (1 / (1e-9f + tree_sum(&gold))) - posterior;
    float *bias = sums + 16 * (4 * length_count);
    load(&sum, bias);
    sum += slope;
    store(bias, &sum);
    for (size_t block = 0; block < 4; block++) {
      floats own;
      load(&own, scores + 16 * (4 * line + block));
      float *weight = sums + 16 * (block * length_count + lengths[line]);
      load(&sum, weight);
      sum += slope * own;
      store(weight, &sum);
    }
  }
}

VERSIONS(add_slopes,
         (const float *posteriors, const float *scores, const uint8_t *lengths, size_t length_count,
          const uint8_t *categories, size_t lines, const float *members, float *sums),
         (posteriors, scores, lengths, length_count, categories, lines, members, sums))
