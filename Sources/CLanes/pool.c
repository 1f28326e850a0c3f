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

/* Lines that are pooled at once. What is done of a line waits for what was done before: one by one, lines took half as long
   again, and with two at once a quarter longer. */
enum { AT_ONCE = 8 };

INLINE void pool(const chaff_sums *sums, const uint32_t *rows, size_t lines, const float *coefficients,
                 const float *bias, const float *mask, float *likelihoods) {
  const chaff_sums own = *sums;
  floats first, lanes, scores[AT_ONCE];
  load(&first, bias);
  load(&lanes, mask);
  for (size_t start = 0; start < lines; start += AT_ONCE) {
    for (size_t index = 0; index < AT_ONCE; index++) {
      /* In place of lines behind the last there is the last. */
      const size_t line = start + index < lines ? start + index : lines - 1;
      const int16_t *words = own.words + 16 * (size_t)own.word_lists[line];
      const int16_t *bigrams = own.bigrams + 16 * (size_t)own.bigram_lists[line];
      const int16_t *triples = own.triples + 16 * (size_t)own.triple_lists[line];
      const float *row = coefficients + 16 * (size_t)(rows[line] == UINT32_MAX ? 0 : rows[line]);
      scores[index] = first;
      add_block(&scores[index], words, words + 16, row);
      add_block(&scores[index], bigrams, bigrams + 16, row + 16);
      add_block(&scores[index], triples, triples + 16, row + 32);
    }
    for (int index = 0; index < AT_ONCE; index++) scores[index] -= roughly_largest(&scores[index]);
    exponentials(scores, AT_ONCE);
    for (size_t index = 0; index < AT_ONCE && start + index < lines; index++) {
      const size_t line = start + index;
      floats score = scores[index];
      /* From the order of a row's bytes to that of the labels. */
      score = __builtin_shufflevector(score, score, 0, 4, 8, 12, 2, 6, 10, 14, 1, 5, 9, 13, 3, 7, 11, 15) * lanes;
      if (rows[line] != UINT32_MAX) store(likelihoods + 16 * line, &score);
    }
  }
}

VERSIONS(pool,
         (const chaff_sums *sums, const uint32_t *rows, size_t lines, const float *coefficients, const float *bias,
          const float *mask, float *likelihoods),
         (sums, rows, lines, coefficients, bias, mask, likelihoods))
