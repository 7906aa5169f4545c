#define _GNU_SOURCE
#include "FailingDisk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { room, error, nth, nth_error, count, slow_ms, nth_read, numbers };

static _Atomic(int64_t) *state;
static const char *directory;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv(GAPURA_DISK_FILE);
  directory = getenv(GAPURA_DISK_DIRECTORY);
  if (!path || !directory) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *page = mmap(NULL, numbers * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) state = page;
}

static int is_below(const char *path) {
  size_t length = strlen(directory);
  return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_ours(int file) {
  if (!state) return 0;
  char link[40], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

// Whether it is this call that was to fail, and then with which error.
static int nth_failure(void) {
  atomic_fetch_add(&state[count], 1);
  int64_t left = atomic_load(&state[nth]);
  return left > 0 && atomic_fetch_sub(&state[nth], 1) == 1 ? (int)atomic_load(&state[nth_error]) : 0;
}

// Whether a call that changes a file fails, and then with which error.
static int failure(void) {
  int code = nth_failure();
  return code ? code : (int)atomic_load(&state[error]);
}

static int take(int64_t bytes) {
  int64_t left = atomic_load(&state[room]);
  if (left < 0 || bytes <= 0) return 0;
  do {
    if (left < bytes) return ENOSPC;
  } while (!atomic_compare_exchange_weak(&state[room], &left, left - bytes));
  return 0;
}

static void give(int64_t bytes) {
  if (bytes > 0 && atomic_load(&state[room]) >= 0) atomic_fetch_add(&state[room], bytes);
}

static int64_t size_of(int file) {
  struct stat status;
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : INT64_MAX / 2;
}

static int before_write(int file, int64_t end) {
  int code = failure();
  return code ? code : take(end - size_of(file));
}

#define REFUSE(code) do { errno = (code); return -1; } while (0)

// Whether it is this read that was to fail.
static int read_fails(int file) {
  if (!state || atomic_load(&state[nth_read]) <= 0 || !is_ours(file)) return 0;
  return atomic_fetch_sub(&state[nth_read], 1) == 1;
}

ssize_t pread(int file, void *bytes, size_t length, off_t at) {
  if (read_fails(file)) REFUSE(EIO);
  return REAL(pread)(file, bytes, length, at);
}

ssize_t pread64(int file, void *bytes, size_t length, off64_t at) { return pread(file, bytes, length, at); }

ssize_t write(int file, const void *bytes, size_t length) {
  if (is_ours(file)) {
    off_t at = lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    int code = before_write(file, at + (int64_t)length);
    if (code) REFUSE(code);
  }
  return REAL(write)(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
  if (is_ours(file)) {
    int code = before_write(file, at + (int64_t)length);
    if (code) REFUSE(code);
  }
  return REAL(pwrite)(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) { return pwrite(file, bytes, length, at); }

int ftruncate(int file, off_t length) {
  if (is_ours(file)) {
    int64_t size = size_of(file);
    int code = failure();
    if (!code) code = take(length - size);
    if (code) REFUSE(code);
    int result = REAL(ftruncate)(file, length);
    if (result == 0) give(size - length);
    return result;
  }
  return REAL(ftruncate)(file, length);
}

int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

int posix_fallocate(int file, off_t at, off_t length) {
  if (is_ours(file)) {
    int code = before_write(file, at + length);
    if (code) return code;
  }
  return REAL(posix_fallocate)(file, at, length);
}

int posix_fallocate64(int file, off64_t at, off64_t length) { return posix_fallocate(file, at, length); }

static int sync_failure(void) {
  int64_t delay = atomic_load(&state[slow_ms]);
  if (delay > 0) nanosleep(&(struct timespec){delay / 1000, delay % 1000 * 1000000}, NULL);
  return failure();
}

int fsync(int file) {
  int code = is_ours(file) ? sync_failure() : 0;
  if (code) REFUSE(code);
  return REAL(fsync)(file);
}

int fdatasync(int file) {
  int code = is_ours(file) ? sync_failure() : 0;
  if (code) REFUSE(code);
  return REAL(fdatasync)(file);
}

int unlink(const char *path) {
  struct stat status;
  int64_t freed = 0;
  if (state && is_below(path) && stat(path, &status) == 0) {
    int code = failure();
    // On a full disk files can be removed.
    if (code && code != ENOSPC) REFUSE(code);
    if (status.st_nlink == 1) freed = status.st_size;
  }
  int result = REAL(unlink)(path);
  if (result == 0) give(freed);
  return result;
}

// Opening changes a file when it makes one. Where nobody may write, none opens for writing either.
static int open_failure(const char *path, int flags) {
  int writes = (flags & O_ACCMODE) != O_RDONLY;
  if (!state || !is_below(path) || !(writes || flags & O_CREAT)) return 0;
  int exists = access(path, F_OK) == 0;
  if (exists && flags & O_EXCL) return 0;
  int permanent = (int)atomic_load(&state[error]);
  if (exists) return writes && permanent == EROFS ? EROFS : 0;
  return flags & O_CREAT ? failure() : 0;
}

#define OPEN(name)                                                  \
  int name(const char *path, int flags, ...) {                      \
    mode_t mode = 0;                                                \
    if (flags & (O_CREAT | O_TMPFILE)) {                            \
      va_list more;                                                 \
      va_start(more, flags);                                        \
      mode = va_arg(more, mode_t);                                  \
      va_end(more);                                                 \
    }                                                               \
    int code = open_failure(path, flags);                           \
    if (code) REFUSE(code);                                         \
    return REAL(name)(path, flags, mode);                           \
  }

OPEN(open)
OPEN(open64)

int rename(const char *from, const char *to) {
  int code = state && is_below(from) ? failure() : 0;
  if (code) REFUSE(code);
  return REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  int code = state && is_below(from) ? failure() : 0;
  if (code) REFUSE(code);
  return REAL(link)(from, to);
}

int mkdir(const char *path, mode_t mode) {
  // That there is one already is said first, also where nobody may write.
  int code = state && is_below(path) && access(path, F_OK) != 0 ? failure() : 0;
  if (code) REFUSE(code);
  return REAL(mkdir)(path, mode);
}

int statvfs(const char *path, struct statvfs *status) {
  int result = REAL(statvfs)(path, status);
  if (result == 0 && state && is_below(path) && atomic_load(&state[room]) >= 0) {
    status->f_bavail = status->f_bfree = (fsblkcnt_t)(atomic_load(&state[room]) / (int64_t)status->f_frsize);
  }
  if (result == 0 && state && is_below(path) && atomic_load(&state[error]) == EROFS) status->f_flag |= ST_RDONLY;
  return result;
}
