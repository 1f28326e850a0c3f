#include "logarithms.h"

/* So many features that what is found of them stays in the nearest cache. */
enum { FEATURES_AT_ONCE = 32 };

/* Gathers the numbers whose logarithms rows are made of: the prior's, which is that of all labels that a feature does not
   stand on, the share's, and one for each label that it stands on. Most features stand on few: this takes a third of the
   logarithms. */
INLINE size_t gather(const chaff_likelihoods *from, const int32_t *counts, const uint8_t *blocks, size_t features,
                     double *numbers) {
  const size_t labels = from->labels;
  size_t length = 0;
  for (size_t feature = 0; feature < features; feature++) {
    const int32_t *own = counts + feature * labels;
    int64_t sum = 0;
    for (size_t label = 0; label < labels; label++) sum += own[label];
    const double share = ((double)sum + 0.5) / from->background[blocks[feature]];
    const double prior = from->smoothing[blocks[feature]] * share;
    numbers[length++] = share;
    numbers[length++] = prior;
    for (size_t label = 0; label < labels; label++) {
      numbers[length] = (double)own[label] + prior;
      length += own[label] != 0;
    }
  }
  return length;
}

INLINE void spread(const chaff_likelihoods *from, const int32_t *counts, const uint8_t *blocks, size_t features,
                   const double *logarithms, double *rows) {
  const size_t labels = from->labels;
  const double *next = logarithms;
  for (size_t feature = 0; feature < features; feature++) {
    const int32_t *own = counts + feature * labels;
    const double *totals = from->log_totals + blocks[feature] * labels;
    const double share = next[0], prior = next[1];
    next += 2;
    for (size_t label = 0; label < labels; label++) {
      const double logarithm = own[label] != 0 ? *next : prior;
      next += own[label] != 0;
      rows[feature * labels + label] = logarithm - totals[label] - share;
    }
  }
}

INLINE void log_likelihoods(const chaff_likelihoods *likelihoods, const int32_t *counts, const uint8_t *blocks,
                            size_t features, double *rows) {
  const size_t labels = likelihoods->labels;
  /* One more is read behind the last, and seven more are worked out. */
  double numbers[FEATURES_AT_ONCE * (labels + 2) + 8];
  for (size_t start = 0; start < features; start += FEATURES_AT_ONCE) {
    const size_t count = features - start < FEATURES_AT_ONCE ? features - start : FEATURES_AT_ONCE;
    const int32_t *own = counts + start * labels;
    const size_t length = gather(likelihoods, own, blocks + start, count, numbers);
    for (size_t index = length; index < length + 8; index++) numbers[index] = 1;
    logarithms(numbers, length);
    spread(likelihoods, own, blocks + start, count, numbers, rows + start * labels);
  }
}

VERSIONS(log_likelihoods,
         (const chaff_likelihoods *likelihoods, const int32_t *counts, const uint8_t *blocks, size_t features,
          double *rows),
         (likelihoods, counts, blocks, features, rows))

INLINE void narrow_rows(const double *rows, size_t features, size_t labels, size_t groups, float *narrow) {
  for (size_t feature = 0; feature < features; feature++) {
    float *own = narrow + feature * 16 * groups;
    for (size_t label = 0; label < labels; label++) own[label] = (float)rows[feature * labels + label];
    for (size_t lane = labels; lane < 16 * groups; lane++) own[lane] = 0;
  }
}

VERSIONS(narrow_rows, (const double *rows, size_t features, size_t labels, size_t groups, float *narrow),
         (rows, features, labels, groups, narrow))

/* How many features ahead rows are asked for: they lie far apart. */
enum { AHEAD = 12 };

/* The features of a block follow each other, so that their sum is seldom written. */
INLINE void add_feature_rows(const float *rows, const float *gains, const uint8_t *blocks, const uint32_t *features,
                             size_t count, size_t groups, float *sums) {
  for (size_t group = 0; group < groups && count > 0; group++) {
    uint8_t block = blocks[features[0]];
    floats sum, row;
    load(&sum, sums + 16 * (groups * block + group));
    for (size_t index = 0; index < count; index++) {
      const uint32_t feature = features[index];
      if (index + AHEAD < count) __builtin_prefetch(rows + 16 * (groups * features[index + AHEAD] + group));
      if (blocks[feature] != block) {
        store(sums + 16 * (groups * block + group), &sum);
        block = blocks[feature];
        load(&sum, sums + 16 * (groups * block + group));
      }
      load(&row, rows + 16 * (groups * feature + group));
      sum += row * gains[feature];
    }
    store(sums + 16 * (groups * block + group), &sum);
  }
}

VERSIONS(add_feature_rows,
         (const float *rows, const float *gains, const uint8_t *blocks, const uint32_t *features, size_t count,
          size_t groups, float *sums),
         (rows, gains, blocks, features, count, groups, sums))
