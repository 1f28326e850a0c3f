#include "versions.h"

/* What is added to a list only now and then is written always, without a branch, and counted only then. */
INLINE void read_lines(const chaff_line_source *source, chaff_found_lines *out) {
  const chaff_line_source from = *source;
  const chaff_found_lines own = *out;
  const uint32_t *wide = from.wides;
  uint32_t *irregular = own.irregular, start = 0, first = 1;
  for (size_t line = 0; line < from.count; line++) {
    const uint32_t feed = from.feeds[line];
    const size_t block = feed >> 6, bit = feed & 63;
    /* A line feed is listed like a word: its place in the list tells how many words are before it. */
    const uint64_t below = from.words.starts[block] & (((uint64_t)1 << bit) - 1);
    const uint32_t mark = from.words.before[block] + (uint32_t)__builtin_popcountll(below) + 1;
    const uint64_t ends_sentence = from.words.sentences[block] >> bit & 1, is_blank = from.words.blanks[block] >> bit & 1;
    const uint64_t has_joined = from.words.joined[block] >> bit & 1, is_accented = from.words.accented[block] >> bit & 1;
    /* Joined words are put together by their ASCII. */
    const uint32_t has_other = *wide < feed, is_irregular = has_other | (uint32_t)(has_joined & is_accented);
    own.words[mark] = from.line_mark;
    own.flags[mark] = from.list_end;
    own.word_lists[line] = (uint32_t)line;
    own.lines.starts[line] = start;
    own.lines.first_words[line] = first;
    own.lines.words[line] = mark - first;
    own.lines.traits[line] = (uint8_t)(ends_sentence * CHAFF_ENDS_SENTENCE | is_blank * CHAFF_IS_BLANK |
                                       has_joined * CHAFF_HAS_JOINED | !is_irregular * CHAFF_IS_REGULAR);
    *irregular = (uint32_t)line;
    irregular += is_irregular;
    wide += has_other;
    first = mark + 1;
    start = feed + 1;
  }
  own.lines.starts[from.count] = start;
  out->irregular_count = (size_t)(irregular - own.irregular);
}

VERSIONS(read_lines, (const chaff_line_source *source, chaff_found_lines *out), (source, out))
