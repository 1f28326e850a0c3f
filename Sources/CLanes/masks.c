#include "versions.h"

typedef int8_t bytes __attribute__((ext_vector_type(64)));
typedef _Bool bits __attribute__((ext_vector_type(64)));

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
    uint64_t digits = MASK((byte > 0x2f) & (byte < 0x3a));
    uint64_t spaces = MASK(((byte > 0x08) & (byte < 0x0e)) | (byte == 0x20));
    uint64_t wide = MASK(byte < 0);
    out[block] = (chaff_block_masks){
        .letters = letters,
        .capitals = MASK(byte < 0x60) & letters,
        .digits = digits,
        .feeds = MASK(byte == 0x0a),
        .stops = MASK((byte == 0x2e) | (byte == 0x21) | (byte == 0x3f)),
        .marks = ~(letters | digits | spaces | wide),
        .wide = wide,
        .folded = 0,
    };
  }
}

VERSIONS(read_masks, (const uint8_t *text, size_t blocks, chaff_block_masks *out), (text, blocks, out))
