#include "lanes.h"

#include <string.h>

/* Sums of products must be the same on all processors. */
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

typedef float floats __attribute__((vector_size(64)));
typedef float floats8 __attribute__((vector_size(32)));
typedef float floats4 __attribute__((vector_size(16)));
typedef int32_t ints __attribute__((vector_size(64)));
typedef int32_t ints8 __attribute__((vector_size(32)));
typedef int32_t ints4 __attribute__((vector_size(16)));
typedef int8_t bytes __attribute__((ext_vector_type(64)));
typedef _Bool bits __attribute__((ext_vector_type(64)));

/* Vectors in memory need no alignment. They go in and out by pointers: by value they would be passed differently by each
   version. */
INLINE void load(floats *vector, const float *memory) { memcpy(vector, memory, sizeof *vector); }
INLINE void store(float *memory, const floats *vector) { memcpy(memory, vector, sizeof *vector); }

/* MARK: Bytes to masks */

#define MASK(comparison)                                                                                             \
  ({                                                                                                                 \
    bits found = __builtin_convertvector(comparison, bits);                                                          \
    uint64_t mask;                                                                                                   \
    memcpy(&mask, &found, sizeof mask);                                                                              \
    mask;                                                                                                            \
  })

INLINE void read_masks(const uint8_t *text, size_t blocks, chaff_block_masks *out) {
  for (size_t block = 0; block < blocks; block++) {
    /* As signed bytes: those beyond ASCII are below all others. */
    bytes byte;
    memcpy(&byte, text + 64 * block, sizeof byte);
    bytes lower = byte | 0x20;
    uint64_t letters = MASK((lower > 0x60) & (lower < 0x7b));
    out[block] = (chaff_block_masks){
        .letters = letters,
        .capitals = MASK(byte < 0x60) & letters,
        .digits = MASK((byte > 0x2f) & (byte < 0x3a)),
        .spaces = MASK(((byte > 0x08) & (byte < 0x0e)) | (byte == 0x20)),
        .feeds = MASK(byte == 0x0a),
        .stops = MASK((byte == 0x2e) | (byte == 0x21) | (byte == 0x3f)),
        .wide = MASK(byte < 0),
    };
  }
}

/* MARK: Counts of bits */

typedef uint64_t longs __attribute__((vector_size(64)));

INLINE void count_lanes(longs *lanes) {
  longs x = *lanes;
  x = x - (x >> 1 & 0x5555555555555555);
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
  x = x + (x >> 8);
  x = x + (x >> 16);
  *lanes = (x + (x >> 32)) & 0x7f;
}

INLINE void count_bits(const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds,
                       size_t lines, size_t origin, chaff_counted *ends) {
  longs total = {0}, lanes;
  for (size_t block = 0; block < blocks; block++) {
    memcpy(before + block, &total, sizeof total);
    memcpy(&lanes, counted + block, sizeof lanes);
    count_lanes(&lanes);
    total += lanes;
  }
  memcpy(before + blocks, &total, sizeof total);
  for (size_t line = 0; line < lines; line++) {
    size_t end = feeds[line] - origin;
    memcpy(&total, before + (end >> 6), sizeof total);
    memcpy(&lanes, counted + (end >> 6), sizeof lanes);
    lanes &= ~(~(uint64_t)0 << (end & 63) << 1);
    count_lanes(&lanes);
    total += lanes;
    memcpy(ends + line, &total, sizeof total);
  }
}

/* MARK: Hashes to ranks */

/* Some at a time, and every step for all of them: what one loop asks for has come when the next wants it. What is worked
   out is worked out for several at once; what is fetched is fetched one by one, which is faster than gathering. */
#define AT_ONCE 64
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable)")

