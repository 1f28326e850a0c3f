#include "versions.h"

/* Two loops: what the first asks for does not wait for each other, and is there when the second comes to it. */
void chaff_fetch_slots(const chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count) {
  for (size_t index = 0; index < count; index++) __builtin_prefetch(slots + (hashes[index] & mask), 1);
}

size_t chaff_number_features(chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count,
                             uint32_t line, uint32_t known, uint32_t *numbers, uint64_t *added, size_t *added_count) {
  uint32_t *next = numbers;
  uint64_t *new = added;
  for (size_t index = 0; index < count; index++) {
    const uint64_t hash = hashes[index];
    size_t place = hash & mask;
    while (slots[place].number != 0 && slots[place].hash != hash) place = (place + 1) & mask;
    chaff_feature_slot *slot = slots + place;
    if (slot->number == 0) {
      *new++ = hash;
      *slot = (chaff_feature_slot){hash, ++known, 0};
    }
    /* What comes again is written in vain: whether it does is guessed wrongly now and then. */
    *next = slot->number - 1;
    next += slot->line != line;
    slot->line = line;
  }
  *added_count = (size_t)(new - added);
  return (size_t)(next - numbers);
}

void chaff_find_features(const chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count,
                         uint32_t *numbers) {
  enum { ahead = 16 };
  for (size_t index = 0; index < count; index++) {
    if (index + ahead < count) __builtin_prefetch(slots + (hashes[index + ahead] & mask));
    size_t place = hashes[index] & mask;
    while (slots[place].number != 0 && slots[place].hash != hashes[index]) place = (place + 1) & mask;
    numbers[index] = slots[place].number;
  }
}
