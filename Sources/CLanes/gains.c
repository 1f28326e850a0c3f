#include "floats.h"

/* Steps of a sum: sums of whole numbers do not depend on their order. */
#define STEPS 0x1p24f

/* How many features ahead rows are asked for: they lie far apart. */
enum { AHEAD = 12 };

/* What is the same for all features of a line, by group: the posteriors; and those by the gold category, less these. */
INLINE void find_pull(chaff_gain_line *line, size_t groups, float *pull) {
  float category = 1e-9f;
  for (size_t group = 0; group < groups; group++) {
    floats posterior, gold;
    load(&posterior, line->posteriors + 16 * group);
    load(&gold, line->members + 16 * group);
    gold *= posterior;
    category += tree_sum(&gold);
    store(pull + 16 * group, &gold);
  }
  line->category = category;
  const float share = 1 / category;
  for (size_t group = 0; group < groups; group++) {
    floats posterior, gold;
    load(&posterior, line->posteriors + 16 * group);
    load(&gold, pull + 16 * group);
    gold = gold * share - posterior;
    store(pull + 16 * group, &gold);
  }
}

/* Adds the slope of a feature's gain and, if asked for, its curvature: the variance of what the feature says. */
INLINE void add_gain_slope(const chaff_gain_line *line, const float *row, const float *weights, size_t groups,
                           const float *pull, int with_curvature, chaff_gain_slope *out) {
  float slope = 0, mean = 0, square = 0;
  for (size_t group = 0; group < groups; group++) {
    floats said, weight, gain, posterior;
    load(&said, row + 16 * group);
    load(&weight, weights + 16 * group);
    said *= weight;
    load(&gain, pull + 16 * group);
    gain *= said;
    slope += tree_sum(&gain);
    if (!with_curvature) continue;
    load(&posterior, line->posteriors + 16 * group);
    posterior *= said;
    mean += tree_sum(&posterior);
    posterior *= said;
    square += tree_sum(&posterior);
  }
  out->slope += (int64_t)(slope * STEPS);
  if (!with_curvature) return;
  const float variance = square - mean * mean;
  out->curvature += (int64_t)((variance > 0 ? variance : 0) * STEPS);
}

INLINE void add_gains(chaff_gain_line *line, const float *rows, const uint8_t *blocks, const uint32_t *features,
                      size_t count, size_t groups, int with_curvature, chaff_gain_slope *slopes) {
  float pull[16 * groups];
  find_pull(line, groups, pull);
  const chaff_gain_line own = *line;
  for (size_t index = 0; index < count; index++) {
    const uint32_t feature = features[index];
    if (index + AHEAD < count) {
      __builtin_prefetch(rows + 16 * groups * features[index + AHEAD]);
      __builtin_prefetch(slopes + features[index + AHEAD]);
    }
    add_gain_slope(&own, rows + 16 * groups * feature, own.weights + 16 * groups * blocks[feature], groups, pull,
                   with_curvature, slopes + feature);
  }
}

/* Most models have one group, and curvatures are asked for once. */
INLINE void add_gain_slopes(chaff_gain_line *line, const float *rows, const uint8_t *blocks, const uint32_t *features,
                            size_t count, size_t groups, int with_curvature, chaff_gain_slope *slopes) {
  if (groups == 1 && !with_curvature)
    add_gains(line, rows, blocks, features, count, 1, 0, slopes);
  else if (groups == 1)
    add_gains(line, rows, blocks, features, count, 1, 1, slopes);
  else
    add_gains(line, rows, blocks, features, count, groups, with_curvature, slopes);
}

VERSIONS(add_gain_slopes,
         (chaff_gain_line *line, const float *rows, const uint8_t *blocks, const uint32_t *features, size_t count,
          size_t groups, int with_curvature, chaff_gain_slope *slopes),
         (line, rows, blocks, features, count, groups, with_curvature, slopes))
