#include "versions.h"

typedef uint64_t longs __attribute__((vector_size(64)));

INLINE void count_lanes(longs *lanes) {
  longs x = *lanes;
  x = x - (x >> 1 & 0x5555555555555555);
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
  x = x + (x >> 8);
  x = x + (x >> 16);
  *lanes = (x + (x >> 32)) & 0x7f;
}

/* Counts are told by what came before a line's end less what came before its beginning, so that no line is gone through. */
INLINE void count_bits(const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds,
                       size_t lines, chaff_line_batch *batches) {
  longs total = {0}, lanes;
  for (size_t block = 0; block < blocks; block++) {
    memcpy(before + block, &total, sizeof total);
    memcpy(&lanes, counted + block, sizeof lanes);
    count_lanes(&lanes);
    total += lanes;
  }
  uint32_t last[CHAFF_COUNTED] = {0};
  for (size_t line = 0; line < lines; line++) {
    const size_t block = feeds[line] >> 6;
    /* With the line feed, behind the last word. */
    const uint64_t below = ((uint64_t)2 << (feeds[line] & 63)) - 1;
    for (int column = 0; column < CHAFF_COUNTED; column++) {
      const uint64_t inside = counted[block].masks[column] & below;
      const uint32_t count = (uint32_t)before[block].masks[column] + (uint32_t)__builtin_popcountll(inside);
      batches[line / 16].numbers[column][line % 16] = count - last[column];
      last[column] = count;
    }
  }
}

VERSIONS(count_bits,
         (const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds, size_t lines,
          chaff_line_batch *batches),
         (counted, blocks, before, feeds, lines, batches))
