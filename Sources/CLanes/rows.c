#include "hashing.h"

typedef uint8_t bytes16 __attribute__((vector_size(16)));

enum { KEY = 16, STEP = 64 };

/* MARK: What is known, and what is new */

/* Without a branch: which rows are short, or known, is guessed wrongly. So known rows are copied too, and written over; most
   rows in one step. */
INLINE void read_rows(const chaff_row_source *source, chaff_chunk_rows *out) {
  static const uint8_t kept[2 * KEY] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  const chaff_row_source from = *source;
  const chaff_chunk_rows own = *out;
  size_t row = 0, used = 0, new_count = 0, start = 0;
  chaff_short_row *next = own.shorts;
  for (; row < from.count; row++) {
    const size_t feed = from.feeds[row] - from.origin, length = feed - start, end = used + length;
    /* Whether the row is known or not: to know that takes long. */
    if (end >= from.byte_limit && new_count > 0) break;
    const size_t is_short = length < KEY;
    /* The row with its line feed, and nothing behind. */
    bytes16 key, mask;
    memcpy(&key, from.text + start, sizeof key);
    memcpy(&mask, kept + KEY - 1 - (is_short ? length : KEY - 1), sizeof mask);
    key &= mask;
    memcpy(next->key, &key, sizeof key);
    const size_t place = fold(next->key[0] ^ next->key[1] * 0x9e3779b97f4a7c15) & from.place_mask;
    const uint64_t *known = from.keys + 2 * place;
    const size_t is_known = is_short & (((known[0] ^ next->key[0]) | (known[1] ^ next->key[1])) == 0);
    own.places[row] = (int32_t)chosen(is_known, place, from.new_place + new_count);
    own.feeds[new_count] = (uint32_t)end;
    next->place = (uint32_t)place;
    next->row = (uint32_t)new_count;
    next += is_short & !is_known;
    copy_by(STEP, own.bytes + used, from.text + start, length + 1);
    used = chosen(is_known, used, end + 1);
    new_count += !is_known;
    start = feed + 1;
  }
  out->count = row;
  out->new_count = new_count;
  out->short_count = (size_t)(next - own.shorts);
}

VERSIONS(read_rows, (const chaff_row_source *source, chaff_chunk_rows *out), (source, out))

/* MARK: What is taken over */

INLINE void remember_groups(const chaff_short_row *shorts, size_t count, size_t new_place, size_t groups, uint64_t *keys,
                            uint8_t *forms, float *likelihoods) {
  for (size_t index = 0; index < count; index++) {
    const size_t to = shorts[index].place, from = new_place + shorts[index].row;
    memcpy(keys + 2 * to, shorts[index].key, sizeof shorts[index].key);
    forms[to] = forms[from];
    memcpy(likelihoods + 16 * groups * to, likelihoods + 16 * groups * from, 16 * groups * sizeof *likelihoods);
  }
}

/* Most models have up to sixteen labels. */
INLINE void remember_rows(const chaff_short_row *shorts, size_t count, size_t new_place, size_t groups, uint64_t *keys,
                          uint8_t *forms, float *likelihoods) {
  if (groups == 1)
    remember_groups(shorts, count, new_place, 1, keys, forms, likelihoods);
  else
    remember_groups(shorts, count, new_place, groups, keys, forms, likelihoods);
}

VERSIONS(remember_rows,
         (const chaff_short_row *shorts, size_t count, size_t new_place, size_t groups, uint64_t *keys, uint8_t *forms,
          float *likelihoods),
         (shorts, count, new_place, groups, keys, forms, likelihoods))

/* Without a branch: which lines are blank is guessed wrongly. */
INLINE void take_groups(const chaff_known_lines *known, size_t groups, const int32_t *places, size_t rows,
                        uint8_t *is_blank, uint8_t *forms, float *likelihoods, size_t *lines) {
  const chaff_known_lines own = *known;
  const size_t size = groups * 16 * sizeof *likelihoods;
  size_t line = 0;
  for (size_t row = 0; row < rows; row++) {
    const size_t place = (size_t)places[row];
    const uint8_t form = own.forms[place];
    is_blank[row] = form == own.blank;
    forms[line] = form;
    memcpy(likelihoods + 16 * groups * line, own.likelihoods + 16 * groups * place, size);
    line += form != own.blank;
  }
  *lines = line;
}

INLINE void take_rows(const chaff_known_lines *known, const int32_t *places, size_t rows, uint8_t *is_blank,
                      uint8_t *forms, float *likelihoods, size_t *lines) {
  if (known->groups == 1)
    take_groups(known, 1, places, rows, is_blank, forms, likelihoods, lines);
  else
    take_groups(known, known->groups, places, rows, is_blank, forms, likelihoods, lines);
}

VERSIONS(take_rows,
         (const chaff_known_lines *known, const int32_t *places, size_t rows, uint8_t *is_blank, uint8_t *forms,
          float *likelihoods, size_t *lines),
         (known, places, rows, is_blank, forms, likelihoods, lines))
