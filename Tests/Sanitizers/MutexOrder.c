// Shows ThreadSanitizer the order that a contended Mutex makes.
//
// Where a Mutex is free it is taken and given back by atomics that are inlined into our code, which the sanitizer sees. Where
// it is contended that happens in libswiftSynchronization (`_lockSlow`, `_tryLockSlow`, `_unlockSlow`), which is not
// instrumented, by a futex that the kernel hands on:
//   https://github.com/swiftlang/swift/blob/main/stdlib/public/Synchronization/Mutex/LinuxImpl.swift
// Two closures that exclude each other then look unordered, and each is reported. scripts/sanitize links this file into what it
// builds: our calls of the three come here, the library's own do the work, and the sanitizer is told what they have done. So
// nothing about a Mutex is suppressed: what a closure doesn't guard is still found.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

// Of the sanitizer's runtime: what was released at an address happens before what is acquired there.
void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *handle

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK_SLOW "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// The library's own function of a name. It ends the program where the library has none: silence would hide what is wrong.
static void *original(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL) { abort(); }
  return function;
}

SWIFT void lockSlow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
SWIFT void lockSlow(uint32_t thread, SELF) {
  ((SWIFT void (*)(uint32_t, SELF))original(LOCK_SLOW))(thread, handle);
  __tsan_acquire(handle);
}

SWIFT bool tryLockSlow(SELF) __asm__(TRY_LOCK_SLOW);
SWIFT bool tryLockSlow(SELF) {
  bool isTaken = ((SWIFT bool (*)(SELF))original(TRY_LOCK_SLOW))(handle);
  if (isTaken) { __tsan_acquire(handle); }
  return isTaken;
}

SWIFT void unlockSlow(SELF) __asm__(UNLOCK_SLOW);
SWIFT void unlockSlow(SELF) {
  __tsan_release(handle);
  ((SWIFT void (*)(SELF))original(UNLOCK_SLOW))(handle);
}
