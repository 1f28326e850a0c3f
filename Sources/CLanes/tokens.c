#include "hashing.h"

/* MARK: Which tokens are wanted */

/* How many tokens begin in some bytes. */
INLINE size_t count_tokens(const uint64_t *tokens, size_t start, size_t end) {
  uint64_t left = ~(uint64_t)0 << (start & 63);
  size_t count = 0;
  for (size_t block = start >> 6; block < end >> 6; block++) {
    count += (size_t)__builtin_popcountll(tokens[block] & left);
    left = ~(uint64_t)0;
  }
  if ((end & 63) != 0) count += (size_t)__builtin_popcountll(tokens[end >> 6] & left & ~(~(uint64_t)0 << (end & 63)));
  return count;
}

/* Lines with and without a pattern follow each other as they like: what is of no use is written, and not counted. */
INLINE void pick_patterns(const chaff_pattern_source *source, chaff_patterns *out) {
  const chaff_pattern_source from = *source;
  const chaff_patterns own = *out;
  uint32_t *lines = own.lines, *first_words = own.first_words, *marks = own.marks, *others = own.others;
  uint32_t *joined = own.joined;
  size_t count = 0;
  for (size_t line = 0; line < from.count; line++) {
    const uint32_t start = from.lines.starts[line], end = from.lines.starts[line + 1];
    const uint32_t words = from.lines.words[line], first = from.lines.first_words[line];
    const uint32_t traits = from.lines.traits[line];
    const uint32_t has_pattern = (words <= from.longest_line) & ((traits & CHAFF_IS_BLANK) == 0);
    uint32_t is_picked = has_pattern & ((traits & CHAFF_IS_REGULAR) != 0);
    /* The line feed is one, and stands for the end. */
    if (end - start >= from.token_limit && is_picked) is_picked = count_tokens(from.tokens, start, end) < from.token_limit;
    lines[count] = (uint32_t)line;
    first_words[count] = first;
    marks[count] = first + words;
    *joined = (uint32_t)count;
    joined += is_picked & ((traits & CHAFF_HAS_JOINED) != 0);
    *others = (uint32_t)line;
    others += has_pattern & !is_picked;
    own.borders[start >> 6] ^= (uint64_t)is_picked << (start & 63);
    own.borders[end >> 6] ^= (uint64_t)is_picked << (end & 63);
    count += is_picked;
  }
  out->count = count;
  out->joined_count = (size_t)(joined - own.joined);
  out->other_count = (size_t)(others - own.others);
}

VERSIONS(pick_patterns, (const chaff_pattern_source *source, chaff_patterns *out), (source, out))

INLINE void pick_lines(const uint64_t *borders, const uint64_t *tokens, size_t blocks, uint64_t *picked) {
  uint64_t inside = 0;
  for (size_t block = 0; block < blocks; block++) {
    uint64_t x = borders[block];
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    x ^= x << 32;
    x ^= inside;
    inside = 0 - (x >> 63);
    picked[block] = x & tokens[block];
  }
}

VERSIONS(pick_lines, (const uint64_t *borders, const uint64_t *tokens, size_t blocks, uint64_t *picked),
         (borders, tokens, blocks, picked))

/* MARK: What they are */

enum { STEP = 16 };

