#ifndef CHAFF_PHASES_H
#define CHAFF_PHASES_H

#include "chain.h"

/* A phase of which less than this is left is as good as impossible. With 2^-30, on 4 of 16,518 pages a phase was dropped that
   later lines would have brought back, and a line's probability was wrong by up to .36; with this none differs by more than one
   in the fourth decimal from what is worked out with 2^-90. */
#define NOTHING 0x1p-45f

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
  return steps->records + (from * steps->forms + to) * (CHAFF_PHASES * labels->labels + 1) * 16;
}

INLINE const float *matrix_of(const float *record, const chaff_phase_labels *labels, int phase) {
  return record + phase * labels->labels * 16;
}

/* Lanes of labels, as bits: that of the text, those of the article but for its text, and all others. */
typedef struct {
  ints text, head, others;
} phase_lanes;

INLINE void find_lanes(const chaff_phase_labels *labels, phase_lanes *lanes) {
  const ints lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const ints article = (lane >= (int)labels->article) & (lane < (int)labels->article_end);
  lanes->text = lane == (int)labels->text;
  lanes->head = article & ~lanes->text;
  lanes->others = ~article;
}

/* Some lanes of a vector, and 0 in the others. */
INLINE void take(floats *part, const floats *vector, const ints *lanes) {
  ints bits;
  memcpy(&bits, vector, sizeof bits);
  bits &= *lanes;
  memcpy(part, &bits, sizeof bits);
}

/* Puts some lanes of a vector in the place of another's. */
INLINE void put(floats *vector, const floats *from, const ints *lanes) {
  ints bits, part;
  memcpy(&bits, vector, sizeof bits);
  memcpy(&part, from, sizeof part);
  bits = (bits & ~*lanes) | (part & *lanes);
  memcpy(vector, &bits, sizeof bits);
}

/* The first of the rows that a phase has: labels that it does not have are left out where the article's are the first. */
INLINE size_t first_row(const chaff_phase_labels *labels, int phase) {
  if (phase == CHAFF_LIST || phase == CHAFF_BEFORE) return labels->article == 0 ? labels->article_end : 0;
  return phase == CHAFF_ARTICLE ? 0 : labels->text == 0;
}

/* The phases that a line can be of by those of the line before. */
INLINE unsigned reached(unsigned alive) {
  return alive | 1u << CHAFF_ARTICLE | IS_ALIVE(alive, CHAFF_BEFORE) << CHAFF_HEAD |
         IS_ALIVE(alive, CHAFF_ARTICLE) << CHAFF_AFTER;
}

/* The vectors of a line from what the vectors of the line before come to by the matrices of their phases, of those that are
   alive. What a matrix leads to in the lanes that its phase does not have is of other phases: `head` and the text.
   text: the lane of the text in `article`, of the line before. */
INLINE void lead_on(const float *record, const chaff_phase_labels *labels, unsigned alive, const floats *products, float text,
                    floats *out) {
  phase_lanes lanes;
  find_lanes(labels, &lanes);
  const ints not_text = lanes.head | lanes.others;
  floats part;
  FOR_EACH_PHASE out[phase] = (floats){0};
  if (IS_ALIVE(alive, CHAFF_ARTICLE)) {
    out[CHAFF_ARTICLE] = products[CHAFF_ARTICLE];
    load(&out[CHAFF_AFTER], matrix_of(record, labels, CHAFF_PHASES));
    out[CHAFF_AFTER] *= text;
  }
  if (IS_ALIVE(alive, CHAFF_LIST)) {
    take(&out[CHAFF_LIST], &products[CHAFF_LIST], &lanes.others);
    take(&part, &products[CHAFF_LIST], &lanes.text);
    out[CHAFF_ARTICLE] += part;
  }
  if (IS_ALIVE(alive, CHAFF_BEFORE)) {
    take(&out[CHAFF_BEFORE], &products[CHAFF_BEFORE], &lanes.others);
    take(&out[CHAFF_HEAD], &products[CHAFF_BEFORE], &lanes.head);
    take(&part, &products[CHAFF_BEFORE], &lanes.text);
    out[CHAFF_ARTICLE] += part;
  }
  if (IS_ALIVE(alive, CHAFF_HEAD)) {
    take(&part, &products[CHAFF_HEAD], &not_text);
    out[CHAFF_HEAD] += part;
    take(&part, &products[CHAFF_HEAD], &lanes.text);
    out[CHAFF_ARTICLE] += part;
  }
  if (IS_ALIVE(alive, CHAFF_AFTER)) {
    take(&part, &products[CHAFF_AFTER], &not_text);
    out[CHAFF_AFTER] += part;
    take(&part, &products[CHAFF_AFTER], &lanes.text);
    out[CHAFF_ARTICLE] += part;
  }
}

/* Lanes of less than 2^-100 become 0. Where a phase fades from line to line its numbers would become denormal and stay so,
   and each sum with them takes a hundred times as long. */
INLINE void drop_least(floats *vector) {
  ints bits;
  memcpy(&bits, vector, sizeof bits);
  bits &= bits >= (127 - 100) << 23;
  memcpy(vector, &bits, sizeof bits);
}

/* A sum that numbers can be divided by: nothing is left where it is next to 0. */
INLINE float at_least(float sum) { return 0x1p-120f >= sum ? 0x1p-120f : sum; }

/* By what a line's numbers change from those of the line before is called its growth here; mostly they become smaller. It is
   taken out two lines later: when it was taken out of the next line, all waited for its sum and division (forward took 1.08
   of the time, backward 1.14). The sum of a line is the growth of that line and the one before, so that nothing fades. */
INLINE float grow(chaff_scaling *scaling, float factor, float sum) {
  sum = at_least(sum);
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
    const float *record = record_of(steps, labels, carry->form, form);
    floats products[CHAFF_PHASES];
    FOR_EACH_PHASE {
      if (!IS_ALIVE(carry->alive, phase)) continue;
      multiply(matrix_of(record, labels, phase), first_row(labels, phase), labels->labels, carry->vectors[phase],
               &products[phase]);
    }
    lead_on(record, labels, carry->alive, products, carry->vectors[CHAFF_ARTICLE][labels->text], out);
    can_be = reached(carry->alive);
  } else {
    FOR_EACH_PHASE load(&out[phase], initial + (form * CHAFF_PHASES + phase) * 16);
  }
  *own *= factor;
  float total = 0, sums[CHAFF_PHASES];
  FOR_EACH_PHASE {
    if (!IS_ALIVE(can_be, phase)) continue;
    out[phase] *= *own;
    sums[phase] = tree_sum(&out[phase]);
    total += sums[phase];
  }
  unsigned alive = 0;
  FOR_EACH_PHASE {
    if (!IS_ALIVE(can_be, phase) || !(sums[phase] > total * NOTHING)) continue;
    alive |= 1u << phase;
    store(carry->vectors[phase], &out[phase]);
  }
  carry->total = grow(&carry->scaling, factor, total);
  carry->alive = (uint8_t)alive;
  carry->form = form;
  carry->has_begun = 1;
}

#endif
