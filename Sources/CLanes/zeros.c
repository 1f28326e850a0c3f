#include "versions.h"

#include <stdlib.h>

void *chaff_zeros(size_t count, size_t size) { return calloc(count, size); }

void chaff_free(void *memory) { free(memory); }
