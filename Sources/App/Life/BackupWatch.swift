import Core
import Glibc
import Store
import Vault

/// Says when the last whole copy is older than it may be. Only where copies are made: one was, or the timer's unit makes
/// them; a demonstration has none.
struct BackupWatch: Sendable {
  /// Where systemd finds the unit that is switched on.
  private static let timer = "/etc/systemd/system/timers.target.wants/gapura-backup.timer"

  let state: String
  let settings: BackupSettings
  let clock: any WallClock
  let store: Store
  /// Whether the timer is switched on and this is the service that it copies.
  let hasTimer: Bool

  init(state: String, settings: BackupSettings, clock: any WallClock, store: Store, environment: [String: String]) {
    self.state = state
    self.settings = settings
    self.clock = clock
    self.store = store
    hasTimer = unsafe environment["NOTIFY_SOCKET"] != nil && access(Self.timer, F_OK) == 0
  }

  /// What is wrong and how to mend it; nil while the copies are young enough, or the date is not known.
  func report() async -> String? {
    guard clock.doubt == nil else { return nil }
    let record = BackupRecord(state: state)
    let begun = hasTimer ? try? await store.read({ try $0.firstEventInstant() }) : nil
    let late = BackupRecord.Kind.allCases.compactMap { kind -> String? in
      let last = record.last(kind)
      if let last, last.isYetToCome(at: clock.now) {
        return "the last whole copy of the \(kind.words) was made while the date was wrong, nobody knows how long ago"
      }
      guard let since = last ?? begun, clock.now - since > .hours(settings.ageHours) else { return nil }
      guard last != nil else { return "no copy of the \(kind.words) has ever been made" }
      return "the last whole copy of the \(kind.words) was made \(Self.say(clock.now - since)) ago"
    }
    guard !late.isEmpty else { return nil }
    return late.joined(separator: "; ") + "; look with systemctl status gapura-backup, or make one: "
      + "gapura backup DIRECTORY and gapura vault backup-ring DIRECTORY"
  }

  private static func say(_ age: Duration) -> String {
    let hours = age.milliseconds / 3_600_000
    return hours < 72 ? "\(hours) hours" : "\(hours / 24) days"
  }
}

extension BackupRecord.Kind {
  fileprivate var words: String {
    switch self {
    case .data: "data"
    case .keyRing: "key ring"
    }
  }
}
