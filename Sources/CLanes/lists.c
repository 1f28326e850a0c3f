#include "versions.h"

typedef uint8_t bytes __attribute__((ext_vector_type(64)));
typedef _Bool bits __attribute__((ext_vector_type(64)));

/* Writes where the bits of a mask stand, `base` added; returns where the next are written. */
typedef uint32_t *(*lister)(uint64_t mask, uint32_t base, uint32_t *next);

/* Four at a time without asking whether there are as many: a wrong guess costs more than writing too much. */
INLINE uint32_t *list_mask(uint64_t mask, uint32_t base, uint32_t *next) {
  uint32_t *own = next;
  for (uint64_t rest = mask; rest != 0; own += 4) {
    for (int index = 0; index < 4; index++) {
      own[index] = base + (rest == 0 ? 0 : (uint32_t)__builtin_ctzll(rest));
      rest &= rest - 1;
    }
  }
  return next + __builtin_popcountll(mask);
}

INLINE void list_bits_by(lister list_mask, const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count) {
  uint32_t *next = list;
  for (size_t block = 0; block < blocks; block++) next = list_mask(masks[block], (uint32_t)(64 * block), next);
  *count = (size_t)(next - list);
}

INLINE void list_feeds_by(lister list_mask, const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list,
                          size_t *count) {
  uint32_t *next = list;
  for (; start < end && next < list + most; start += 64) {
    bytes byte;
    memcpy(&byte, text + start, sizeof byte);
    const bits found = __builtin_convertvector(byte == '\n', bits);
    uint64_t mask;
    memcpy(&mask, &found, sizeof mask);
    if (end - start < 64) mask &= ~(~(uint64_t)0 << (end - start));
    next = list_mask(mask, (uint32_t)start, next);
  }
  *count = (size_t)(next - list);
}

INLINE void list_bits(const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count) {
  list_bits_by(list_mask, masks, blocks, list, count);
}

INLINE void list_feeds(const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list, size_t *count) {
  list_feeds_by(list_mask, text, start, end, most, list, count);
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target(AVX2)))
static void list_bits_avx2(const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count) {
  list_bits_by(list_mask, masks, blocks, list, count);
}

__attribute__((target(AVX2)))
static void list_feeds_avx2(const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list, size_t *count) {
  list_feeds_by(list_mask, text, start, end, most, list, count);
}

/* Sixteen at a time: the numbers of the bytes whose bits are set are brought together by one instruction. */
__attribute__((target(AVX512)))
static inline uint32_t *list_mask_avx512(uint64_t mask, uint32_t base, uint32_t *next) {
  static const uint8_t numbers[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                      32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                      48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i bases = _mm512_set1_epi32((int)base);
  const int bits = (int)_mm_popcnt_u64(mask);
  __m512i found = _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512(numbers));
  _mm512_storeu_si512(next, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(found)), bases));
  for (int done = 16; done < bits; done += 16) {
    found = _mm512_alignr_epi64(found, found, 2);
    _mm512_storeu_si512(next + done, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(found)), bases));
  }
  return next + bits;
}

__attribute__((target(AVX512)))
static void list_bits_avx512(const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count) {
  list_bits_by(list_mask_avx512, masks, blocks, list, count);
}

__attribute__((target(AVX512)))
static void list_feeds_avx512(const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list,
                              size_t *count) {
  list_feeds_by(list_mask_avx512, text, start, end, most, list, count);
}

SWITCH(list_bits, (const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count), (masks, blocks, list, count))
SWITCH(list_feeds,
       (const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list, size_t *count),
       (text, start, end, most, list, count))
#else
VERSIONS(list_bits, (const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count), (masks, blocks, list, count))
VERSIONS(list_feeds,
         (const uint8_t *text, size_t start, size_t end, size_t most, uint32_t *list, size_t *count),
         (text, start, end, most, list, count))
#endif
