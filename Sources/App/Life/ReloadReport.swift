import Synchronization

/// Which configuration was not taken over when it was read again, until it is: with it a restart would fail.
final class ReloadReport: Sendable {
  private let refused = Mutex<[String]>([])

  /// Notes how the latest reading went.
  ///
  /// - Parameter reasons: why what was not taken over; none when all was.
  func note(_ reasons: [String]) { refused.withLock { $0 = reasons } }

  /// What a sysadmin is told; nil while everything was taken over.
  var report: String? {
    let reasons = refused.withLock { $0 }
    guard let first = reasons.first else { return nil }
    let more = reasons.count > 1 ? " (and \(reasons.count - 1) more; see the log)" : ""
    return "what was read last was not taken over, and a restart would fail: "
      + first.split(separator: "\n").joined(separator: "; ") + more
      + "; correct it, then systemctl reload gapura"
  }
}
