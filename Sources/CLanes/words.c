#include "hashing.h"

typedef _Bool eight_bits __attribute__((ext_vector_type(8)));

/* A bit for each of eight comparisons. */
#define EIGHT_BITS(comparison)                                                                                       \
  ({                                                                                                                 \
    const eight_bits found = __builtin_convertvector(comparison, eight_bits);                                        \
    uint8_t bits;                                                                                                    \
    memcpy(&bits, &found, sizeof bits);                                                                              \
    (uint64_t) bits;                                                                                                 \
  })

/* MARK: Where words are */

/* Of each run of bits, the place behind it, if there is a mark in the run: adding marks to runs carries over to there. */
INLINE uint64_t behind_marked(uint64_t runs, uint64_t marks, uint64_t *carry) {
  const uint64_t partial = runs + marks, sum = partial + *carry;
  *carry = (partial < runs) | (sum < partial);
  return sum & ~runs;
}

INLINE void read_words(const chaff_block_masks *masks, size_t blocks, const chaff_words *out) {
  const chaff_words own = *out;
  /* What the block before left over. */
  chaff_block_masks before = {0};
  uint64_t stopped = 0, seen = 0, joined = 0, accented = 0;
  uint32_t count = 0;
  for (size_t block = 0; block < blocks; block++) {
    const chaff_block_masks here = masks[block];
    const uint64_t letters = here.letters, capitals = here.capitals, digits = here.digits, feeds = here.feeds;
    /* What the byte before was. */
    const uint64_t letter_before = letters << 1 | before.letters >> 63;
    const uint64_t capital_before = capitals << 1 | before.capitals >> 63;
    const uint64_t digit_before = digits << 1 | before.digits >> 63;
    /* Between the words of "HomeNews". */
    const uint64_t joins = capitals & letter_before & ~capital_before;
    const uint64_t starts = (letters & ~letter_before) | joins | (digits & ~digit_before);
    const uint64_t ends = (letter_before & ~letters) | joins | (digit_before & ~digits);
    const uint64_t word_bytes = letters | digits;
    /* A line feed is listed like a word: it makes room for the mark behind the line's last word. */
    own.starts[block] = starts | feeds;
    own.ends[block] = ends | feeds << 1 | before.feeds >> 63;
    own.before[block] = count;
    own.tokens[block] = (starts & ~joins) | here.marks | feeds;
    /* A line ends as a sentence does if there is a stop behind its last word. */
    own.sentences[block] = behind_marked(~(word_bytes | feeds), here.stops, &stopped) & feeds;
    own.blanks[block] = ~behind_marked(~feeds, word_bytes | here.marks | here.wide, &seen) & feeds;
    own.joined[block] = behind_marked(~feeds, joins, &joined) & feeds;
    own.accented[block] = behind_marked(~feeds, letters & here.wide, &accented) & feeds;
    count += (uint32_t)__builtin_popcountll(starts | feeds);
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

/* What makes the letters of eight bytes small: bytes beyond ASCII stay. */
#define LOWER_CASE(bytes) ((~(bytes) & 0x8080808080808080) >> 2)

/* All words as if they had up to eight bytes, eight at a time. Those that have more, one in ten, and numbers, one in ten, are
   marked, to be hashed again. */
INLINE void hash_words(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, size_t count,
                       const chaff_hashed *out) {
  const chaff_hashed own = *out;
  for (size_t start = 0; start < count; start += 64) {
    const size_t here = count - start < 64 ? count - start : 64;
    uint64_t packed[64] = {0}, is_long = 0, is_number = 0;
    /* What is fetched is fetched one by one. */
    ONE_BY_ONE
    for (size_t index = 0; index < here; index++) packed[index] = eight_bytes(text + starts[start + index]);
    for (size_t index = 0; index < here; index += 8) {
      eight_numbers first, length;
      eight_longs bytes, hash;
      memcpy(&first, starts + start + index, sizeof first);
      memcpy(&length, ends + start + index, sizeof length);
      memcpy(&bytes, packed + index, sizeof bytes);
      length -= first;
      const eight_longs long_length = __builtin_convertvector(length, eight_longs);
      hash = (bytes | LOWER_CASE(bytes)) & ~(eight_longs)0 >> ((64 - 8 * long_length) & 63);
      hash ^= long_length << 56;
      fold_eight(&hash);
      memcpy(own.words + start + index, &hash, sizeof hash);
      /* Of letters of ASCII, capitals lack a bit. No capital follows a small letter in a word, so three tell of all. */
      const eight_longs capitals = ~(bytes | bytes >> 2);
      const eight_longs is_capital = capitals >> 5 & 1, is_second = capitals >> 13 & (eight_longs)(long_length > 1) & 1;
      const eight_longs is_last = capitals >> ((8 * long_length - 3) & 63) & 1;
      const eight_small look = __builtin_convertvector(
          (is_capital ^ 1) | is_last << 1 | (is_capital & ~is_second) << 2, eight_small);
      memcpy(own.looks + start + index, &look, sizeof look);
      is_long |= EIGHT_BITS(length > 8) << index;
      length = __builtin_convertvector(bytes & 0xff, eight_numbers) - 0x30;
      is_number |= EIGHT_BITS((length >= 0) & (length < 10)) << index;
    }
    const uint64_t all = ~(uint64_t)0 >> (64 - here);
    own.longs[start / 64] = is_long & all;
    own.numbers[start / 64] = is_number & all;
  }
}

VERSIONS(hash_words,
         (const uint8_t *text, const uint32_t *starts, const uint32_t *ends, size_t count, const chaff_hashed *out),
         (text, starts, ends, count, out))

/* WordHasher's hash of a word of letters: a multiplication for each eight. */
INLINE uint64_t letters_hash(const uint8_t *word, size_t count) {
  uint64_t state = 0;
  size_t rest = count;
  for (; rest > 8; rest -= 8, word += 8) state = fold(state ^ (eight_bytes(word) | LOWER_CASE(eight_bytes(word))));
  uint64_t packed = (eight_bytes(word) | LOWER_CASE(eight_bytes(word))) & ~(uint64_t)0 >> (64 - 8 * rest);
  return fold(state ^ packed ^ (uint64_t)count << 56);
}

INLINE void hash_long_words(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list,
                            size_t count, const chaff_hashed *out) {
  const chaff_hashed own = *out;
  for (size_t index = 0; index < count; index++) {
    const uint32_t word = list[index];
    const size_t length = ends[word] - starts[word];
    own.words[word] = letters_hash(text + starts[word], length);
    const uint8_t last = text[ends[word] - 1];
    own.looks[word] = (uint8_t)((own.looks[word] & ~2) | (~(last | last >> 2) >> 4 & 2));
  }
}

VERSIONS(hash_long_words,
         (const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list, size_t count,
          const chaff_hashed *out),
         (text, starts, ends, list, count, out))

INLINE void hash_numbers(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list,
                         size_t count, const uint64_t *names, uint64_t *words) {
  for (size_t index = 0; index < count; index++) {
    const uint32_t word = list[index], length = ends[word] - starts[word];
    const uint64_t century = eight_bytes(text + starts[word]) & 0xffff;
    const uint64_t is_year = (length == 4) & ((century == 0x3931) | (century == 0x3032));
    words[word] = names[chosen(is_year, 5, (length < 5 ? length : 5) - 1)];
  }
}

VERSIONS(hash_numbers,
         (const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list, size_t count,
          const uint64_t *names, uint64_t *words),
         (text, starts, ends, list, count, names, words))

/* MARK: Pairs of them */

INLINE void hash_bigrams(const uint64_t *words, size_t count, uint64_t *bigrams) {
  for (size_t index = 0; index < count; index += 8) {
    eight_longs first, second;
    memcpy(&first, words + index, sizeof first);
    memcpy(&second, words + index + 1, sizeof second);
    first = (first << 23 | first >> 41) + second;
    fold_eight(&first);
    memcpy(bigrams + index, &first, sizeof first);
  }
}

VERSIONS(hash_bigrams, (const uint64_t *words, size_t count, uint64_t *bigrams), (words, count, bigrams))
