#include "floats.h"

INLINE void temper(float *posteriors, size_t lines, int eighths) {
  for (size_t line = 0; line < lines; line++) {
    floats half, result = (floats){0} + 1;
    load(&half, posteriors + 16 * line);
    half = __builtin_elementwise_sqrt(half);
    floats quarter = __builtin_elementwise_sqrt(half);
    if (eighths & 4) result = half;
    if (eighths & 2) result *= quarter;
    if (eighths & 1) result *= __builtin_elementwise_sqrt(quarter);
    float sum = tree_sum(&result);
    result *= sum > 0 ? 1 / sum : 0;
    store(posteriors + 16 * line, &result);
  }
}

VERSIONS(temper, (float *posteriors, size_t lines, int eighths), (posteriors, lines, eighths))

/* MARK: Decisions */

/* Sixteen lines of sixteen labels to sixteen labels of sixteen lines: four times each vector is interleaved with the one
   eight behind it. */
INLINE void transpose(floats *vectors) {
  for (int round = 0; round < 4; round++) {
    floats mixed[16];
#pragma clang loop unroll(full)
    for (int index = 0; index < 8; index++) {
      floats one = vectors[index], other = vectors[index + 8];
      mixed[2 * index] =
          __builtin_shufflevector(one, other, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      mixed[2 * index + 1] =
          __builtin_shufflevector(one, other, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    memcpy(vectors, mixed, sizeof mixed);
  }
}

#define CHOSEN(mask, one, other) (((mask) & (one)) | (~(mask) & (other)))

/* Sixteen lines. */
INLINE void decide_lines(const floats *by_label, const uint8_t *ends, size_t categories, uint8_t *labels,
                         float *probabilities) {
  const ints zeros = {0};
  ints best = zeros + (int32_t)0xff800000, found = zeros;
  size_t label = 0;
  for (size_t category = 0; category < categories; category++) {
    floats sum = by_label[label], top = sum;
    ints chosen = zeros + (int32_t)label;
    for (label++; label < ends[category]; label++) {
      floats own = by_label[label];
      sum += own;
      ints larger = own > top;
      ints own_bits, top_bits;
      memcpy(&own_bits, &own, sizeof own);
      memcpy(&top_bits, &top, sizeof top);
      top_bits = CHOSEN(larger, own_bits, top_bits);
      memcpy(&top, &top_bits, sizeof top);
      chosen = CHOSEN(larger, zeros + (int32_t)label, chosen);
    }
    floats most;
    memcpy(&most, &best, sizeof most);
    ints better = sum > most, sum_bits;
    memcpy(&sum_bits, &sum, sizeof sum);
    best = CHOSEN(better, sum_bits, best);
    found = CHOSEN(category == 0 ? ~zeros : better, chosen, found);
  }
  for (int line = 0; line < 16; line++) labels[line] = (uint8_t)found[line];
  floats probability;
  memcpy(&probability, &best, sizeof probability);
  ints is_number = probability >= 0, is_more = probability > 1;
  floats one = (floats){0} + 1;
  ints one_bits;
  memcpy(&one_bits, &one, sizeof one);
  best = CHOSEN(is_more, one_bits, best) & is_number;
  memcpy(probabilities, &best, sizeof best);
}

INLINE void decide(const float *posteriors, size_t lines, const uint8_t *ends, size_t categories, uint8_t *labels,
                   float *probabilities) {
  for (size_t line = 0; line < lines; line += 16) {
    floats vectors[16] = {0};
    size_t count = lines - line < 16 ? lines - line : 16;
    memcpy(vectors, posteriors + 16 * line, count == 16 ? sizeof vectors : count * sizeof *vectors);
    transpose(vectors);
    if (count == 16) {
      decide_lines(vectors, ends, categories, labels + line, probabilities + line);
    } else {
      uint8_t own_labels[16];
      float own_probabilities[16];
      decide_lines(vectors, ends, categories, own_labels, own_probabilities);
      memcpy(labels + line, own_labels, count);
      memcpy(probabilities + line, own_probabilities, count * sizeof *own_probabilities);
    }
  }
}

VERSIONS(decide,
         (const float *posteriors, size_t lines, const uint8_t *ends, size_t categories, uint8_t *labels,
          float *probabilities),
         (posteriors, lines, ends, categories, labels, probabilities))
