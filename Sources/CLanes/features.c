#include "lookup.h"

typedef int8_t bytes16 __attribute__((vector_size(16)));
typedef int16_t shorts __attribute__((vector_size(32)));

enum { is_last = 1, is_none = 2 };

/* What is left of features: those that the table has, and the last of each list, with what is_last says of each. */
typedef size_t (*keeper)(const uint32_t *ranks, const uint8_t *flags, size_t count, uint32_t none, uint32_t *kept,
                         uint8_t *lasts);

INLINE size_t keep(const uint32_t *ranks, const uint8_t *flags, size_t count, uint32_t none, uint32_t *kept,
                   uint8_t *lasts) {
  size_t length = 0;
  for (size_t index = 0; index < count; index++) {
    /* Without a branch, which would be guessed wrongly for two features in five. */
    const uint32_t last = flags[index] & is_last, rank = ranks[index] | (0 - (uint32_t)(flags[index] >> 1));
    kept[length] = rank < none ? rank : none;
    lasts[length] = (uint8_t)last;
    length += (rank < none) | last;
  }
  return length;
}

/* What is left of some features. */
typedef struct {
  uint32_t ranks[AT_ONCE + 16];
  uint8_t lasts[AT_ONCE + 16];
  size_t length;
} kept_features;

/* Finds features, and asks for their rows; the stamps are near. */
INLINE void find_features(keeper keep, const chaff_table *table, const uint64_t *hashes, const uint8_t *flags,
                          size_t count, kept_features *found) {
  uint32_t ranks[AT_ONCE];
  size_t length = count < AT_ONCE ? count : AT_ONCE;
  look_up(table, hashes, length, ranks);
  found->length = keep(ranks, flags, length, table->row_count, found->ranks, found->lasts);
  ONE_BY_ONE
  for (size_t index = 0; index < found->length; index++)
    __builtin_prefetch(table->rows + 16 * (size_t)found->ranks[index]);
}

/* Without a branch, since how long a list is, and what of it the table has or comes again, is guessed wrongly on most lines:
   the sum runs on from list to list and is written over again until its list ends, and of what comes again a row of zeros is
   added. While some rows are summed, those of the next come from memory. */
INLINE void sum_features_by(keeper keep, const chaff_table *table, const uint64_t *hashes, const uint8_t *flags,
                            size_t count, uint16_t *stamps, uint16_t stamp, int16_t *sums) {
  const chaff_table own = *table;
  kept_features found[2];
  shorts sum;
  memcpy(&sum, sums, sizeof sum);
  if (count > 0) find_features(keep, &own, hashes, flags, count, &found[0]);
  for (size_t start = 0; start < count; start += AT_ONCE) {
    const kept_features *here = &found[start / AT_ONCE & 1];
    const size_t next = start + AT_ONCE;
    if (next < count)
      find_features(keep, &own, hashes + next, flags + next, count - next, &found[next / AT_ONCE & 1]);
    const size_t length = here->length;
    _Pragma("clang loop unroll_count(4)")
    for (size_t index = 0; index < length; index++) {
      uint32_t rank = here->ranks[index];
      uint32_t is_old = stamps[rank] == stamp;
      stamps[rank] = stamp;
      rank ^= (rank ^ own.row_count) & (0 - is_old);
      bytes16 row;
      memcpy(&row, own.rows + 16 * (size_t)rank, sizeof row);
      sum += __builtin_convertvector(row, shorts);
      memcpy(sums + 16, &sum, sizeof sum);
      sums += 16 * (size_t)here->lasts[index];
      stamp += here->lasts[index];
    }
  }
}

INLINE void sum_features(const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count,
                         uint16_t *stamps, uint16_t stamp, int16_t *sums) {
  sum_features_by(keep, table, hashes, flags, count, stamps, stamp, sums);
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target(AVX2)))
static void sum_features_avx2(const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count,
                              uint16_t *stamps, uint16_t stamp, int16_t *sums) {
  sum_features_by(keep, table, hashes, flags, count, stamps, stamp, sums);
}

/* Sixteen at a time: what is left is brought together by one instruction. */
__attribute__((target(AVX512)))
static inline size_t keep_avx512(const uint32_t *ranks, const uint8_t *flags, size_t count, uint32_t none,
                                 uint32_t *kept, uint8_t *lasts) {
  size_t length = 0;
  for (size_t index = 0; index < count; index += 16) {
    const __mmask16 valid = count - index < 16 ? (__mmask16)((1 << (count - index)) - 1) : (__mmask16)0xffff;
    const __m128i flag = _mm_maskz_loadu_epi8(valid, flags + index);
    const __mmask16 nones = _mm_test_epi8_mask(flag, _mm_set1_epi8(is_none));
    const __m128i last = _mm_and_si128(flag, _mm_set1_epi8(is_last));
    const __m512i missing = _mm512_set1_epi32((int)none);
    const __m512i rank = _mm512_mask_mov_epi32(_mm512_maskz_loadu_epi32(valid, ranks + index), nones, missing);
    const __mmask16 left =
        valid & (_mm512_cmpneq_epi32_mask(rank, missing) | _mm_test_epi8_mask(last, last));
    _mm512_storeu_si512(kept + length, _mm512_maskz_compress_epi32(left, rank));
    _mm_storeu_si128((__m128i *)(lasts + length), _mm_maskz_compress_epi8(left, last));
    length += (size_t)_mm_popcnt_u32(left);
  }
  return length;
}

__attribute__((target(AVX512)))
static void sum_features_avx512(const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count,
                                uint16_t *stamps, uint16_t stamp, int16_t *sums) {
  sum_features_by(keep_avx512, table, hashes, flags, count, stamps, stamp, sums);
}

SWITCH(sum_features,
       (const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count, uint16_t *stamps,
        uint16_t stamp, int16_t *sums),
       (table, hashes, flags, count, stamps, stamp, sums))
#else
VERSIONS(sum_features,
         (const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count, uint16_t *stamps,
          uint16_t stamp, int16_t *sums),
         (table, hashes, flags, count, stamps, stamp, sums))
#endif
