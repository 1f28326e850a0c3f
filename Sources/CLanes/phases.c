#include "chain.h"

/* A phase of which less than this is left is as good as impossible. */
#define NOTHING 0x1p-30f

/* A record: the matrices of the steps inside each phase and of those from before to head, and the vectors of the others. */
#define BEFORE_TO_HEAD CHAFF_PHASES
#define MATRICES (CHAFF_PHASES + 1)
#define VECTORS 4

#define IS_ALIVE(mask, phase) ((mask) >> (phase) & 1)

INLINE const float *record_of(const chaff_phase_steps *steps, uint8_t from, uint8_t to) {
  return steps->records + (from * steps->forms + to) * (MATRICES * steps->rows + VECTORS) * 16;
}

INLINE float dot(const float *left, const float *right) {
  floats product, factor;
  load(&product, left);
  load(&factor, right);
  product *= factor;
  return tree_sum(&product);
}

/* The vectors of a line by those of the line before. */
INLINE void lead_on(const chaff_phase_steps *steps, const float *record, const chaff_phase_carry *before, floats *out) {
  size_t rows = steps->rows;
  const float *vectors = record + MATRICES * rows * 16;
  unsigned alive = before->alive;
  float text = 0;
  floats part;
  for (int phase = 0; phase < CHAFF_PHASES; phase++) out[phase] = (floats){0};
  if (IS_ALIVE(alive, CHAFF_LIST)) {
    multiply(record + CHAFF_LIST * rows * 16, rows, before->vectors[CHAFF_LIST], &out[CHAFF_LIST]);
    text += before->sums[CHAFF_LIST] * vectors[48];
  }
  if (IS_ALIVE(alive, CHAFF_BEFORE)) {
    multiply(record + CHAFF_BEFORE * rows * 16, rows, before->vectors[CHAFF_BEFORE], &out[CHAFF_BEFORE]);
    multiply(record + BEFORE_TO_HEAD * rows * 16, rows, before->vectors[CHAFF_BEFORE], &out[CHAFF_HEAD]);
    text += dot(vectors, before->vectors[CHAFF_BEFORE]);
  }
  if (IS_ALIVE(alive, CHAFF_HEAD)) {
    multiply(record + CHAFF_HEAD * rows * 16, rows, before->vectors[CHAFF_HEAD], &part);
    out[CHAFF_HEAD] += part;
    text += dot(vectors + 16, before->vectors[CHAFF_HEAD]);
  }
  if (IS_ALIVE(alive, CHAFF_ARTICLE)) {
    multiply(record + CHAFF_ARTICLE * rows * 16, rows, before->vectors[CHAFF_ARTICLE], &out[CHAFF_ARTICLE]);
    load(&part, vectors + 32);
    out[CHAFF_AFTER] = part * before->vectors[CHAFF_ARTICLE][steps->text];
  }
  if (IS_ALIVE(alive, CHAFF_AFTER)) {
    multiply(record + CHAFF_AFTER * rows * 16, rows, before->vectors[CHAFF_AFTER], &part);
    out[CHAFF_AFTER] += part;
    text += before->sums[CHAFF_AFTER] * vectors[49];
  }
  floats lane = {0};
  lane[steps->text] = text;
  out[CHAFF_ARTICLE] += lane;
}

INLINE void forward_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                           const float *likelihoods, size_t lines, chaff_phase_carry *carry, float *alphas,
                           uint8_t *alive, size_t *written) {
  float *next = alphas;
  for (size_t line = 0; line < lines; line++) {
    floats out[CHAFF_PHASES], own;
    load(&own, likelihoods + 16 * line);
    if (carry->has_begun) {
      lead_on(steps, record_of(steps, carry->form, forms[line]), carry, out);
      own *= 1 / (0x1p-120f >= carry->total ? 0x1p-120f : carry->total);
    } else {
      for (int phase = 0; phase < CHAFF_PHASES; phase++)
        load(&out[phase], initial + (forms[line] * CHAFF_PHASES + phase) * 16);
    }
    float total = 0;
    for (int phase = 0; phase < CHAFF_PHASES; phase++) {
      out[phase] *= own;
      carry->sums[phase] = tree_sum(&out[phase]);
      total += carry->sums[phase];
    }
    unsigned mask = 0;
    for (int phase = 0; phase < CHAFF_PHASES; phase++) {
      if (carry->sums[phase] > total * NOTHING) {
        mask |= 1u << phase;
        store(carry->vectors[phase], &out[phase]);
        store(next, &out[phase]);
        next += 16;
      }
    }
    carry->total = total;
    carry->alive = (uint8_t)mask;
    carry->form = forms[line];
    carry->has_begun = 1;
    alive[line] = (uint8_t)mask;
  }
  *written = (size_t)(next - alphas) / 16;
}

