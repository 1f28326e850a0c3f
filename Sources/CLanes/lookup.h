#ifndef CHAFF_LOOKUP_H
#define CHAFF_LOOKUP_H

#include "versions.h"

/* Features are looked up some at a time, and every step for all of them, so that nothing waits for what is fetched. With 64
   at a time it took a tenth longer, with 32 a third. */
#define AT_ONCE 128
#define WHOLE 16
#define WHOLE_VECTORS _Pragma("clang loop vectorize_width(16) interleave_count(1)")

/* The ranks of up to AT_ONCE features; the row count for one that the table does not have. As many as make whole vectors are
   looked up, whatever stands there. */
INLINE void look_up(const chaff_table *table, const uint64_t *hashes, size_t features, uint32_t *ranks) {
  const size_t count = (features + WHOLE - 1) & ~(size_t)(WHOLE - 1);
  uint32_t places[AT_ONCE], found[AT_ONCE];
  WHOLE_VECTORS
  for (size_t index = 0; index < count; index++)
    places[index] = (uint32_t)((hashes[index] >> 32) * table->pilot_count >> 32);
  ONE_BY_ONE
  for (size_t index = 0; index < count; index++) {
    const uint8_t *pilot = table->pilots + 2 * (size_t)places[index];
    found[index] = pilot[0] | (uint32_t)pilot[1] << 8;
  }
  WHOLE_VECTORS
  for (size_t index = 0; index < count; index++) {
    uint32_t scattered = ((uint32_t)hashes[index] ^ found[index] * 0x9e3779b1) * 0x85ebca6b;
    places[index] = (uint32_t)((uint64_t)scattered * table->slot_count >> 32);
  }
  ONE_BY_ONE
  for (size_t index = 0; index < count; index++) {
    const uint8_t *slot = table->slots + 4 * (size_t)places[index];
    found[index] = slot[0] | (uint32_t)slot[1] << 8 | (uint32_t)slot[2] << 16 | (uint32_t)slot[3] << 24;
  }
  WHOLE_VECTORS
  for (size_t index = 0; index < count; index++) {
    /* With another tag, what is left above the rank is more than any rank. */
    uint32_t here = found[index] ^ ((uint32_t)(hashes[index] >> 16) & ~table->rank_mask);
    ranks[index] = here < table->row_count ? here : table->row_count;
  }
}

#endif
