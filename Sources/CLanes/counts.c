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

INLINE void count_bits(const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds,
                       size_t lines, size_t origin, chaff_counted *ends) {
  longs total = {0}, lanes;
  for (size_t block = 0; block < blocks; block++) {
    memcpy(before + block, &total, sizeof total);
    memcpy(&lanes, counted + block, sizeof lanes);
    count_lanes(&lanes);
    total += lanes;
  }
  memcpy(before + blocks, &total, sizeof total);
  for (size_t line = 0; line < lines; line++) {
    size_t end = feeds[line] - origin;
    memcpy(&total, before + (end >> 6), sizeof total);
    memcpy(&lanes, counted + (end >> 6), sizeof lanes);
    lanes &= ~(~(uint64_t)0 << (end & 63) << 1);
    count_lanes(&lanes);
    total += lanes;
    memcpy(ends + line, &total, sizeof total);
  }
}

VERSIONS(count_bits,
         (const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds, size_t lines,
          size_t origin, chaff_counted *ends),
         (counted, blocks, before, feeds, lines, origin, ends))
