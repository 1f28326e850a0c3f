#include "versions.h"

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* Without a branch: how many marks a line has is guessed wrongly. */
INLINE void count_marks(const uint8_t *text, const uint32_t *places, size_t count, const chaff_mark_kinds *kinds,
                        chaff_marks *out) {
  const uint8_t *units = kinds->units, *is_special = kinds->is_special;
  uint8_t *sums = out->sums;
  uint32_t *ends = out->ends, *specials = out->specials, *lines = out->special_lines, line = 0;
  size_t special_count = 0;
  bytes16 sum = {0}, unit;
  for (size_t index = 0; index < count; index++) {
    const uint8_t byte = text[places[index]];
    memcpy(&unit, units + 16 * (size_t)byte, sizeof unit);
    sum += unit;
    memcpy(sums + 16 * (size_t)line, &sum, sizeof sum);
    ends[line] = (uint32_t)index;
    specials[special_count] = places[index];
    lines[special_count] = line;
    special_count += is_special[byte];
    line += byte == '\n';
  }
  out->special_count = special_count;
}

VERSIONS(count_marks,
         (const uint8_t *text, const uint32_t *places, size_t count, const chaff_mark_kinds *kinds, chaff_marks *out),
         (text, places, count, kinds, out))
