#include "phases.h"

/* The passes one by one: for any labels. */
INLINE void pass_by_pass(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                         const uint8_t *forms, const float *likelihoods, size_t lines, const float *totals,
                         const uint8_t *alive, const chaff_presence *presence) {
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
      carry->alive &= alive[line];
      ratio *= (double)carry->total / totals[line];
      if (ratio < presence->negligible) ratio = 0;
    }
    presence->ratios[pass] = ratio;
  }
}

/* The categories of the standard model: where the labels of each begin, and where those of the last end. */
#define PASSES 4
static const size_t standard_categories[PASSES + 1] = {0, 4, 5, 11, 13};
#define FOR_EACH_PASS _Pragma("clang loop unroll(full)") for (int pass = 0; pass < PASSES; pass++)

/* Multiplies the vectors of all passes by the matrix of a phase, without the rows of what a pass forbids. */
INLINE void multiply_passes(const float *matrix, int phase, const chaff_phase_carry *carries,
                            floats products[PASSES][CHAFF_PHASES]) {
  floats row, even[PASSES] = {0}, odd[PASSES] = {0};
  _Pragma("clang loop unroll(full)")
  for (size_t label = first_row(&standard_labels, phase); label < standard_labels.labels; label++) {
    load(&row, matrix + 16 * label);
    FOR_EACH_PASS {
      if (label >= standard_categories[pass] && label < standard_categories[pass + 1]) continue;
      add_product(label % 2 == 0 ? &even[pass] : &odd[pass], &row, carries[pass].vectors[phase][label]);
    }
  }
  FOR_EACH_PASS products[pass][phase] = even[pass] + odd[pass];
}

/* The passes of the standard model's categories, all by a line before any goes on to the next: a row of a matrix is fetched
   once for all of them, and none waits for the other. It takes .65 of the time. */
INLINE void pass_together(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
                          size_t lines, const float *totals, const uint8_t *alive, const chaff_presence *presence) {
  const chaff_phase_labels *labels = &standard_labels;
  chaff_phase_carry *carries = presence->carries;
  double ratios[PASSES], largest = 0;
  FOR_EACH_PASS {
    ratios[pass] = presence->ratios[pass];
    if (ratios[pass] > largest) largest = ratios[pass];
  }
  unsigned before = carries[0].alive;
  for (size_t line = 0; line < lines && largest != 0; line++) {
    const uint8_t form = forms[line];
    const int has_begun = carries[0].has_begun;
    const float *record = record_of(steps, labels, carries[0].form, form);
    floats products[PASSES][CHAFF_PHASES];
    if (has_begun) {
      FOR_EACH_PHASE {
        if (IS_ALIVE(before, phase)) multiply_passes(matrix_of(record, labels, phase), phase, carries, products);
      }
    }
    floats likelihood;
    load(&likelihood, likelihoods + 16 * line);
    const double total = 1.0 / totals[line];
    const unsigned can_be = has_begun ? reached(before) : ALL_PHASES;
    largest = 0;
    FOR_EACH_PASS {
      chaff_phase_carry *carry = &carries[pass];
      floats out[CHAFF_PHASES], own, all = {0};
      if (has_begun) {
        lead_on(record, labels, before, products[pass], carry->vectors[CHAFF_ARTICLE][labels->text], out);
      } else {
        FOR_EACH_PHASE load(&out[phase], initial + (form * CHAFF_PHASES + phase) * 16);
        carry->scaling = unscaled;
      }
      load(&own, presence->masks + 16 * pass);
      own *= likelihood;
      /* Lines of a forbidden category leave next to nothing: that is taken out at once, and for itself, so that lanes are
         dropped by their share. */
      const float size = at_least(tree_sum(&own));
      own *= 1 / size;
      own *= 1 / carry->scaling.sum;
      FOR_EACH_PHASE {
        if (!IS_ALIVE(can_be, phase)) continue;
        out[phase] *= own;
        drop_least(&out[phase]);
        all += out[phase];
        store(carry->vectors[phase], &out[phase]);
      }
      const float sum = tree_sum(&all);
      ratios[pass] *= (double)sum * size * total;
      if (ratios[pass] < presence->negligible) ratios[pass] = 0;
      if (ratios[pass] > largest) largest = ratios[pass];
      carry->scaling.sum = at_least(sum);
      carry->form = form;
      carry->has_begun = 1;
    }
    /* Phases that the pass with all labels has given up are given up in all: else a pass could come to more than it. */
    before = can_be & alive[line];
  }
  FOR_EACH_PASS {
    presence->ratios[pass] = ratios[pass];
    carries[pass].alive = (uint8_t)before;
  }
}

INLINE void pass_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                        const float *likelihoods, size_t lines, const float *totals, const uint8_t *alive,
                        const chaff_presence *presence) {
  const int has_standard_labels = is_standard(&steps->labels);
  if (has_standard_labels && presence->passes == PASSES &&
      memcmp(presence->categories, standard_categories, sizeof standard_categories) == 0)
    pass_together(steps, initial, forms, likelihoods, lines, totals, alive, presence);
  else if (has_standard_labels)
    pass_by_pass(steps, &standard_labels, initial, forms, likelihoods, lines, totals, alive, presence);
  else
    pass_by_pass(steps, &steps->labels, initial, forms, likelihoods, lines, totals, alive, presence);
}

VERSIONS(pass_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, const float *totals, const uint8_t *alive, const chaff_presence *presence),
         (steps, initial, forms, likelihoods, lines, totals, alive, presence))
