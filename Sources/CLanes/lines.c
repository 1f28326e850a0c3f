#include "versions.h"

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* Each of these goes over all lines, since of all that is known of lines at once there is too much for the registers. What is
   added to lists only now and then is written always, without a branch, and counted only then. */

/* Where lines and their words begin, and the marks behind their words. */
INLINE void read_starts(const chaff_line_source *source, chaff_found_lines *out) {
  const chaff_line_source from = *source;
  const chaff_found_lines own = *out;
  uint32_t start = 0, word = 1;
  for (size_t line = 0; line < from.count; line++) {
    chaff_line_batch *const batch = own.batches + line / 16;
    const size_t lane = line % 16;
    const uint32_t feed = from.feeds[line], mark = word + batch->numbers[CHAFF_WORDS][lane];
    own.words[mark] = from.line_mark;
    own.flags[mark] = from.list_end;
    own.word_lists[line] = (uint32_t)line;
    batch->numbers[CHAFF_ENDS_SENTENCE][lane] = from.sentence_ends[feed >> 6] >> (feed & 63) & 1;
    batch->numbers[CHAFF_START][lane] = start;
    batch->numbers[CHAFF_FIRST_WORD][lane] = word;
    word = mark + 1;
    start = feed + 1;
  }
}

/* What stands at the edges of lines. */
INLINE void read_edges(const chaff_line_source *source, chaff_found_lines *out) {
  const uint8_t *const text = source->text, *const edges = source->edges;
  const uint32_t *const feeds = source->feeds;
  chaff_line_batch *const batches = out->batches;
  uint32_t *unknown = out->unknown, start = 0;
  const size_t count = source->count;
  for (size_t line = 0; line < count; line++) {
    chaff_line_batch *const batch = batches + line / 16;
    const size_t lane = line % 16;
    const uint32_t feed = feeds[line], end = feed - (feed > start && text[feed - (feed > start)] == '\r');
    uint32_t first = start, last = end;
    while (first < end && edges[text[first]] == 0) first++;
    while (last > first && edges[text[last - 1]] == 0) last--;
    /* Of a blank line that is a line end, which is no edge. */
    const uint8_t first_edge = edges[text[first]], last_edge = edges[text[last - (last > first)]];
    *unknown = (uint32_t)line;
    unknown += (first_edge == CHAFF_UNKNOWN_EDGE) | (last_edge == CHAFF_UNKNOWN_EDGE);
    batch->numbers[CHAFF_BYTES][lane] = end - start;
    batch->numbers[CHAFF_FIRST][lane] = first_edge;
    batch->numbers[CHAFF_LAST][lane] = last_edge;
    batch->numbers[CHAFF_IS_BLANK][lane] = first == end;
    start = feed + 1;
  }
  out->unknown_count = (size_t)(unknown - out->unknown);
}

/* The marks and the years of lines, and which lines are irregular. */
INLINE void read_marks(const chaff_line_source *source, chaff_found_lines *out) {
  const chaff_line_source from = *source;
  chaff_line_batch *const batches = out->batches;
  uint32_t *irregular = out->irregular, last_mark = UINT32_MAX;
  const uint32_t *year = from.years, *wide = from.wides;
  bytes16 before = {0}, marks;
  for (size_t line = 0; line < from.count; line++) {
    chaff_line_batch *const batch = batches + line / 16;
    const size_t lane = line % 16;
    memcpy(&marks, from.marks.sums + 16 * line, sizeof marks);
    const bytes16 own = marks - before;
    memcpy(batch->marks[lane], &own, sizeof own);
    before = marks;
    /* More marks than are counted in eight bits, or letters beyond ASCII. */
    const uint32_t is_wide = *wide < from.feeds[line];
    const uint32_t is_irregular = is_wide | (from.marks.ends[line] - last_mark > 256);
    wide += is_wide;
    last_mark = from.marks.ends[line];
    *irregular = (uint32_t)line;
    irregular += is_irregular;
    const uint32_t mark = batch->numbers[CHAFF_FIRST_WORD][lane] + batch->numbers[CHAFF_WORDS][lane];
    uint32_t years = 0;
    for (; *year < mark - 1; year++) years++;
    batch->numbers[CHAFF_YEARS][lane] = years;
    batch->numbers[CHAFF_IS_REGULAR][lane] = !is_irregular;
  }
  out->irregular_count = (size_t)(irregular - out->irregular);
}

INLINE void read_lines(const chaff_line_source *source, chaff_found_lines *out) {
  for (size_t batch = 0; batch < (source->count + 15) / 16; batch++) {
    static const int none[] = {CHAFF_TIMES, CHAFF_IDEOGRAPHS, CHAFF_ADDRESSES};
    for (int column = 0; column < 3; column++)
      memset(out->batches[batch].numbers[none[column]], 0, sizeof out->batches[batch].numbers[none[column]]);
  }
  read_starts(source, out);
  read_edges(source, out);
  read_marks(source, out);
}

VERSIONS(read_lines, (const chaff_line_source *source, chaff_found_lines *out), (source, out))
