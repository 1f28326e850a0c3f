#include "versions.h"

/* How many features ahead counts are asked for: they lie far apart. */
enum { AHEAD = 16 };

void chaff_count_features(const uint32_t *features, size_t count, size_t known, size_t labels, size_t label,
                          int32_t weight, const uint8_t *blocks, int32_t *counts, uint32_t *block_counts) {
  /* Those of the next line may be of another label, but then those of this one are near. */
  for (size_t index = 0; index < count; index++) {
    if (index + AHEAD < known) __builtin_prefetch(counts + features[index + AHEAD] * labels + label, 1);
    counts[features[index] * labels + label] += weight;
    block_counts[blocks[features[index]]]++;
  }
}

void chaff_count_page(const uint32_t *features, size_t count, int32_t page, int32_t times, chaff_paged_feature *paged) {
  for (size_t index = 0; index < count; index++) {
    chaff_paged_feature *feature = paged + features[index];
    feature->pages += feature->last == page ? 0 : times;
    feature->last = page;
  }
}

/* Without a branch: which are kept is guessed wrongly. */
size_t chaff_keep_features(const uint32_t *features, size_t count, const uint32_t *numbers, const uint8_t *blocks,
                           uint32_t *kept, uint32_t *left_out) {
  size_t length = 0;
  for (size_t index = 0; index < count; index++) {
    const uint32_t number = numbers[features[index]];
    kept[length] = number;
    length += number != UINT32_MAX;
    left_out[blocks[features[index]]] += number == UINT32_MAX;
  }
  return length;
}

/* Without a branch, a byte and the one before it at a time, so that many are taken at once. */
size_t chaff_count_pieces(const uint8_t *text, size_t count) {
  size_t pieces = count > 0 && text[0] != ' ';
  for (size_t start = 1; start < count; start += 128) {
    const size_t length = count - start < 128 ? count - start : 128;
    uint8_t found = 0;
    for (size_t index = start; index < start + length; index++) found += (text[index - 1] == ' ') & (text[index] != ' ');
    pieces += found;
  }
  return pieces;
}