INLINE void find_ranks(const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks) {
  const chaff_table own = *table;
  for (size_t start = 0; start < count; start += AT_ONCE) {
    size_t length = count - start < AT_ONCE ? count - start : AT_ONCE;
    const uint64_t *hash = hashes + start;
    uint32_t *rank = ranks + start;
    uint32_t places[AT_ONCE], found[AT_ONCE];
    for (size_t index = 0; index < length; index++)
      places[index] = (uint32_t)((hash[index] >> 32) * own.pilot_count >> 32);
    ONE_BY_ONE
    for (size_t index = 0; index < length; index++) {
      const uint8_t *pilot = own.pilots + 2 * (size_t)places[index];
      found[index] = pilot[0] | (uint32_t)pilot[1] << 8;
    }
    for (size_t index = 0; index < length; index++) {
      uint32_t scattered = ((uint32_t)hash[index] ^ found[index] * 0x9e3779b1) * 0x85ebca6b;
      places[index] = (uint32_t)((uint64_t)scattered * own.slot_count >> 32);
    }
    ONE_BY_ONE
    for (size_t index = 0; index < length; index++) __builtin_prefetch(own.slots + 4 * (size_t)places[index]);
    ONE_BY_ONE
    for (size_t index = 0; index < length; index++) {
      const uint8_t *slot = own.slots + 4 * (size_t)places[index];
      found[index] = slot[0] | (uint32_t)slot[1] << 8 | (uint32_t)slot[2] << 16 | (uint32_t)slot[3] << 24;
    }
    for (size_t index = 0; index < length; index++) {
      /* With another tag, what is left above the rank is more than any rank. */
      uint32_t here = found[index] ^ ((uint32_t)(hash[index] >> 16) & ~own.rank_mask);
      rank[index] = here < own.row_count ? here : own.row_count;
    }
    ONE_BY_ONE
    for (size_t index = 0; index < length; index++) __builtin_prefetch(own.rows + rank[index] * own.lanes);
  }
}

/* MARK: Sums to likelihoods */

/* Adds a block's sums times its coefficients. */
INLINE void add_block(floats *score, const int16_t *sums, const float *coefficients) {
  ints8 pair;
  memcpy(&pair, sums, sizeof pair);
  ints8 even = pair << 16 >> 16, odd = pair >> 16;
  ints lanes = __builtin_shufflevector(even, odd, 0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15);
  floats weights;
  load(&weights, coefficients);
  *score += __builtin_convertvector(lanes, floats) * weights;
}

/* The largest lane, to a sixteenth. */
INLINE float roughly_largest(const floats *score) {
  floats shifted = *score * 16 + 12582912;
  ints fixed;
  memcpy(&fixed, &shifted, sizeof fixed);
  int32_t largest = __builtin_reduce_max(fixed);
  return (float)(largest - 0x4b400000) * 0.0625f;
}

/* Reproducible.exp, step by step. */
INLINE void exponential(floats *x) {
  floats t = *x + 80;
  ints raw;
  memcpy(&raw, &t, sizeof raw);
  raw &= 0x7fffffff;
  floats magnitude;
  memcpy(&magnitude, &raw, sizeof magnitude);
  floats clamped = (t + magnitude) * 0.5f - 80;
  floats shifted = clamped * 1.44269504f + 12582912;
  floats n = shifted - 12582912;
  floats r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  ints exponent;
  memcpy(&exponent, &shifted, sizeof exponent);
  memcpy(&raw, &p, sizeof raw);
  raw += exponent << 23;
  memcpy(x, &raw, sizeof raw);
}

INLINE void pool(const int16_t *sums, const uint32_t *rows, size_t lines, const float *coefficients, const float *bias,
                 const float *mask, float *likelihoods) {
  floats first, lanes;
  load(&first, bias);
  load(&lanes, mask);
  for (size_t line = 0; line < lines; line++) {
    if (rows[line] == UINT32_MAX) continue;
    const int16_t *own = sums + 64 * line;
    const float *row = coefficients + 16 * (size_t)rows[line];
    floats score = first;
    /* Words, bigrams, shape, patterns: the order of the sum. */
    add_block(&score, own, row);
    add_block(&score, own + 16, row + 16);
    add_block(&score, own + 48, row + 48);
    add_block(&score, own + 32, row + 32);
    score -= roughly_largest(&score);
    exponential(&score);
    score *= lanes;
    store(likelihoods + 16 * line, &score);
  }
}

/* MARK: Chain */

