#pragma once
#include <xlsxwriter.h>

// memfd_create(2), which the C library's header shows to GNU sources only.
extern int memfd_create(const char *name, unsigned int flags);

// A file in memory, closed when another program is executed (MFD_CLOEXEC).
static inline int gapura_memory_file(void) { return memfd_create("gapura", 1U); }
