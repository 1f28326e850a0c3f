#ifndef CHAFF_BYTE_MASK_H
#define CHAFF_BYTE_MASK_H

#include <stdint.h>
#include <string.h>
#if defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* Sixteen bytes; Swift's SIMD16<UInt8>. */
typedef uint8_t chaff_bytes16 __attribute__((ext_vector_type(16)));

/* The top bit of each byte, the first byte's lowest. Swift has no way to say this one instruction. */
static inline __attribute__((always_inline)) uint64_t chaff_top_bits(chaff_bytes16 bytes) {
#if defined(__SSE2__)
  typedef char chars16 __attribute__((vector_size(16)));
  return (uint32_t)__builtin_ia32_pmovmskb128((chars16)bytes);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  static const int8_t shifts[16] = {-7, -6, -5, -4, -3, -2, -1, 0, -7, -6, -5, -4, -3, -2, -1, 0};
  uint8x16_t bits = vshlq_u8(vandq_u8((uint8x16_t)bytes, vdupq_n_u8(0x80)), vld1q_s8(shifts));
  return vaddv_u8(vget_low_u8(bits)) | (uint64_t)vaddv_u8(vget_high_u8(bits)) << 8;
#else
  uint64_t result = 0;
  for (int index = 0; index < 16; index++) result |= (uint64_t)(bytes[index] >> 7) << index;
  return result;
#endif
}

#endif
