#include "versions.h"

/* Four at a time without asking whether there are as many: a wrong guess costs more than writing too much. */
INLINE void list_bits(const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count) {
  uint32_t *next = list;
  for (size_t block = 0; block < blocks; block++) {
    uint32_t base = (uint32_t)(64 * block);
    uint32_t *own = next;
    for (uint64_t rest = masks[block]; rest != 0; own += 4) {
      for (int index = 0; index < 4; index++) {
        own[index] = base + (rest == 0 ? 0 : (uint32_t)__builtin_ctzll(rest));
        rest &= rest - 1;
      }
    }
    next += __builtin_popcountll(masks[block]);
  }
  *count = (size_t)(next - list);
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target(AVX2))) static void list_bits_avx2(const uint64_t *masks, size_t blocks, uint32_t *list,
                                                         size_t *count) {
  list_bits(masks, blocks, list, count);
}

/* Sixteen at a time: the numbers of the bytes whose bits are set are brought together by one instruction. */
__attribute__((target(AVX512))) static void list_bits_avx512(const uint64_t *masks, size_t blocks, uint32_t *list,
                                                             size_t *count) {
  static const uint8_t numbers[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                      32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                      48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i all = _mm512_loadu_si512(numbers);
  uint32_t *next = list;
  for (size_t block = 0; block < blocks; block++) {
    __m512i found = _mm512_maskz_compress_epi8(masks[block], all);
    const __m512i base = _mm512_set1_epi32((int)(64 * block));
    const int bits = (int)_mm_popcnt_u64(masks[block]);
    _mm512_storeu_si512(next, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(found)), base));
    for (int done = 16; done < bits; done += 16) {
      found = _mm512_alignr_epi64(found, found, 2);
      _mm512_storeu_si512(next + done, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(found)), base));
    }
    next += bits;
  }
  *count = (size_t)(next - list);
}

SWITCH(list_bits, (const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count), (masks, blocks, list, count))
#else
VERSIONS(list_bits, (const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count), (masks, blocks, list, count))
#endif