/* Sixteen words. Without a branch: how a word is written, and whether it is common, is guessed wrongly. */
INLINE void name_step(const uint64_t *words, const uint8_t *looks, const chaff_token_names *names, uint64_t *named) {
  const int32_t mask = (int32_t)names->common_mask;
  uint32_t places[2][STEP];
  uint64_t found[2][STEP];
  eight_longs hash;
  /* A common word, or a number, stands in one of two places. */
  for (int index = 0; index < STEP; index += 8) {
    memcpy(&hash, words + index, sizeof hash);
    const eight_numbers first = __builtin_convertvector(hash, eight_numbers) & mask;
    const eight_numbers second = (__builtin_convertvector(hash >> 32, eight_numbers) & mask) + mask + 1;
    memcpy(places[0] + index, &first, sizeof first);
    memcpy(places[1] + index, &second, sizeof second);
  }
  ONE_BY_ONE
  for (int index = 0; index < STEP; index++) {
    found[0][index] = names->common[places[0][index]];
    found[1][index] = names->common[places[1][index]];
  }
  for (int index = 0; index < STEP; index += 8) {
    eight_longs at_first, at_second;
    eight_numbers first, second;
    eight_small small;
    memcpy(&hash, words + index, sizeof hash);
    memcpy(&at_first, found[0] + index, sizeof at_first);
    memcpy(&at_second, found[1] + index, sizeof at_second);
    memcpy(&first, places[0] + index, sizeof first);
    memcpy(&second, places[1] + index, sizeof second);
    memcpy(&small, looks + index, sizeof small);
    const eight_numbers is_first = __builtin_convertvector(at_first == hash, eight_numbers);
    const eight_numbers is_common = is_first | __builtin_convertvector(at_second == hash, eight_numbers);
    /* Behind the last word anything may stand. */
    const eight_numbers look = __builtin_convertvector(small, eight_numbers) & 7;
    const eight_numbers slot = second ^ ((first ^ second) & is_first);
    const eight_numbers common = 2 * slot + 1 - (look & 1), other = 4 * (mask + 1) + look;
    const eight_numbers place = other ^ ((common ^ other) & is_common);
    memcpy(places[0] + index, &place, sizeof place);
  }
  ONE_BY_ONE
  for (int index = 0; index < STEP; index++) named[index] = names->names[places[0][index]];
}

/* Words of lines that follow each other are named in one go, with what stands between the lines. */
INLINE void name_words(const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
                       uint64_t *named) {
  const chaff_token_text from = *text;
  const chaff_token_names own = *names;
  for (size_t line = 0; line < lines->count; line++) {
    const size_t first = lines->first_words[line];
    while (line + 1 < lines->count && lines->first_words[line + 1] == lines->marks[line] + 1) line++;
    const size_t count = lines->marks[line] + 1 - first;
    for (size_t index = 0; index < count; index += STEP)
      name_step(from.words + first + index, from.looks + first + index, &own, named + index);
    named += count;
  }
}

/* Words and marks in the order in which they stand. */
INLINE void read_tokens(const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
                        const uint32_t *places, size_t count, uint64_t *named, chaff_tokens *out) {
  name_words(text, names, lines, named);
  const uint8_t *bytes = text->bytes;
  const uint64_t *starts = text->starts, *marks = names->marks;
  uint64_t *tokens = out->tokens;
  uint32_t *separators = out->separators, *wides = out->wides;
  for (size_t index = 0; index < count; index++) {
    const uint32_t place = places[index];
    const uint8_t byte = bytes[place];
    const uint64_t is_start = starts[place >> 6] >> (place & 63) & 1, is_feed = byte == '\n';
    tokens[index] = chosen(is_start ^ is_feed, *named, marks[byte]);
    /* Behind each line's words stands what is none. */
    named += is_start;
    *separators = (uint32_t)index;
    separators += is_feed;
    *wides = (uint32_t)index;
    wides += (byte >> 7) & (is_start ^ 1);
  }
  out->wide_count = (size_t)(wides - out->wides);
}

VERSIONS(read_tokens,
         (const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
          const uint32_t *places, size_t count, uint64_t *named, chaff_tokens *out),
         (text, names, lines, places, count, named, out))

/* MARK: Three neighbours */

INLINE uint64_t triple(uint64_t first, uint64_t second, uint64_t third) {
  return mix(first * 5 + rotated(second, 23) + rotated(third, 47) + 0x6a09e667f3bcc909);
}

INLINE void hash_triples(const uint64_t *tokens, size_t count, uint64_t start, const uint32_t *separators,
                         size_t lines, uint64_t *triples) {
  for (size_t index = 1; index + 1 < count; index++)
    triples[index] = triple(tokens[index - 1], tokens[index], tokens[index + 1]);
  /* Before the first token of a line stands its beginning, and not the end of the line before. */
  if (count > 1) triples[0] = triple(start, tokens[0], tokens[1]);
  triples[count - 1] = 0;
  for (size_t line = 0; line + 1 < lines; line++) {
    const uint64_t *first = tokens + separators[line] + 1;
    /* Of a line without tokens this is none, and the line behind it puts it right. */
    if (first + 1 < tokens + count) triples[separators[line] + 1] = triple(start, first[0], first[1]);
  }
}

VERSIONS(hash_triples,
         (const uint64_t *tokens, size_t count, uint64_t start, const uint32_t *separators, size_t lines,
          uint64_t *triples),
         (tokens, count, start, separators, lines, triples))
