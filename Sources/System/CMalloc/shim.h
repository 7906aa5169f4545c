#pragma once
#include <malloc.h>

// The names of what mallopt(3) sets are macros with a sign, which Swift may not see.
static inline int gapura_bound_memory(int arena_count, int mapped_byte_count, int free_byte_count) {
  return mallopt(M_ARENA_MAX, arena_count) && mallopt(M_MMAP_THRESHOLD, mapped_byte_count)
      && mallopt(M_TRIM_THRESHOLD, free_byte_count);
}
