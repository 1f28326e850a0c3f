#include "versions.h"

typedef int32_t numbers __attribute__((vector_size(64)));
typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* Sixteen lines at once. What is true is −1. */
INLINE void read_forms(const chaff_columns *columns, size_t lines, const chaff_line_classes *classes, uint8_t *forms,
                       uint32_t *rows, uint8_t *has_long) {
  const chaff_line_classes own = *classes;
  numbers longs = {0};
  for (size_t start = 0; start < lines; start += 16) {
    numbers words, class = {0};
    bytes16 small;
    memcpy(&words, columns->words + start, sizeof words);
    memcpy(&small, columns->traits + start, sizeof small);
    const numbers traits = __builtin_convertvector(small, numbers);
    /* LineForm.of */
    const numbers ends_middling = (words > 6) & (words <= 14) & ((traits & CHAFF_ENDS_SENTENCE) != 0);
    const numbers form = -((words > 2) + (words > 6) + ends_middling + 2 * (words > 14) + (words > 24));
    const numbers is_blank = (traits & CHAFF_IS_BLANK) != 0;
    small = __builtin_convertvector((form & own.form_mask) | (is_blank & own.blank), bytes16);
    memcpy(forms + start, &small, sizeof small);
    for (size_t index = 0; index < own.lengths.count; index++) class -= words > own.lengths.bounds[index];
    const numbers is_long = words >= own.long_line, row = class * own.class_size | is_long;
    memcpy(rows + start, &row, sizeof row);
    longs |= is_long;
  }
  *has_long = __builtin_reduce_or(longs) != 0;
}

VERSIONS(read_forms,
         (const chaff_columns *columns, size_t lines, const chaff_line_classes *classes, uint8_t *forms,
          uint32_t *rows, uint8_t *has_long),
         (columns, lines, classes, forms, rows, has_long))
