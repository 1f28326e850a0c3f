#include "floats.h"

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

/* How many lines ahead scores are asked for, since they come from far: that takes a quarter of the time. And how many lines are
   pooled at once, so that none waits for its own steps: of what is left, a third; with eight it is less. */
enum { LINES_AHEAD = 12, LINES_AT_ONCE = 4 };

/* Pools a constant number of lines. */
INLINE void pool_some(const float *scores, const uint8_t *lengths, int lines, const float *weights, const floats *bias,
                      const floats *mask, float *likelihoods) {
  floats pooled[LINES_AT_ONCE];
  for (int line = 0; line < lines; line++) {
    const float *ahead = scores + 16 * CHAFF_BLOCKS * (line + LINES_AHEAD);
    for (int block = 0; block < CHAFF_BLOCKS; block++) __builtin_prefetch(ahead + 16 * block);
    floats score = *bias;
    for (int block = 0; block < CHAFF_BLOCKS; block++) {
      floats own, weight;
      load(&own, scores + 16 * (CHAFF_BLOCKS * line + block));
      load(&weight, weights + 16 * (CHAFF_BLOCKS * (size_t)lengths[line] + (size_t)block));
      score += own * weight;
    }
    pooled[line] = score - nearly_largest(&score);
  }
  exponentials(pooled, lines);
  for (int line = 0; line < lines; line++) {
    pooled[line] *= *mask;
    store(likelihoods + 16 * line, &pooled[line]);
  }
}

INLINE void pool_held_out(const float *scores, const uint8_t *lengths, size_t lines, const float *weights,
                          const float *bias, const float *mask, float *likelihoods) {
  floats first, lanes;
  load(&first, bias);
  load(&lanes, mask);
  size_t line = 0;
  for (; line + LINES_AT_ONCE <= lines; line += LINES_AT_ONCE)
    pool_some(scores + 16 * CHAFF_BLOCKS * line, lengths + line, LINES_AT_ONCE, weights, &first, &lanes,
              likelihoods + 16 * line);
  for (; line < lines; line++)
    pool_some(scores + 16 * CHAFF_BLOCKS * line, lengths + line, 1, weights, &first, &lanes, likelihoods + 16 * line);
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
    float *bias = sums + 16 * (CHAFF_BLOCKS * length_count);
    load(&sum, bias);
    sum += slope;
    store(bias, &sum);
    for (size_t block = 0; block < CHAFF_BLOCKS; block++) {
      floats own;
      load(&own, scores + 16 * (CHAFF_BLOCKS * line + block));
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

INLINE void add_page(float *page, size_t count, double *sums) {
  for (size_t index = 0; index < count; index++) {
    sums[index] += (double)page[index];
    page[index] = 0;
  }
}

VERSIONS(add_page, (float *page, size_t count, double *sums), (page, count, sums))