/* The sum of the lanes, added as a tree. */
INLINE float tree_sum(const floats *vector) {
  floats8 eight = __builtin_shufflevector(*vector, *vector, 0, 1, 2, 3, 4, 5, 6, 7) +
                  __builtin_shufflevector(*vector, *vector, 8, 9, 10, 11, 12, 13, 14, 15);
  floats4 four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

/* What makes a vector sum to 1. */
INLINE float scale(const floats *vector) {
  float sum = tree_sum(vector);
  return 1 / (0x1p-120f >= sum ? 0x1p-120f : sum);
}

/* Multiplies a vector by a matrix, in two sums, since a sum waits for the one before. */
INLINE void multiply(const float *matrix, size_t rows, const float *source, floats *out) {
  floats row;
  load(&row, matrix);
  floats even = row * source[0];
  load(&row, matrix + 16);
  floats odd = row * source[1];
  for (size_t index = 2; index < rows; index += 2) {
    load(&row, matrix + 16 * index);
    even += row * source[index];
    load(&row, matrix + 16 * index + 16);
    odd += row * source[index + 1];
  }
  *out = even + odd;
}

/* Multiplies a vector by the matrix of a step. */
INLINE void apply(const chaff_steps *steps, const float *source, uint8_t from, uint8_t to, floats *out) {
  multiply(steps->matrices + (from * steps->forms + to) * steps->rows * 16, steps->rows, source, out);
}

INLINE void forward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                    float *alphas) {
  for (size_t line = 1; line < lines; line++) {
    floats before, own, out;
    load(&before, alphas + 16 * (line - 1));
    load(&own, likelihoods + 16 * line);
    float factor = scale(&before);
    apply(steps, alphas + 16 * (line - 1), forms[line - 1], forms[line], &out);
    out *= own * factor;
    store(alphas + 16 * line, &out);
  }
}

INLINE void backward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                     const float *alphas, const float *prior, float *beta, size_t decided, float *posteriors) {
  floats vector;
  load(&vector, beta);
  for (size_t line = lines; line-- > 0;) {
    floats own;
    if (line < decided) {
      load(&own, alphas + 16 * line);
      own *= vector;
      float factor = scale(&own);
      if (factor < 0x1p120f)
        own *= factor;
      else
        load(&own, prior);
      store(posteriors + 16 * line, &own);
    }
    if (line == 0) break;
    float factor = scale(&vector);
    load(&own, likelihoods + 16 * line);
    vector *= own;
    float source[16];
    store(source, &vector);
    apply(steps, source, forms[line - 1], forms[line], &vector);
    vector *= factor;
  }
  store(beta, &vector);
}

/* MARK: Chain of phases */

/* A phase of which less than this is left is as good as impossible. */
#define NOTHING 0x1p-30f

#define IS_ALIVE(mask, phase) ((mask) >> (phase) & 1)

INLINE const float *record_of(const chaff_phase_steps *steps, uint8_t from, uint8_t to) {
  return steps->records + (from * steps->forms + to) * (6 * steps->rows + 4) * 16;
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
  const float *vectors = record + 6 * rows * 16;
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
    multiply(record + CHAFF_PHASES * rows * 16, rows, before->vectors[CHAFF_BEFORE], &out[CHAFF_HEAD]);
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
  const float *vectors = record + 6 * rows * 16;
  float text = IS_ALIVE(alive, CHAFF_ARTICLE) ? source[CHAFF_ARTICLE][steps->text] : 0;
  for (int phase = 0; phase < CHAFF_PHASES; phase++) {
    out[phase] = (floats){0};
    if (IS_ALIVE(wanted & alive, phase)) multiply(record + (size_t)phase * rows * 16, rows, source[phase], &out[phase]);
  }
  floats part;
  if (IS_ALIVE(wanted, CHAFF_LIST)) out[CHAFF_LIST] += vectors[48] * text;
  if (IS_ALIVE(wanted, CHAFF_BEFORE)) {
    if (IS_ALIVE(alive, CHAFF_HEAD)) {
      multiply(record + CHAFF_PHASES * rows * 16, rows, source[CHAFF_HEAD], &part);
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
      float factor = scale(&sum);
      if (factor < 0x1p120f)
        sum *= factor;
      else
        load(&sum, prior);
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
      store(source[phase], &weighed);
    }
    float factor = scale(&all_lanes);
    unsigned wanted = line - 1 < decided ? alive[line - 1] : all;
    lead_back(steps, record_of(steps, forms[line - 1], forms[line]), source, mask, wanted, out);
    for (int phase = 0; phase < CHAFF_PHASES; phase++) out[phase] *= factor;
  }
  for (int phase = 0; phase < CHAFF_PHASES; phase++) store(beta + 16 * phase, &out[phase]);
}

