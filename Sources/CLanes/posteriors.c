#include "floats.h"

/* So many vectors are raised at once: one alone waits for each product. */
#define RAISED 8

/* To the power of -1/8, from 0 on, within 2e-7: an estimate by the exponent, and two of Halley's steps. Three square roots take
   twice as long; these are products and sums only, the same on all processors. 1 becomes 1, and 0 a number of which seven
   multiplied can be held. */
INLINE void find_roots(const floats *vectors, int count, floats *roots) {
  ALL {
    ints bits;
    memcpy(&bits, &vectors[index], sizeof bits);
    bits = 0x47692230 - (bits >> 3);
    memcpy(&roots[index], &bits, sizeof bits);
  }
  for (int step = 0; step < 2; step++) {
    ALL {
      floats root = roots[index], square = root * root, fourth = square * square;
      /* In that order: the eighth power alone could be too large, where a number is 0. */
      floats error = 1 - vectors[index] * fourth * fourth;
      roots[index] = root + root * (error * (0.125f + 0.0703125f * error));
    }
  }
}

/* Raises vectors, no more than RAISED, to a power of so many eighths. */
INLINE void raise(floats *vectors, int count, int eighths) {
  floats roots[RAISED];
  find_roots(vectors, count, roots);
  int missing = 8 - eighths;
  if (missing & 1) ALL vectors[index] *= roots[index];
  ALL roots[index] *= roots[index];
  if (missing & 2) ALL vectors[index] *= roots[index];
  if (missing & 4) ALL vectors[index] *= roots[index] * roots[index];
}

/* What makes a line sum to 1. Nothing can be left of a line whose chain was crafted; it stays so. */
INLINE float rescaling(float sum) { return sum > 0 ? 1 / sum : 0; }

/* No more than RAISED lines of a vector each. */
INLINE void temper_narrow(float *posteriors, int count, int eighths) {
  floats vectors[RAISED];
  ALL load(&vectors[index], posteriors + 16 * index);
  raise(vectors, count, eighths);
  ALL {
    vectors[index] *= rescaling(tree_sum(&vectors[index]));
    store(posteriors + 16 * index, &vectors[index]);
  }
}

/* A line of several vectors. */
INLINE void temper_wide(float *posteriors, size_t groups, int eighths) {
  floats vector;
  float sum = 0;
  for (size_t group = 0; group < groups; group++) {
    load(&vector, posteriors + 16 * group);
    raise(&vector, 1, eighths);
    store(posteriors + 16 * group, &vector);
    sum += tree_sum(&vector);
  }
  for (size_t group = 0; group < groups; group++) {
    load(&vector, posteriors + 16 * group);
    vector *= rescaling(sum);
    store(posteriors + 16 * group, &vector);
  }
}

INLINE void temper(float *posteriors, size_t lines, size_t groups, int eighths) {
  size_t line = 0;
  for (; groups == 1 && line + RAISED <= lines; line += RAISED) temper_narrow(posteriors + 16 * line, RAISED, eighths);
  for (; line < lines; line++) temper_wide(posteriors + 16 * groups * line, groups, eighths);
}

VERSIONS(temper, (float *posteriors, size_t lines, size_t groups, int eighths), (posteriors, lines, groups, eighths))

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
