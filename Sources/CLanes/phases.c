#include "phases.h"

INLINE void forward_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                          const uint8_t *forms, const float *likelihoods, size_t lines, chaff_phase_carry *carry,
                          float *alphas, uint8_t *alive, float *totals, size_t *written) {
  float *next = alphas;
  if (!carry->has_begun) carry->scaling = unscaled;
  for (size_t line = 0; line < lines; line++) {
    floats out[CHAFF_PHASES], own;
    load(&own, likelihoods + 16 * line);
    go_forward(steps, labels, initial, forms[line], &own, carry->scaling.factor, carry, out);
    FOR_EACH_PHASE {
      if (!IS_ALIVE(carry->alive, phase)) continue;
      store(next, &out[phase]);
      next += 16;
    }
    alive[line] = carry->alive;
    totals[line] = carry->total;
  }
  *written = (size_t)(next - alphas) / 16;
}

INLINE void forward_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                           const float *likelihoods, size_t lines, chaff_phase_carry *carry, float *alphas,
                           uint8_t *alive, float *totals, size_t *written) {
  if (is_standard(&steps->labels))
    forward_lines(steps, &standard_labels, initial, forms, likelihoods, lines, carry, alphas, alive, totals,
                  written);
  else
    forward_lines(steps, &steps->labels, initial, forms, likelihoods, lines, carry, alphas, alive, totals,
                  written);
}

/* The vectors of a line by those of the line behind it, of the phases that are wanted. weighed: of the phases that are alive,
   and 0 of the others. */
INLINE void lead_back(const float *record, const chaff_phase_labels *labels, const floats *weighed, unsigned alive,
                      unsigned wanted, floats *out) {
  phase_lanes lanes;
  find_lanes(labels, &lanes);
  /* What each phase leads to: lanes that do not meet. */
  float targets[CHAFF_PHASES][16];
  const unsigned own = alive | IS_ALIVE(alive, CHAFF_HEAD) << CHAFF_BEFORE;
  FOR_EACH_PHASE {
    if (!IS_ALIVE(own, phase)) continue;
    floats target = weighed[phase];
    if (phase == CHAFF_BEFORE) put(&target, &weighed[CHAFF_HEAD], &lanes.head);
    if (phase != CHAFF_ARTICLE) put(&target, &weighed[CHAFF_ARTICLE], &lanes.text);
    store(targets[phase], &target);
  }
  /* The lane of the text, which `after` does not have, is what the text leads to there. */
  if (IS_ALIVE(alive, CHAFF_AFTER)) wanted |= IS_ALIVE(wanted, CHAFF_ARTICLE) << CHAFF_AFTER;
  FOR_EACH_PHASE {
    out[phase] = (floats){0};
    if (!IS_ALIVE(wanted, phase)) continue;
    const float *matrix = matrix_of(record, labels, phase);
    if (IS_ALIVE(own, phase)) {
      multiply(matrix, 0, labels->labels, targets[phase], &out[phase]);
    } else {
      load(&out[phase], matrix + labels->text * 16);
      out[phase] *= weighed[CHAFF_ARTICLE][labels->text];
    }
  }
  if (IS_ALIVE(alive, CHAFF_AFTER)) {
    const ints not_text = ~lanes.text;
    floats part;
    take(&part, &out[CHAFF_AFTER], &lanes.text);
    out[CHAFF_ARTICLE] += part;
    take(&out[CHAFF_AFTER], &out[CHAFF_AFTER], &not_text);
  }
}

/* The phases that a line can be of by those of the line behind. */
INLINE unsigned reached_back(unsigned alive) {
  unsigned article = IS_ALIVE(alive, CHAFF_ARTICLE);
  return alive | article * ALL_PHASES | IS_ALIVE(alive, CHAFF_HEAD) << CHAFF_BEFORE |
         IS_ALIVE(alive, CHAFF_AFTER) << CHAFF_ARTICLE;
}

/* Whether a lane is that large. */
INLINE int has_lane_from(const floats *vector, float least) {
  typedef float lanes16 __attribute__((ext_vector_type(16)));
  typedef _Bool bits16 __attribute__((ext_vector_type(16)));
  lanes16 lanes;
  memcpy(&lanes, vector, sizeof lanes);
  const bits16 found = __builtin_convertvector(lanes >= least, bits16);
  uint16_t mask;
  memcpy(&mask, &found, sizeof mask);
  return mask != 0;
}

