#include "phases.h"

INLINE void pass_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                       const uint8_t *forms, const float *likelihoods, size_t lines, const chaff_presence *presence) {
  size_t full = presence->passes - 1;
  for (size_t line = 0; line < lines; line++) {
    for (size_t pass = 0; pass <= full; pass++) {
      if (pass < full && presence->ratios[pass] == 0) continue;
      floats out[CHAFF_PHASES], own, mask;
      load(&own, likelihoods + 16 * line);
      load(&mask, presence->masks + 16 * pass);
      own *= mask;
      go_forward(steps, labels, initial, forms[line], &own, &presence->carries[pass], out);
    }
    double total = presence->carries[full].total;
    for (size_t pass = 0; pass < full; pass++) {
      if (presence->ratios[pass] == 0) continue;
      double ratio = presence->ratios[pass] * (presence->carries[pass].total / total);
      presence->ratios[pass] = ratio < presence->negligible ? 0 : ratio;
    }
  }
}

INLINE void pass_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                        const float *likelihoods, size_t lines, const chaff_presence *presence) {
  if (is_standard(&steps->labels))
    pass_lines(steps, &standard_labels, initial, forms, likelihoods, lines, presence);
  else
    pass_lines(steps, &steps->labels, initial, forms, likelihoods, lines, presence);
}

VERSIONS(pass_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, const chaff_presence *presence),
         (steps, initial, forms, likelihoods, lines, presence))
