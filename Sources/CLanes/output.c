#include "hashing.h"

typedef float floats __attribute__((vector_size(64)));
typedef double doubles __attribute__((vector_size(128)));
typedef int32_t ints __attribute__((vector_size(64)));

enum { STEP = 16, HEAD_STEP = 32, TEXT_STEP = 64, PROBABILITY_SIZE = 7 };

/* Sixteen probabilities with four decimals, each with a tab: seven bytes, the lowest first. DecimalText.write does the same
   of one. */
INLINE void write_probabilities(const float *probabilities, uint32_t *first_four, uint32_t *others) {
  floats probability;
  memcpy(&probability, probabilities, sizeof probability);
  /* Rounded to the nearest, halves up. */
  const ints scaled = __builtin_convertvector(__builtin_convertvector(probability, doubles) * 10000 + 0.5, ints);
  const ints whole = (scaled == 10000) & 1, rest = scaled - whole * 10000;
  /* A hundredth is 5243/2¹⁹ of any number below 10,000, and a tenth 103/2¹⁰ of any below 100. */
  const ints hundreds = rest * 5243 >> 19, ones = rest - hundreds * 100;
  const ints first = hundreds * 103 >> 10, third = ones * 103 >> 10;
  const ints second = hundreds - first * 10, fourth = ones - third * 10;
  const ints low = (0x30302e30 + whole) | first << 16 | second << 24, high = (0x00093030 + third) | fourth << 8;
  memcpy(first_four, &low, sizeof low);
  memcpy(others, &high, sizeof high);
}

/* Without a branch: which rows are blank is guessed wrongly. So what would stand in a blank row is written too, and then
   written over. */
INLINE void write_rows(const chaff_decided_rows *rows, const chaff_row_heads *heads, uint8_t *out, size_t *written) {
  const chaff_decided_rows from = *rows;
  const chaff_row_heads own = *heads;
  uint8_t *next = out;
  size_t start = 0, line = 0;
  for (size_t first = 0; first < from.count; first += STEP) {
    float probabilities[STEP] = {0};
    uint8_t labels[STEP] = {0};
    uint32_t first_four[STEP], others[STEP];
    if (from.lines - line >= STEP) {
      memcpy(probabilities, from.probabilities + line, sizeof probabilities);
      memcpy(labels, from.labels + line, sizeof labels);
    } else {
      memcpy(probabilities, from.probabilities + line, (from.lines - line) * sizeof *probabilities);
      memcpy(labels, from.labels + line, from.lines - line);
    }
    write_probabilities(probabilities, first_four, others);
    const size_t count = from.count - first < STEP ? from.count - first : STEP;
    size_t place = 0;
    for (size_t row = first; row < first + count; row++) {
      const size_t feed = from.feeds[row], is_longer = feed > start;
      const size_t is_return = is_longer & (row < from.ended_count) & (from.text[feed - is_longer] == '\r');
      const size_t length = feed - start - is_return;
      const uint8_t *head = own.bytes + own.size * labels[place];
      copy_by(HEAD_STEP, next, head + 1, *head);
      uint8_t *const text = next + *head;
      memcpy(text - PROBABILITY_SIZE, &first_four[place], 4);
      memcpy(text - PROBABILITY_SIZE + 4, &others[place], 4);
      copy_by(TEXT_STEP, text, from.text + start, length);
      next = (uint8_t *)chosen(from.is_blank[row], (uintptr_t)next, (uintptr_t)(text + length));
      *next++ = '\n';
      place += from.is_blank[row] ^ 1;
      start = feed + 1;
    }
    line += place;
  }
  *written = (size_t)(next - out);
}

VERSIONS(write_rows,
         (const chaff_decided_rows *rows, const chaff_row_heads *heads, uint8_t *out, size_t *written),
         (rows, heads, out, written))
