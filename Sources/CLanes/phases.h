#ifndef CHAFF_PHASES_H
#define CHAFF_PHASES_H

#include "chain.h"

/* A phase of which less than this is left is as good as impossible. */
#define NOTHING 0x1p-30f

/* A record: the matrices of the steps inside each phase and of those from before to head, and the vectors of the others. */
#define BEFORE_TO_HEAD CHAFF_PHASES
#define MATRICES (CHAFF_PHASES + 1)
#define VECTORS 4

#define IS_ALIVE(mask, phase) ((mask) >> (phase) & 1)
#define ALL_PHASES ((1u << CHAFF_PHASES) - 1)
#define FOR_EACH_PHASE _Pragma("clang loop unroll(full)") for (int phase = 0; phase < CHAFF_PHASES; phase++)

/* The labels of the standard model. A loop over lines is compiled for these by themselves, so that those over rows, which
   are its inner ones, are unrolled: that takes .8 of the time. */
static const chaff_phase_labels standard_labels = {13, 0, 4, 0};

INLINE int is_standard(const chaff_phase_labels *labels) {
  return memcmp(labels, &standard_labels, sizeof standard_labels) == 0;
}

INLINE const float *record_of(const chaff_phase_steps *steps, const chaff_phase_labels *labels, uint8_t from, uint8_t to) {
  return steps->records + (from * steps->forms + to) * (MATRICES * labels->labels + VECTORS) * 16;
}

/* The vectors of a record, behind its matrices. */
INLINE const float *vectors_of(const float *record, const chaff_phase_labels *labels) {
  return record + MATRICES * labels->labels * 16;
}

/* Multiplies the vector of a phase by the matrix of the steps inside the phase, either way. Rows of labels that the phase
   does not have are left out where the article's labels are the first. */
INLINE void multiply_phase(const float *record, const chaff_phase_labels *labels, int phase, const float *source,
                           floats *out) {
  size_t from = 0;
  if (phase == CHAFF_LIST || phase == CHAFF_BEFORE) from = labels->article == 0 ? labels->article_end : 0;
  if (phase == CHAFF_HEAD || phase == CHAFF_AFTER) from = labels->text == 0;
  multiply(record + (size_t)phase * labels->labels * 16, from, labels->labels, source, out);
}

/* The same for the steps from `before` to `head`. */
INLINE void multiply_to_head(const float *record, const chaff_phase_labels *labels, const float *source, floats *out) {
  size_t from = labels->article == 0 ? labels->article_end : 0;
  multiply(record + BEFORE_TO_HEAD * labels->labels * 16, from, labels->labels, source, out);
}

INLINE float dot(const float *left, const float *right) {
  floats product, factor;
  load(&product, left);
  load(&factor, right);
  product *= factor;
  return tree_sum(&product);
}

/* The phases that a line can be of by those of the line before. */
INLINE unsigned reached(unsigned alive) {
  return alive | 1u << CHAFF_ARTICLE | IS_ALIVE(alive, CHAFF_BEFORE) << CHAFF_HEAD |
         IS_ALIVE(alive, CHAFF_ARTICLE) << CHAFF_AFTER;
}

/* The vectors of a line by those of the line before. */
INLINE void lead_on(const float *record, const chaff_phase_labels *labels, const chaff_phase_carry *before, floats *out) {
  const float *vectors = vectors_of(record, labels);
  unsigned alive = before->alive;
  float text = 0;
  floats part;
  FOR_EACH_PHASE out[phase] = (floats){0};
  if (IS_ALIVE(alive, CHAFF_LIST)) {
    multiply_phase(record, labels, CHAFF_LIST, before->vectors[CHAFF_LIST], &out[CHAFF_LIST]);
    text += before->sums[CHAFF_LIST] * vectors[48];
  }
  if (IS_ALIVE(alive, CHAFF_BEFORE)) {
    multiply_phase(record, labels, CHAFF_BEFORE, before->vectors[CHAFF_BEFORE], &out[CHAFF_BEFORE]);
    multiply_to_head(record, labels, before->vectors[CHAFF_BEFORE], &out[CHAFF_HEAD]);
    text += dot(vectors, before->vectors[CHAFF_BEFORE]);
  }
  if (IS_ALIVE(alive, CHAFF_HEAD)) {
    multiply_phase(record, labels, CHAFF_HEAD, before->vectors[CHAFF_HEAD], &part);
    out[CHAFF_HEAD] += part;
    text += dot(vectors + 16, before->vectors[CHAFF_HEAD]);
  }
  if (IS_ALIVE(alive, CHAFF_ARTICLE)) {
    multiply_phase(record, labels, CHAFF_ARTICLE, before->vectors[CHAFF_ARTICLE], &out[CHAFF_ARTICLE]);
    load(&part, vectors + 32);
    out[CHAFF_AFTER] = part * before->vectors[CHAFF_ARTICLE][labels->text];
  }
  if (IS_ALIVE(alive, CHAFF_AFTER)) {
    multiply_phase(record, labels, CHAFF_AFTER, before->vectors[CHAFF_AFTER], &part);
    out[CHAFF_AFTER] += part;
    text += before->sums[CHAFF_AFTER] * vectors[49];
  }
  floats lane = {0};
  lane[labels->text] = text;
  out[CHAFF_ARTICLE] += lane;
}

/* By what a line's numbers change from those of the line before is called its growth here; mostly they become smaller. It is
   taken out two lines later: when it was taken out of the next line, all waited for its sum and division (forward took 1.08
   of the time, backward 1.14). The sum of a line is the growth of that line and the one before, so that nothing fades. */
INLINE float grow(chaff_scaling *scaling, float factor, float sum) {
  sum = 0x1p-120f >= sum ? 0x1p-120f : sum;
  float growth = sum / (scaling->sum * factor);
  scaling->sum = sum;
  scaling->factor = scaling->next_factor;
  scaling->next_factor = 1 / (0x1p-100f >= growth ? 0x1p-100f : growth);
  return growth;
}

static const chaff_scaling unscaled = {1, 1, 1};

/* Goes forward by a line of which `own` are the likelihoods. out: the vectors of the phases that are alive then. */
INLINE void go_forward(const chaff_phase_steps *steps, const chaff_phase_labels *labels, const float *initial,
                       uint8_t form, floats *own, float factor, chaff_phase_carry *carry, floats *out) {
  unsigned can_be = ALL_PHASES;
  if (carry->has_begun) {
    lead_on(record_of(steps, labels, carry->form, form), labels, carry, out);
    can_be = reached(carry->alive);
  } else {
    FOR_EACH_PHASE load(&out[phase], initial + (form * CHAFF_PHASES + phase) * 16);
  }
  *own *= factor;
  float total = 0;
  FOR_EACH_PHASE {
    if (!IS_ALIVE(can_be, phase)) continue;
    out[phase] *= *own;
    carry->sums[phase] = tree_sum(&out[phase]);
    total += carry->sums[phase];
  }
  unsigned alive = 0;
  FOR_EACH_PHASE {
    if (!IS_ALIVE(can_be, phase) || !(carry->sums[phase] > total * NOTHING)) continue;
    alive |= 1u << phase;
    store(carry->vectors[phase], &out[phase]);
  }
  carry->total = grow(&carry->scaling, factor, total);
  carry->alive = (uint8_t)alive;
  carry->form = form;
  carry->has_begun = 1;
}

#endif
