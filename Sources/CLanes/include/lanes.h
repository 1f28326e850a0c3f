#ifndef CHAFF_LANES_H
#define CHAFF_LANES_H

#include <stddef.h>
#include <stdint.h>

/* The loops over sixteen lanes that classifying spends most of its time in, each compiled for the vectors that all
   processors of an architecture have and, on x86-64, for AVX2 and AVX-512 too; the processor at hand decides when they are
   called. Swift has no means to compile a function for several processors. All versions give the same bits: sums have a
   fixed order, and products are not fused with them. */

/* Forbids vectors of more bits than these, for tests that compare the versions; 512 allows all. */
void chaff_limit_vectors(int bits);

/* The masks of 64 bytes, a bit a byte, the first byte's lowest: see BlockMasks. */
typedef struct {
  uint64_t letters, capitals, digits, spaces, feeds, stops, wide;
} chaff_block_masks;

/* Reads the masks of `blocks` times 64 bytes. */
void chaff_read_masks(const uint8_t *bytes, size_t blocks, chaff_block_masks *masks);

/* Eight masks of 64 bytes. */
typedef struct {
  uint64_t masks[8];
} chaff_counted;

/* Counts bits: before each block those of all blocks before it, `blocks` + 1 times, and up to each line's end, by mask.
   feeds: where the lines' line feeds stand, `origin` taken away. */
void chaff_count_bits(const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds,
                      size_t lines, size_t origin, chaff_counted *ends);

/* A table of features: see FeatureTable. */
typedef struct {
  const uint8_t *pilots, *slots, *rows;
  uint32_t pilot_count, slot_count, row_count, rank_mask;
  size_t lanes;
} chaff_table;

/* Finds the ranks of features' rows by their hashes, and fetches the rows. */
void chaff_find_ranks(const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks);

/* Log-opinion pool of lines, then likelihoods against the largest: see LineScorer.
   sums: lines × 4 blocks × 16 lanes in the order of RowSums. rows: for each line where its coefficients begin, 4 vectors;
   UINT32_MAX for a line that is passed over. likelihoods: one vector a line. */
void chaff_pool(const int16_t *sums, const uint32_t *rows, size_t lines, const float *coefficients, const float *bias,
                const float *mask, float *likelihoods);

/* The steps of a chain over up to sixteen labels: see Chain.Steps. */
typedef struct {
  /* forms × forms × rows vectors. */
  const float *matrices;
  size_t forms;
  /* An even number. */
  size_t rows;
} chaff_steps;

/* Goes forward over lines 1 to `lines` − 1; the vector of line 0 is there already: see ForwardBackward. */
void chaff_forward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                   float *alphas);

/* Goes back over lines; `beta` is the vector behind the last, and changes. Posteriors are written of the first `decided`
   lines; where nothing is left of a line, the prior. */
void chaff_backward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                    const float *alphas, const float *prior, float *beta, size_t decided, float *posteriors);

/* The phases of a page: see PagePhases. */
enum { CHAFF_LIST, CHAFF_BEFORE, CHAFF_HEAD, CHAFF_ARTICLE, CHAFF_AFTER, CHAFF_PHASES };

/* The steps of a chain over the labels of five phases: see PhaseSteps. */
typedef struct {
  /* forms × forms records. Each has six matrices of `rows` vectors: the steps inside each phase, and those from `before`
     to `head`; then four vectors: the steps from `before` and from `head` to the text of `article`, those from that text
     to `after`, and those from `list` and from `after` to that text in its first two lanes. */
  const float *records;
  size_t forms;
  /* An even number. */
  size_t rows;
  /* The label of the text. */
  size_t text;
} chaff_phase_steps;

/* What a line leaves to the next. */
typedef struct {
  float vectors[CHAFF_PHASES][16];
  float sums[CHAFF_PHASES];
  /* The sum of all vectors: what the line is likely by those before it, times the largest likelihood. */
  float total;
  /* A bit for each phase that is more than nothing. */
  uint8_t alive;
  uint8_t form;
  /* Whether there was a line. */
  uint8_t has_begun;
} chaff_phase_carry;

/* Goes forward over lines. initial: forms × phases vectors. alphas: receives, line by line, the vectors of the phases that
   are alive; alive: which these are. Returns how many vectors were written in `written`. */
void chaff_forward_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                          const float *likelihoods, size_t lines, chaff_phase_carry *carry, float *alphas,
                          uint8_t *alive, size_t *written);

/* Goes back over lines; `beta` has the vectors behind the last, one a phase, and changes. `alphas` are those of the first
   `decided` lines, as going forward wrote them, `vectors` of them; these lines get posteriors, or, where nothing is left of
   a line, the prior. */
void chaff_backward_phases(const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                           const float *alphas, const uint8_t *alive, size_t vectors, const float *prior, float *beta,
                           size_t decided, float *posteriors);

/* Raises the posteriors of lines to a power of so many eighths, and scales them to a sum of 1: see Temperature. */
void chaff_temper(float *posteriors, size_t lines, int eighths);

#endif
