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

/* Multiplies the vector of `head` by the steps from `before` to it: to those labels of the article that are not its text. */
INLINE void multiply_from_head(const float *record, const chaff_phase_labels *labels, const float *source, floats *out) {
  size_t from = labels->article + (labels->text == labels->article);
  multiply(record + BEFORE_TO_HEAD * labels->labels * 16, from, labels->article_end, source, out);
}

/* The vectors of a line by those of the line behind it, of the phases that are wanted. */
INLINE void lead_back(const float *record, const chaff_phase_labels *labels, float source[CHAFF_PHASES][16],
                      unsigned alive, unsigned wanted, floats *out) {
  const float *vectors = vectors_of(record, labels);
  float text = IS_ALIVE(alive, CHAFF_ARTICLE) ? source[CHAFF_ARTICLE][labels->text] : 0;
  FOR_EACH_PHASE {
    out[phase] = (floats){0};
    if (IS_ALIVE(wanted & alive, phase)) multiply_phase(record, labels, phase, source[phase], &out[phase]);
  }
  floats part;
  if (IS_ALIVE(wanted, CHAFF_LIST)) out[CHAFF_LIST] += vectors[48] * text;
  if (IS_ALIVE(wanted, CHAFF_BEFORE)) {
    if (IS_ALIVE(alive, CHAFF_HEAD)) {
      multiply_from_head(record, labels, source[CHAFF_HEAD], &part);
      out[CHAFF_BEFORE] += part;
    }
    load(&part, vectors);
    out[CHAFF_BEFORE] += part * text;
  }
  if (IS_ALIVE(wanted, CHAFF_HEAD)) {
    load(&part, vectors + 16);
    out[CHAFF_HEAD] += part * text;
  }
  if (IS_ALIVE(wanted, CHAFF_ARTICLE) && IS_ALIVE(alive, CHAFF_AFTER)) {
    floats lane = {0};
    lane[labels->text] = dot(vectors + 32, source[CHAFF_AFTER]);
    out[CHAFF_ARTICLE] += lane;
  }
  if (IS_ALIVE(wanted, CHAFF_AFTER)) out[CHAFF_AFTER] += vectors[49] * text;
}

/* Lanes of less than 2^-100 become 0. Where a phase fades from line to line its numbers would become denormal and stay so,
   and each sum with them takes a hundred times as long. */
INLINE void drop_least(floats *vector) {
  ints bits;
  memcpy(&bits, vector, sizeof bits);
  bits &= bits > (127 - 100) << 23;
  memcpy(vector, &bits, sizeof bits);
}

/* Has lanes read from memory, for which there is room. Where the compiler sees what was stored it broadcasts lanes by
   shuffles instead, which can be done one at a time: backward took 1.15 of the time. */
#define IN_MEMORY(array) __asm__("" : "+m"(array))

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

/* Without the phases that by all lines, those before and those behind, are as good as impossible. Going forward they are
   alive, on most pages' first lines; on lines of one byte going back takes .5 of the time without them. */
INLINE unsigned drop_phases(unsigned alive, const floats *products, const floats *sum) {
  float least = tree_sum(sum) * NOTHING;
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
    float source[CHAFF_PHASES][16];
    FOR_EACH_PHASE {
      if (!IS_ALIVE(mask, phase)) continue;
      floats weighed = out[phase] * own;
      drop_least(&weighed);
      all += weighed;
      store(source[phase], &weighed);
      IN_MEMORY(source[phase]);
    }
    grow(&scaling, scaling.factor, tree_sum(&all));
    wanted = (line - 1 < decided ? alive[line - 1] : ahead) & reached_back(mask);
    lead_back(record_of(steps, labels, forms[line - 1], forms[line]), labels, source, mask, wanted, out);
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
