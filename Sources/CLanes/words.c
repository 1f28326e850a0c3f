#include "hashing.h"

/* MARK: Where words are */

INLINE void read_words(const chaff_block_masks *masks, size_t blocks, const chaff_words *out) {
  const chaff_words own = *out;
  /* What the block before left over. */
  chaff_block_masks before = {0};
  uint64_t sentence = 0;
  for (size_t block = 0; block < blocks; block++) {
    const chaff_block_masks here = masks[block];
    const uint64_t letters = here.letters, capitals = here.capitals, digits = here.digits;
    /* What the byte before was. */
    uint64_t letter_before = letters << 1 | before.letters >> 63;
    uint64_t capital_before = capitals << 1 | before.capitals >> 63;
    uint64_t two_capitals_before = capital_before & (capitals << 2 | before.capitals >> 62);
    uint64_t digit_before = digits << 1 | before.digits >> 63;
    /* Between the words of "HomeNews". */
    uint64_t joins = capitals & letter_before & ~capital_before;
    uint64_t letter_starts = (letters & ~letter_before) | joins;
    uint64_t numbers = digits & ~digit_before;
    uint64_t word_bytes = letters | digits;
    uint64_t starts = letter_starts | numbers;
    uint64_t ends = (letter_before & ~letters) | joins | (digit_before & ~digits);
    /* A sentence begins where there is a stop between a word and the one before, and it is not its very neighbour. Adding
       a stop to the mask of the gap that it stands in carries over to the first byte behind the gap. */
    uint64_t gaps = ~(word_bytes | here.feeds);
    uint64_t partial = gaps + here.stops, sum = partial + sentence;
    sentence = (partial < gaps) | (sum < partial);
    uint64_t reached = sum & ~gaps;
    uint64_t sentences = reached & word_bytes & ~(here.stops << 1 | before.stops >> 63);
    /* A line feed is listed like a word: it makes room for the mark behind the line's last word. */
    own.starts[block] = starts | here.feeds;
    own.ends[block] = ends | here.feeds << 1 | before.feeds >> 63;
    own.marks[block] = here.marks | here.feeds;
    own.tokens[block] = starts | here.marks | here.feeds;
    own.capitals[block] = capitals;
    own.sentence_ends[block] = reached & here.feeds;
    own.counted[block] = (chaff_counted){{starts, letter_starts, letter_starts & capitals,
                                          two_capitals_before & ~letters, joins, digits, word_bytes, sentences}};
    before = here;
  }
}

VERSIONS(read_words, (const chaff_block_masks *masks, size_t blocks, const chaff_words *out), (masks, blocks, out))

/* MARK: Their hashes */

/* Eight bytes, the first the lowest. */
INLINE uint64_t eight_bytes(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

#define LOWER_CASE 0x2020202020202020

/* WordHasher's hash of a word of letters: a multiplication for each eight. */
INLINE uint64_t letters_hash(const uint8_t *word, size_t count) {
  uint64_t state = 0;
  size_t rest = count;
  for (; rest > 8; rest -= 8, word += 8) state = fold(state ^ (eight_bytes(word) | LOWER_CASE));
  uint64_t packed = (eight_bytes(word) | LOWER_CASE) & ~(uint64_t)0 >> (64 - 8 * rest);
  return fold(state ^ packed ^ (uint64_t)count << 56);
}

INLINE void hash_words(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, size_t count,
                       const uint64_t *names, uint64_t *words, chaff_word_kinds *kinds) {
  uint32_t *longs = kinds->longs, *numbers = kinds->numbers, *years = kinds->years;
  /* First all as if they had up to eight letters, without a branch; then those that have more, one in twenty, and numbers,
     one in ten. */
  for (size_t index = 0; index < count; index++) {
    const uint64_t packed = eight_bytes(text + starts[index]);
    const uint32_t length = ends[index] - starts[index];
    const uint64_t letters = (packed | LOWER_CASE) & ~(uint64_t)0 >> ((64 - 8 * length) & 63);
    words[index] = fold(letters ^ (uint64_t)length << 56);
    *longs = (uint32_t)index;
    longs += length > 8;
    *numbers = (uint32_t)index;
    numbers += (uint8_t)(packed - 0x30) < 10;
  }
  kinds->long_count = (size_t)(longs - kinds->longs);
  kinds->number_count = (size_t)(numbers - kinds->numbers);
  kinds->longest = 0;
  for (const uint32_t *next = kinds->longs; next < longs; next++) {
    size_t length = ends[*next] - starts[*next];
    words[*next] = letters_hash(text + starts[*next], length);
    kinds->longest = length > kinds->longest ? length : kinds->longest;
  }
  for (const uint32_t *next = kinds->numbers; next < numbers; next++) {
    size_t length = ends[*next] - starts[*next];
    uint64_t century = eight_bytes(text + starts[*next]) & 0xffff;
    uint64_t is_year = length == 4 && (century == 0x3931 || century == 0x3032);
    words[*next] = names[chosen(is_year, 5, (length < 5 ? length : 5) - 1)];
    *years = *next;
    years += is_year;
  }
  kinds->year_count = (size_t)(years - kinds->years);
}

VERSIONS(hash_words,
         (const uint8_t *text, const uint32_t *starts, const uint32_t *ends, size_t count, const uint64_t *names,
          uint64_t *words, chaff_word_kinds *kinds),
         (text, starts, ends, count, names, words, kinds))

/* MARK: Pairs of them */

INLINE void hash_bigrams(const uint64_t *words, size_t count, uint64_t *bigrams) {
  for (size_t index = 0; index < count; index++)
    bigrams[index] = fold(rotated(words[index], 23) + words[index + 1]);
}

VERSIONS(hash_bigrams, (const uint64_t *words, size_t count, uint64_t *bigrams), (words, count, bigrams))
