#include "versions.h"

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
  /* Most models have up to sixteen labels. */
  if (known->groups == 1)
    take_groups(known, 1, places, rows, is_blank, forms, likelihoods, lines);
  else
    take_groups(known, known->groups, places, rows, is_blank, forms, likelihoods, lines);
}

VERSIONS(take_rows,
         (const chaff_known_lines *known, const int32_t *places, size_t rows, uint8_t *is_blank, uint8_t *forms,
          float *likelihoods, size_t *lines),
         (known, places, rows, is_blank, forms, likelihoods, lines))
