import CMalloc
import Dispatch
import Glibc

/// How much of what the program has freed the C library keeps for it (mallopt(3), malloc_trim(3)).
enum Allocator {
  private static let arenaCountMin = 2
  /// A block of that size is mapped by itself, and the kernel has it back as soon as it is freed: a month's statistics, an
  /// upload's part. Pages and statements are smaller.
  private static let mappedByteCount: Int32 = 256 * 1024
  /// What may stay free at the end of an arena. Where the library sets it by itself, it grows with the largest block freed, up
  /// to 64 MB.
  private static let freeByteCount: Int32 = 1024 * 1024

  /// As many arenas as threads run at once. By itself the library makes up to eight for each processor, that is one for nearly
  /// each thread of event loops, of the store's queues and of Swift's own, and each keeps the most that it ever held. Once,
  /// before other threads are there: those keep the arena that they have.
  static func bound() {
    let count = max(arenaCountMin, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    // Where the library refuses it goes on as it would have.
    _ = gapura_bound_memory(Int32(clamping: count), mappedByteCount, freeByteCount)
  }

  /// Gives the kernel back what is free, also between what is in use. Others that allocate wait for some milliseconds, so it is
  /// for an office at rest.
  static func giveBack() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global(qos: .utility).async {
        _ = malloc_trim(0)
        continuation.resume()
      }
    }
  }
}
