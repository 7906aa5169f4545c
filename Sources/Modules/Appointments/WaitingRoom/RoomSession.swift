import Core

/// One release's waiting room and what follows from the time. Pure.
///
/// A person who entered before the release has a lot and gets a number by it when the release begins; later ones stand
/// behind them. Numbers are admitted at a fixed rate from the release on, so the wait of each is known.
struct RoomSession: Sendable, Equatable {
  let rules: AppointmentRules.WaitingRoom
  /// When slots are released; names the room.
  let release: Instant

  var opens: Instant { release - .minutes(rules.opensMinutesBefore) }
  var closes: Instant { release + .minutes(rules.lastsMinutes) }

  func isOpen(at now: Instant) -> Bool { opens <= now && now < closes }

  func hasBegun(at now: Instant) -> Bool { now >= release }

  /// The last number that has been admitted: one as soon as the release begins, the others at the rate.
  func lastAdmitted(at now: Instant) -> Int {
    guard hasBegun(at: now) else { return 0 }
    let elapsed = min((now - release).milliseconds, Int64(rules.lastsMinutes) * 60_000)
    return Int(elapsed * Int64(rules.admitPerMinute) / 60_000) + 1
  }

  /// When a number is admitted.
  func admission(of number: Int) -> Instant {
    let milliseconds = (Int64(number - 1) * 60_000 + Int64(rules.admitPerMinute) - 1) / Int64(rules.admitPerMinute)
    return release + .milliseconds(milliseconds)
  }
}

/// Where a person stands in a waiting room.
enum RoomStanding: Sendable, Equatable {
  /// Before the release: no numbers yet.
  case early(begins: Instant)
  /// Behind so many, admitted about then.
  case waiting(ahead: Int, admitted: Instant)
  /// May choose until then.
  case admitted(until: Instant)
  /// The time to choose is over, or the room has closed.
  case over
}
