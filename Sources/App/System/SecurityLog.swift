import Core
import Glibc
import Synchronization

/// A log that lets a storm of security events fill neither the journal nor the disk: of each kind a few lines a minute, of
/// each sender fewer, and then how many more there were.
///
/// Senders are told apart by a mark that means nothing after the next start, or named by address where the sysadmin wants
/// that, as fail2ban needs it.
final class SecurityLog: Log {
  static let lineCountMaxPerSender = 5
  static let lineCountMax = 30
  /// So many senders are told apart within a window.
  fileprivate static let senderCountMax = 10_000

  fileprivate struct Key: Hashable {
    let event: SecurityEvent
    let sender: SecurityEvent.Sender?
  }

  fileprivate struct State {
    var began = ContinuousClock.now
    var counts: [Key: Int] = [:]
    var lineCounts: [SecurityEvent: Int] = [:]
    /// What no line has told.
    var untold: [SecurityEvent: Int] = [:]
  }

  private let base: any Log
  /// Where what an administrator's command does is said, too: those who watch do not see its standard error.
  private let journal: JournalLog?
  private let showsAddresses: Bool
  private let window: Duration
  private let state = Mutex(State())

  /// - Parameter window: within which senders' events are counted.
  init(
    _ base: any Log, showsAddresses: Bool, isOfCommand: Bool = false, window: Duration = .seconds(60)
  ) {
    self.base = base
    self.window = window
    journal = isOfCommand && !(base is JournalLog) ? JournalLog(least: .notice) : nil
    self.showsAddresses = showsAddresses
  }

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    base.record(level, message, fields)
  }

  func record(_ event: SecurityEvent, _ fields: [(name: StaticString, value: String)]) {
    base.record(event, fields)
    journal?.record(event, fields)
  }

  func note(
    _ event: SecurityEvent, from sender: SecurityEvent.Sender?, _ fields: [(name: StaticString, value: String)]
  ) {
    settle(ifOver: true)
    let (isTold, beginsSilence) = state.withLock { $0.count(Key(event: event, sender: sender)) }
    if isTold {
      var said = fields
      if let sender { said.insert(("security.sender", name(sender)), at: 0) }
      record(event, said)
    }
    guard beginsSilence else { return }
    Task { [weak self, window] in
      try await Task.sleep(for: window)
      self?.settle(ifOver: false)
    }
  }

  /// Begins a new window, and says what the old one did not.
  private func settle(ifOver onlyIfOver: Bool) {
    let untold = state.withLock { state -> [SecurityEvent: Int] in
      if onlyIfOver, ContinuousClock.now - state.began < window { return [:] }
      defer { state = State() }
      return state.untold
    }
    for (event, count) in untold.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      record(event, [("security.repeated", String(count))])
    }
  }

  private func name(_ sender: SecurityEvent.Sender) -> String {
    guard showsAddresses else {
      // Seeded anew with each start (SipHash), so that the address is not found again by trying all of them.
      var hasher = Hasher()
      hasher.combine(sender)
      return Crockford.encode(UInt64(truncatingIfNeeded: hasher.finalize()) >> 24, length: 8)
    }
    let ipv4 = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    if Array(sender.bytes.prefix(12)) == ipv4 {
      return sender.bytes.suffix(4).map(String.init).joined(separator: ".")
    }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard unsafe inet_ntop(AF_INET6, sender.bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension SecurityLog.State {
  /// Counts one event.
  ///
  /// - Returns: whether it gets a line, and whether it is the first of this window that gets none.
  fileprivate mutating func count(_ key: SecurityLog.Key) -> (isTold: Bool, beginsSilence: Bool) {
    if counts.count >= SecurityLog.senderCountMax { counts.removeAll() }
    let count = counts[key, default: 0] + 1
    counts[key] = count
    guard count >= key.event.countMin else { return (false, false) }
    if count < key.event.countMin + SecurityLog.lineCountMaxPerSender,
      lineCounts[key.event, default: 0] < SecurityLog.lineCountMax
    {
      lineCounts[key.event, default: 0] += 1
      return (true, false)
    }
    let beginsSilence = untold.isEmpty
    untold[key.event, default: 0] += 1
    return (false, beginsSilence)
  }
}
