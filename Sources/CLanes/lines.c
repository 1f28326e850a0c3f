#include "versions.h"

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* What is added to lists only now and then is written always, without a branch, and counted only then. */
INLINE void read_lines(const chaff_line_source *source, chaff_found_lines *out) {
  const chaff_line_source from = *source;
  chaff_line_batch *const batches = out->batches;
  uint64_t *const words = out->words;
  uint8_t *const flags = out->flags;
  uint32_t *irregular = out->irregular, *unknown = out->unknown;
  const uint32_t *year = from.years, *wide = from.wides;
  uint32_t start = 0, word = 1, last_mark = UINT32_MAX;
  bytes16 before = {0}, marks;
  for (size_t line = 0; line < from.count; line++) {
    chaff_line_batch *const batch = batches + line / 16;
    const size_t lane = line % 16;
    const uint32_t feed = from.feeds[line];
    /* The mark behind the line's words. */
    const uint32_t mark = word + batch->numbers[CHAFF_WORDS][lane];
    words[mark] = from.line_mark;
    flags[mark] = from.list_end;
    out->word_lists[line] = (uint32_t)line;
    const uint32_t end = feed - (feed > start && from.text[feed - (feed > start)] == '\r');
    uint32_t first = start, last = end;
    while (first < end && from.edges[from.text[first]] == 0) first++;
    while (last > first && from.edges[from.text[last - 1]] == 0) last--;
    /* Of a blank line that is a line end, which is no edge. */
    const uint8_t first_edge = from.edges[from.text[first]], last_edge = from.edges[from.text[last - (last > first)]];
    *unknown = (uint32_t)line;
    unknown += (first_edge == CHAFF_UNKNOWN_EDGE) | (last_edge == CHAFF_UNKNOWN_EDGE);
    uint32_t years = 0;
    for (; *year < mark - 1; year++) years++;
    memcpy(&marks, from.marks.sums + 16 * line, sizeof marks);
    const bytes16 own = marks - before;
    memcpy(batch->marks[lane], &own, sizeof own);
    before = marks;
    /* More marks than are counted in eight bits, or letters beyond ASCII. */
    const uint32_t is_wide = *wide < feed, is_irregular = is_wide | (from.marks.ends[line] - last_mark > 256);
    wide += is_wide;
    last_mark = from.marks.ends[line];
    *irregular = (uint32_t)line;
    irregular += is_irregular;
    batch->numbers[CHAFF_ENDS_SENTENCE][lane] = from.sentence_ends[feed >> 6] >> (feed & 63) & 1;
    batch->numbers[CHAFF_BYTES][lane] = end - start;
    batch->numbers[CHAFF_FIRST][lane] = first_edge;
    batch->numbers[CHAFF_LAST][lane] = last_edge;
    batch->numbers[CHAFF_TIMES][lane] = 0;
    batch->numbers[CHAFF_YEARS][lane] = years;
    batch->numbers[CHAFF_IDEOGRAPHS][lane] = 0;
    batch->numbers[CHAFF_ADDRESSES][lane] = 0;
    batch->numbers[CHAFF_IS_BLANK][lane] = first == end;
    batch->numbers[CHAFF_IS_REGULAR][lane] = !is_irregular;
    batch->numbers[CHAFF_START][lane] = start;
    batch->numbers[CHAFF_FIRST_WORD][lane] = word;
    word = mark + 1;
    start = feed + 1;
  }
  out->irregular_count = (size_t)(irregular - out->irregular);
  out->unknown_count = (size_t)(unknown - out->unknown);
}

VERSIONS(read_lines, (const chaff_line_source *source, chaff_found_lines *out), (source, out))
