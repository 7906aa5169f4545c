import Glibc

/// How many files and connections this process may have open.
enum DescriptorLimit {
  /// Takes as many as the kernel lets it: a shell gives 1024, which a hall's displays and a day's visitors use up.
  static func raise() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    // A million descriptors are more than there are connections, and what is inherited by child processes is closed by some.
    limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, countWanted))
    unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// As the unit file has it.
  private static let countWanted: rlim_t = 65_536
}
