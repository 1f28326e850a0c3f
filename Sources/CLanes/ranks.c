#include "lookup.h"

INLINE void find_ranks(const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks) {
  const chaff_table own = *table;
  for (size_t start = 0; start < count; start += AT_ONCE) {
    /* Where there are whole vectors to read and to write. */
    uint64_t here[AT_ONCE] = {0};
    uint32_t found[AT_ONCE];
    size_t length = count - start < AT_ONCE ? count - start : AT_ONCE;
    memcpy(here, hashes + start, length * sizeof *here);
    look_up(&own, here, length, found);
    memcpy(ranks + start, found, length * sizeof *found);
  }
}

VERSIONS(find_ranks, (const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks),
         (table, hashes, count, ranks))
