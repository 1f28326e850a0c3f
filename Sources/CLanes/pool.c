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
