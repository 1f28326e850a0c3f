#include "hashing.h"

/* MARK: Which tokens are wanted */

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

/* Without a branch: how a word is written, and whether it is common, is guessed wrongly. Words of lines that follow each
   other are named in one go, with what stands between the lines. */
INLINE void name_words(const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
                       uint64_t *named) {
  const chaff_token_text from = *text;
  const uint64_t *looks = names->looks, *common = names->common, (*cased)[2] = names->cased;
  const size_t mask = names->common_mask;
  for (size_t line = 0; line < lines->count; line++) {
    size_t word = lines->first_words[line];
    while (line + 1 < lines->count && lines->first_words[line + 1] == lines->marks[line] + 1) line++;
    for (; word <= lines->marks[line]; word++) {
      const uint64_t hash = from.words[word];
      const uint32_t place = from.starts[word - 1], length = from.ends[word - 1] - place;
      const uint64_t *capitals = from.capitals + (place >> 6);
      /* Shifted twice, since a shift by 64 would do nothing. */
      const uint64_t ahead = capitals[0] >> (place & 63) | capitals[1] << 1 << (63 - (place & 63));
      const uint64_t all = ~(uint64_t)0 >> ((64 - length) & 63), upper = ahead & all;
      const size_t look = (upper == 0) | (size_t)(upper == all) << 1 | (size_t)(upper == 1) << 2;
      /* A common word, or a number, stands in one of two places. */
      const size_t first = hash & mask, second = (hash >> 32 & mask) + mask + 1;
      const uint64_t is_first = common[first] == hash, is_common = is_first | (common[second] == hash);
      *named++ = chosen(is_common, cased[chosen(is_first, first, second)][ahead & 1], looks[look]);
    }
  }
}

/* Words and marks in the order in which they stand. */
INLINE void read_tokens(const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
                        const uint32_t *places, size_t count, uint64_t *named, chaff_tokens *out) {
  name_words(text, names, lines, named);
  const uint8_t *bytes = text->bytes, *kinds = names->kinds;
  const uint64_t *marks = names->marks;
  uint64_t *tokens = out->tokens;
  uint32_t *separators = out->separators, *wides = out->wides;
  for (size_t index = 0; index < count; index++) {
    const uint8_t byte = bytes[places[index]], kind = kinds[byte];
    tokens[index] = chosen(kind & chaff_word, *named, marks[byte]);
    /* Behind each line's words stands what is none. */
    named += (kind & chaff_word) + (kind >> 1);
    *separators = (uint32_t)index;
    separators += kind >> 1;
    *wides = (uint32_t)index;
    wides += byte >> 7;
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