/* How often phases are dropped going back, in lines. On each line it would take longer than what it saves. */
#define LINES_BETWEEN_DROPS 16

/* A phase of which less than this is left by all lines, those before and those behind, is as good as impossible. No line is left
   that could bring it back, as going forward (NOTHING). */
#define NOTHING_BY_ALL 0x1p-30f

/* Without the phases that by all lines are as good as impossible. Going forward they are alive, on most pages' first lines; on
   lines of one byte going back takes .5 of the time without them. */
INLINE unsigned drop_phases(unsigned alive, const floats *products, const floats *sum) {
  float least = tree_sum(sum) * NOTHING_BY_ALL;
  FOR_EACH_PHASE {
    if (IS_ALIVE(alive, phase) && !has_lane_from(&products[phase], least)) alive &= ~(1u << phase);
  }
  return alive;
}

INLINE void backward_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const uint8_t *forms,
                           const float *likelihoods, size_t lines, const float *alphas, const uint8_t *alive,
                           size_t vectors, const float *prior, float *beta, size_t decided, float *posteriors) {
  floats out[CHAFF_PHASES];
  FOR_EACH_PHASE load(&out[phase], beta + 16 * phase);
  chaff_scaling scaling = unscaled;
  const float *end = alphas + 16 * vectors;
  /* The phases of lines that are only looked at, and those from which steps lead to phases that were not dropped. */
  unsigned ahead = reached(reached(alive[decided - 1]));
  unsigned wanted = lines > decided ? ahead : alive[decided - 1];
  for (size_t line = lines; line-- > 0;) {
    unsigned mask = wanted;
    floats own;
    if (line < decided) {
      end -= 16 * __builtin_popcount(alive[line]);
      const float *alpha = end;
      floats products[CHAFF_PHASES], sum = {0};
      FOR_EACH_PHASE {
        if (IS_ALIVE(mask, phase)) {
          load(&own, alpha);
          products[phase] = own * out[phase];
          sum += products[phase];
        }
        alpha += 16 * IS_ALIVE(alive[line], phase);
      }
      if (line % LINES_BETWEEN_DROPS == 0) mask = drop_phases(mask, products, &sum);
      settle(&sum, prior);
      store(posteriors + 16 * line, &sum);
    }
    if (line == 0) break;
    load(&own, likelihoods + 16 * line);
    own *= scaling.factor;
    floats all = {0};
    floats weighed[CHAFF_PHASES];
    FOR_EACH_PHASE {
      weighed[phase] = (floats){0};
      if (!IS_ALIVE(mask, phase)) continue;
      weighed[phase] = out[phase] * own;
      drop_least(&weighed[phase]);
      all += weighed[phase];
    }
    grow(&scaling, scaling.factor, tree_sum(&all));
    wanted = (line - 1 < decided ? alive[line - 1] : ahead) & reached_back(mask);
    lead_back(record_of(steps, labels, forms[line - 1], forms[line]), labels, weighed, mask, wanted, out);
  }
  FOR_EACH_PHASE store(beta + 16 * phase, &out[phase]);
}

INLINE void backward_phases(const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods,
                            size_t lines, const float *alphas, const uint8_t *alive, size_t vectors,
                            const float *prior, float *beta, size_t decided, float *posteriors) {
  if (is_standard(&steps->labels))
    backward_lines(steps, &standard_labels, forms, likelihoods, lines, alphas, alive, vectors, prior, beta, decided,
                   posteriors);
  else
    backward_lines(steps, &steps->labels, forms, likelihoods, lines, alphas, alive, vectors, prior, beta, decided,
                   posteriors);
}

VERSIONS(forward_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, chaff_phase_carry *carry, float *alphas, uint8_t *alive, float *totals, size_t *written),
         (steps, initial, forms, likelihoods, lines, carry, alphas, alive, totals, written))

VERSIONS(backward_phases,
         (const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
          const float *alphas, const uint8_t *alive, size_t vectors, const float *prior, float *beta, size_t decided,
          float *posteriors),
         (steps, forms, likelihoods, lines, alphas, alive, vectors, prior, beta, decided, posteriors))
