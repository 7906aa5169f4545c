#define _GNU_SOURCE
#include "ShiftedClock.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t second = 1000000000;

typedef int (*get_time)(clockid_t, struct timespec *);

// Read at first use, which may be in another library's constructor, by whichever thread comes first: two that come at
// once find the same.
static _Atomic(get_time) known_get_time;
static _Atomic(int64_t) fixed_shift;
static _Atomic(_Atomic(int64_t) *) movable_shift;
static _Atomic(int64_t) no_shift[2];

static _Atomic(int64_t) *map_shift(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return no_shift;
  void *page = lseek(file, 0, SEEK_END) < (off_t)sizeof no_shift
                 ? MAP_FAILED : mmap(NULL, sizeof no_shift, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return page == MAP_FAILED ? no_shift : page;
}

static _Atomic(int64_t) *shifts(void) {
  _Atomic(int64_t) *movable = atomic_load(&movable_shift);
  if (!movable) {
    const char *fixed = getenv(GAPURA_CLOCK_SHIFT), *path = getenv(GAPURA_CLOCK_SHIFT_FILE);
    atomic_store(&fixed_shift, fixed ? strtoll(fixed, NULL, 10) : 0);
    movable = path ? map_shift(path) : no_shift;
    atomic_store(&movable_shift, movable);
  }
  return movable;
}

static int64_t shift(void) {
  _Atomic(int64_t) *movable = shifts();
  return atomic_load(&fixed_shift) + atomic_load(&movable[0]);
}

// Only what was moved as if time had gone by.
static int64_t uptime_shift(void) { return atomic_load(&shifts()[1]); }

static int is_wall(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

static struct timespec moved(struct timespec at, int64_t by) {
  int64_t rest = at.tv_nsec + by % second;
  at.tv_sec += by / second + (rest < 0 ? -1 : rest / second);
  at.tv_nsec = rest < 0 ? rest + second : rest % second;
  return at;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  get_time real = atomic_load(&known_get_time);
  if (!real) {
    real = (get_time)dlsym(RTLD_NEXT, "clock_gettime");
    atomic_store(&known_get_time, real);
  }
  int code = real(clock, at);
  if (code == 0 && is_wall(clock)) *at = moved(*at, shift());
  if (code == 0 && clock == CLOCK_BOOTTIME) *at = moved(*at, uptime_shift());
  return code;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  (void)zone;
  struct timespec now;
  int code = clock_gettime(CLOCK_REALTIME, &now);
  if (code == 0) {
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
  }
  return code;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}

// What waits until a wall time asks the kernel, whose clock is not shifted: the end that was worked out from the
// shifted clock is moved back. (libdispatch's semaphores and Foundation's conditions wait so.)

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
  static int (*real)(sem_t *restrict, const struct timespec *restrict);
  if (!real) real = (int (*)(sem_t *restrict, const struct timespec *restrict))dlsym(RTLD_NEXT, "sem_timedwait");
  struct timespec end = moved(*until, -shift());
  return real(semaphore, &end);
}

int pthread_cond_timedwait(
  pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
  static int (*real)(pthread_cond_t *restrict, pthread_mutex_t *restrict, const struct timespec *restrict);
  if (!real)
    real = (int (*)(pthread_cond_t *restrict, pthread_mutex_t *restrict, const struct timespec *restrict))dlsym(
      RTLD_NEXT, "pthread_cond_timedwait");
  // Glibc keeps in this bit (__PTHREAD_COND_CLOCK_MONOTONIC_MASK) whether the condition waits by the monotonic clock.
  if (condition->__data.__wrefs & 2) return real(condition, mutex, until);
  struct timespec end = moved(*until, -shift());
  return real(condition, mutex, &end);
}
