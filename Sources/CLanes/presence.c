#include "phases.h"

INLINE void pass_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                       const uint8_t *forms, const float *likelihoods, size_t lines, const float *totals,
                       const chaff_presence *presence) {
  for (size_t pass = 0; pass < presence->passes; pass++) {
    chaff_phase_carry *carry = &presence->carries[pass];
    double ratio = presence->ratios[pass];
    floats mask;
    load(&mask, presence->masks + 16 * pass);
    if (!carry->has_begun) carry->scaling = unscaled;
    for (size_t line = 0; line < lines && ratio != 0; line++) {
      floats out[CHAFF_PHASES], own;
      load(&own, likelihoods + 16 * line);
      own *= mask;
      /* Lines of a forbidden category leave next to nothing: that is taken out at once. */
      go_forward(steps, labels, initial, forms[line], &own, 1 / carry->scaling.sum, carry, out);
      ratio *= (double)carry->total / totals[line];
      if (ratio < presence->negligible) ratio = 0;
    }
    presence->ratios[pass] = ratio;
  }
}

INLINE void pass_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                        const float *likelihoods, size_t lines, const float *totals, const chaff_presence *presence) {
  if (is_standard(&steps->labels))
    pass_lines(steps, &standard_labels, initial, forms, likelihoods, lines, totals, presence);
  else
    pass_lines(steps, &steps->labels, initial, forms, likelihoods, lines, totals, presence);
}

VERSIONS(pass_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, const float *totals, const chaff_presence *presence),
         (steps, initial, forms, likelihoods, lines, totals, presence))
