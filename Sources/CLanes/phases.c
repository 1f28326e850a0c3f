#include "phases.h"

INLINE void forward_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                          const uint8_t *forms, const float *likelihoods, size_t lines, chaff_phase_carry *carry,
                          float *alphas, uint8_t *alive, float *totals, size_t *written) {
  float *next = alphas;
  for (size_t line = 0; line < lines; line++) {
    floats out[CHAFF_PHASES], own;
    load(&own, likelihoods + 16 * line);
    go_forward(steps, labels, initial, forms[line], &own, carry, out);
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

INLINE void backward_lines(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const uint8_t *forms,
                           const float *likelihoods, size_t lines, const float *alphas, const uint8_t *alive,
                           size_t vectors, const float *prior, float *beta, size_t decided, float *posteriors) {
  floats out[CHAFF_PHASES];
  FOR_EACH_PHASE load(&out[phase], beta + 16 * phase);
  const float *end = alphas + 16 * vectors;
  for (size_t line = lines; line-- > 0;) {
    unsigned mask = line < decided ? alive[line] : ALL_PHASES;
    floats own, sum = {0};
    if (line < decided) {
      end -= 16 * __builtin_popcount(mask);
      const float *alpha = end;
      FOR_EACH_PHASE {
        if (!IS_ALIVE(mask, phase)) continue;
        load(&own, alpha);
        sum += own * out[phase];
        alpha += 16;
      }
      settle(&sum, prior);
      store(posteriors + 16 * line, &sum);
    }
    if (line == 0) break;
    load(&own, likelihoods + 16 * line);
    floats all_lanes = {0};
    float source[CHAFF_PHASES][16];
    FOR_EACH_PHASE {
      if (!IS_ALIVE(mask, phase)) continue;
      all_lanes += out[phase];
      floats weighed = out[phase] * own;
      drop_least(&weighed);
      store(source[phase], &weighed);
      IN_MEMORY(source[phase]);
    }
    float factor = scale(&all_lanes);
    unsigned wanted = line - 1 < decided ? alive[line - 1] : ALL_PHASES;
    lead_back(record_of(steps, labels, forms[line - 1], forms[line]), labels, source, mask, wanted, out);
    FOR_EACH_PHASE {
      if (!IS_ALIVE(wanted, phase)) continue;
      out[phase] *= factor;
      drop_least(&out[phase]);
    }
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