INLINE void temper(float *posteriors, size_t lines, int eighths) {
  for (size_t line = 0; line < lines; line++) {
    floats half, result = (floats){0} + 1;
    load(&half, posteriors + 16 * line);
    half = __builtin_elementwise_sqrt(half);
    floats quarter = __builtin_elementwise_sqrt(half);
    if (eighths & 4) result = half;
    if (eighths & 2) result *= quarter;
    if (eighths & 1) result *= __builtin_elementwise_sqrt(quarter);
    float sum = tree_sum(&result);
    result *= sum > 0 ? 1 / sum : 0;
    store(posteriors + 16 * line, &result);
  }
}

/* MARK: Versions */

static _Atomic int limit = 512;

void chaff_limit_vectors(int bits) { limit = bits; }

#if defined(__x86_64__)
/* The bits of the vectors to be used. */
static int vector_bits(void) {
  int most = 128;
  if (__builtin_cpu_supports("avx2")) most = 256;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    most = 512;
  return most < limit ? most : limit;
}

#define VERSIONS(name, parameters, arguments)                                                                         \
  __attribute__((target("avx2"))) static void name##_avx2 parameters { name arguments; }                              \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))) static void name##_avx512 parameters {                \
    name arguments;                                                                                                   \
  }                                                                                                                   \
  void chaff_##name parameters {                                                                                      \
    switch (vector_bits()) {                                                                                          \
    case 512: name##_avx512 arguments; break;                                                                         \
    case 256: name##_avx2 arguments; break;                                                                           \
    default: name arguments;                                                                                          \
    }                                                                                                                 \
  }
#else
#define VERSIONS(name, parameters, arguments)                                                                         \
  void chaff_##name parameters { name arguments; }
#endif

VERSIONS(read_masks, (const uint8_t *text, size_t blocks, chaff_block_masks *out), (text, blocks, out))

VERSIONS(pool,
         (const int16_t *sums, const uint32_t *rows, size_t lines, const float *coefficients, const float *bias,
          const float *mask, float *likelihoods),
         (sums, rows, lines, coefficients, bias, mask, likelihoods))

VERSIONS(forward,
         (const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines, float *alphas),
         (steps, forms, likelihoods, lines, alphas))

VERSIONS(backward,
         (const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines, const float *alphas,
          const float *prior, float *beta, size_t decided, float *posteriors),
         (steps, forms, likelihoods, lines, alphas, prior, beta, decided, posteriors))

VERSIONS(forward_phases,
         (const chaff_phase_steps *steps, const float *initial, const uint8_t *forms, const float *likelihoods,
          size_t lines, chaff_phase_carry *carry, float *alphas, uint8_t *alive, size_t *written),
         (steps, initial, forms, likelihoods, lines, carry, alphas, alive, written))

VERSIONS(backward_phases,
         (const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
          const float *alphas, const uint8_t *alive, size_t vectors, const float *prior, float *beta, size_t decided,
          float *posteriors),
         (steps, forms, likelihoods, lines, alphas, alive, vectors, prior, beta, decided, posteriors))

VERSIONS(count_bits,
         (const chaff_counted *counted, size_t blocks, chaff_counted *before, const uint32_t *feeds, size_t lines,
          size_t origin, chaff_counted *ends),
         (counted, blocks, before, feeds, lines, origin, ends))

VERSIONS(find_ranks, (const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks),
         (table, hashes, count, ranks))

VERSIONS(temper, (float *posteriors, size_t lines, int eighths), (posteriors, lines, eighths))
