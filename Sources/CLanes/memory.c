#include "lanes.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

void *chaff_zeros(size_t count, size_t size) { return calloc(count, size); }

void chaff_free(void *memory) { free(memory); }

void chaff_populate(void *memory, size_t bytes) {
#if defined(MADV_POPULATE_WRITE)
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  const uintptr_t begin = ((uintptr_t)memory + page - 1) / page * page, end = ((uintptr_t)memory + bytes) / page * page;
  if (begin < end) madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
#endif
}