/* The vectors of a line by those of the line behind it, of the phases that are wanted. */
INLINE void lead_back(const chaff_phase_steps *steps, const float *record, float source[CHAFF_PHASES][16],
                      unsigned alive, unsigned wanted, floats *out) {
  size_t rows = steps->rows;
  const float *vectors = record + MATRICES * rows * 16;
  float text = IS_ALIVE(alive, CHAFF_ARTICLE) ? source[CHAFF_ARTICLE][steps->text] : 0;
  for (int phase = 0; phase < CHAFF_PHASES; phase++) {
    out[phase] = (floats){0};
    if (IS_ALIVE(wanted & alive, phase)) multiply(record + (size_t)phase * rows * 16, rows, source[phase], &out[phase]);
  }
  floats part;
  if (IS_ALIVE(wanted, CHAFF_LIST)) out[CHAFF_LIST] += vectors[48] * text;
  if (IS_ALIVE(wanted, CHAFF_BEFORE)) {
    if (IS_ALIVE(alive, CHAFF_HEAD)) {
      multiply(record + BEFORE_TO_HEAD * rows * 16, rows, source[CHAFF_HEAD], &part);
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
    lane[steps->text] = dot(vectors + 32, source[CHAFF_AFTER]);
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

INLINE void backward_phases(const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods,
                            size_t lines, const float *alphas, const uint8_t *alive, size_t vectors,
                            const float *prior, float *beta, size_t decided, float *posteriors) {
  const unsigned all = (1u << CHAFF_PHASES) - 1;
  floats out[CHAFF_PHASES];
  for (int phase = 0; phase < CHAFF_PHASES; phase++) load(&out[phase], beta + 16 * phase);
  const float *end = alphas + 16 * vectors;
  for (size_t line = lines; line-- > 0;) {
    unsigned mask = line < decided ? alive[line] : all;
    floats own, sum = {0};
    if (line < decided) {
      end -= 16 * __builtin_popcount(mask);
      const float *alpha = end;
      for (int phase = 0; phase < CHAFF_PHASES; phase++) {
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
    for (int phase = 0; phase < CHAFF_PHASES; phase++) {
      if (!IS_ALIVE(mask, phase)) continue;
      all_lanes += out[phase];
      floats weighed = out[phase] * own;
      drop_least(&weighed);
      store(source[phase], &weighed);
    }
    float factor = scale(&all_lanes);
    unsigned wanted = line - 1 < decided ? alive[line - 1] : all;
    lead_back(steps, record_of(steps, forms[line - 1], forms[line]), source, mask, wanted, out);
    for (int phase = 0; phase < CHAFF_PHASES; phase++) {
      out[phase] *= factor;
      drop_least(&out[phase]);
    }
  }
  for (int phase = 0; phase < CHAFF_PHASES; phase++) store(beta + 16 * phase, &out[phase]);
}

VERSIONS(forward_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, chaff_phase_carry *carry, float *alphas, uint8_t *alive, size_t *written),
         (steps, initial, forms, likelihoods, lines, carry, alphas, alive, written))

VERSIONS(backward_phases,
         (const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
          const float *alphas, const uint8_t *alive, size_t vectors, const float *prior, float *beta, size_t decided,
          float *posteriors),
         (steps, forms, likelihoods, lines, alphas, alive, vectors, prior, beta, decided, posteriors))
