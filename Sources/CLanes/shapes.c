#include "versions.h"

typedef int32_t numbers __attribute__((vector_size(64)));
typedef float floats __attribute__((vector_size(64)));
typedef int16_t shorts __attribute__((vector_size(32)));
typedef uint8_t bytes16 __attribute__((ext_vector_type(16)));
typedef _Bool bits16 __attribute__((ext_vector_type(16)));

/* The attributes whose values are worked out for sixteen lines at once, in the order of their rows. What comes seldom has one
   row for all five. */
enum {
  WORDS, BYTES, FIRST, LAST, CAPITALISED, SHOUTED, DIGITS, DIGIT_SHARE, SENTENCES, COMMAS, WORD_LENGTH, RARE, ATTRIBUTES
};

enum { RARE_COLUMNS = 5, NO_KIND = 1 << 16 };
static const int rare_columns[RARE_COLUMNS] = {CHAFF_JOINS, CHAFF_TIMES, CHAFF_YEARS, CHAFF_IDEOGRAPHS, CHAFF_ADDRESSES};

/* MARK: Sixteen lines */

/* How many bounds numbers exceed: see Buckets. What is true is −1. */
INLINE void read_range(const numbers *values, const chaff_ranges *ranges, numbers *range) {
  numbers exceeded = {0};
  for (size_t index = 0; index < ranges->count; index++) exceeded -= *values > ranges->bounds[index];
  *range = exceeded;
}

/* ShapeFeatures.sixth */
INLINE void read_sixth(const numbers *part, const numbers *whole, numbers *sixth) {
  const numbers four = 4 * *part;
  const numbers exceeded = (four >= *whole) + (four >= 2 * *whole) + (four >= 3 * *whole) + (*part >= *whole);
  *sixth = (*part != 0) & (*whole != 0) & (1 - exceeded);
}

/* ShapeFeatures.quotient: of numbers below 2¹⁷, a quotient of floats is never rounded up to the next whole number. */
INLINE void divide(const numbers *dividend, const numbers *divisor, numbers *quotient) {
  const numbers positive = *divisor - (*divisor == 0);
  *quotient = __builtin_convertvector(
      __builtin_convertvector(*dividend, floats) / __builtin_convertvector(positive, floats), numbers);
}

/* The values of attributes. */
INLINE void read_attributes(const chaff_line_batch *batch, const chaff_shapes *shapes, numbers *values) {
  numbers all[CHAFF_COLUMNS], other;
  memcpy(all, batch->numbers, sizeof all);
  read_range(&all[CHAFF_WORDS], &shapes->words, &values[WORDS]);
  read_range(&all[CHAFF_BYTES], &shapes->bytes, &values[BYTES]);
  values[FIRST] = all[CHAFF_FIRST];
  values[LAST] = all[CHAFF_LAST];
  read_sixth(&all[CHAFF_CAPITALISED], &all[CHAFF_LETTER_WORDS], &values[CAPITALISED]);
  read_range(&all[CHAFF_LETTER_WORDS], &shapes->capital_words, &other);
  values[CAPITALISED] = values[CAPITALISED] * ((int32_t)shapes->capital_words.count + 1) + other;
  read_sixth(&all[CHAFF_SHOUTED], &all[CHAFF_LETTER_WORDS], &values[SHOUTED]);
  read_range(&all[CHAFF_DIGITS], &shapes->digits, &values[DIGITS]);
  read_sixth(&all[CHAFF_DIGITS], &all[CHAFF_WORD_BYTES], &values[DIGIT_SHARE]);
  other = all[CHAFF_SENTENCES] + all[CHAFF_ENDS_SENTENCE];
  read_range(&other, &shapes->sentences, &values[SENTENCES]);
  for (int line = 0; line < 16; line++) other[line] = batch->marks[line][shapes->comma];
  read_range(&other, &shapes->commas, &values[COMMAS]);
  divide(&all[CHAFF_WORD_BYTES], &all[CHAFF_WORDS], &other);
  read_range(&other, &shapes->word_length, &values[WORD_LENGTH]);
  values[RARE] = (numbers){0};
  for (int column = 0; column < RARE_COLUMNS; column++) {
    const numbers count = all[rare_columns[column]];
    values[RARE] = 3 * values[RARE] - (count > 0) - (count > 1);
  }
}

/* MARK: One line */

INLINE void add_row(const int16_t *rows, uint32_t number, shorts *sum) {
  shorts row;
  memcpy(&row, rows + 16 * (size_t)number, sizeof row);
  *sum += row;
}

/* Adds the rows of marks, each kind's for one, or for several. Two kinds without asking whether there are as many: a wrong
   guess costs more. Where none is left, that is the first kind, which is not counted. */
INLINE void add_marks(const int16_t *rows, const uint8_t *marks, const bytes16 *counted, shorts *sum) {
  bytes16 counts;
  memcpy(&counts, marks, sizeof counts);
  counts &= *counted;
  const bits16 found = __builtin_convertvector(counts != 0, bits16);
  uint16_t mask;
  memcpy(&mask, &found, sizeof mask);
  uint32_t rest = mask | NO_KIND;
  counts = 0 - (bytes16)((counts > 0) + (counts > 1));
  uint8_t few[16];
  memcpy(few, &counts, sizeof few);
  for (int asked = 2; asked > 0 || rest != NO_KIND; asked--) {
    const uint32_t kind = (uint32_t)__builtin_ctz(rest) & 15;
    add_row(rows, 3 * kind + few[kind], sum);
    rest = (rest & (rest - 1)) | NO_KIND;
  }
}

INLINE void sum_shapes(const chaff_line_batch *batches, size_t lines, const chaff_shapes *shapes, int16_t *sums) {
  const chaff_shapes own = *shapes;
  bytes16 counted;
  memcpy(&counted, own.counted_marks, sizeof counted);
  for (size_t start = 0; start < lines; start += 16) {
    const chaff_line_batch *batch = batches + start / 16;
    numbers values[ATTRIBUTES];
    uint32_t places[ATTRIBUTES][16];
    read_attributes(batch, &own, values);
    for (int attribute = 0; attribute < ATTRIBUTES; attribute++) values[attribute] += own.firsts[attribute];
    memcpy(places, values, sizeof places);
    for (size_t line = 0; line < 16 && start + line < lines; line++) {
      shorts sum = {0};
      for (int attribute = 0; attribute < ATTRIBUTES; attribute++) add_row(own.rows, places[attribute][line], &sum);
      add_marks(own.rows + 16 * own.marks, batch->marks[line], &counted, &sum);
      memcpy(sums + 16 * (start + line), &sum, sizeof sum);
    }
  }
}

VERSIONS(sum_shapes,
         (const chaff_line_batch *batches, size_t lines, const chaff_shapes *shapes, int16_t *sums),
         (batches, lines, shapes, sums))
