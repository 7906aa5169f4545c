#define _GNU_SOURCE
#include "StatementRecorder.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { seen_count = 1 << 16, tries_max = 64 };

static _Atomic(uint64_t) seen[seen_count];

// FNV-1a; never 0.
static uint64_t hash(const char *text, size_t length) {
  uint64_t value = 0xcbf29ce484222325;
  for (size_t place = 0; place < length; place++) value = (value ^ (unsigned char)text[place]) * 0x100000001b3;
  return value ? value : 1;
}

// Whether this process has not written it down yet. Where there is no room to remember it, it is written twice.
static int is_new(uint64_t value) {
  for (uint64_t place = value % seen_count, tries = 0; tries < tries_max; place = (place + 1) % seen_count, tries++) {
    uint64_t there = 0;
    if (atomic_compare_exchange_strong(&seen[place], &there, value)) return 1;
    if (there == value) return 0;
  }
  return 1;
}

static void record(const char *text, size_t length) {
  const char *directory = getenv(GAPURA_STATEMENTS_TO);
  if (!directory || !length || !is_new(hash(text, length))) return;
  char path[4096];
  snprintf(path, sizeof path, "%s/%d", directory, (int)getpid());
  char *line = malloc(length + 1);
  if (!line) return;
  memcpy(line, text, length);
  line[length] = 0;
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  // One call, so that threads do not write into one another's.
  if (file >= 0 && write(file, line, length + 1) < 0) perror("StatementRecorder");
  if (file >= 0) close(file);
  free(line);
}

int sqlite3_prepare_v3(
  void *database, const char *text, int length, unsigned flags, void **statement, const char **tail) {
  static int (*_Atomic real)(void *, const char *, int, unsigned, void **, const char **);
  if (!atomic_load(&real))
    atomic_store(
      &real, (int (*)(void *, const char *, int, unsigned, void **, const char **))dlsym(
               RTLD_NEXT, "sqlite3_prepare_v3"));
  const char *end = NULL;
  int code = atomic_load(&real)(database, text, length, flags, statement, &end);
  if (tail) *tail = end;
  size_t whole = length < 0 ? strlen(text) : strnlen(text, (size_t)length);
  if (code == 0 && end == text + whole) record(text, whole);
  return code;
}
