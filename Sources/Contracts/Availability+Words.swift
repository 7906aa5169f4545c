public import Core

/// What every face says of an availability, so that no two of them say different things.
extension Availability {
  /// The state in a sentence.
  ///
  /// - Parameter isOffice: whether it is the office's as a whole, not one service's.
  public func title(_ words: Words, in zone: OfficeZone, isOffice: Bool = false) -> String {
    switch self {
    case .open: words("availability.open.title")
    case .unattended: words(isOffice ? "availability.unattended.office" : "availability.unattended.title")
    case .paused(let cause?, _, _):
      words(
        isOffice ? "availability.paused.office-reason" : "availability.paused.title-reason",
        ["reason": words(MessageKey("availability.pause", named: cause.rawValue))])
    case .paused(nil, _, _): words(isOffice ? "availability.paused.office" : "availability.paused.title")
    case .onBreak(let time, _): words("availability.break.title", ["time": Self.clock(time, zone)])
    case .openingSoon(let time): words("availability.soon.title", ["time": Self.clock(time, zone)])
    case .beforeOpening: words("availability.before.title")
    case .pastAdmission(_, .time, _): words("availability.past.title")
    case .pastAdmission(_, .forecast, _): words("availability.full.title")
    case .over: words("availability.over.title")
    case .closed(let reason?, _): words("availability.closed.title-reason", ["reason": words(reason)])
    case .closed(nil, _): words("availability.closed.title")
    case .stopped: words(isOffice ? "availability.stopped.office" : "availability.stopped.title")
    case .unservable: words("availability.unservable.title")
    }
  }

  /// Why no number is given, in a few short words for very large letters.
  public func shortTitle(_ words: Words, in zone: OfficeZone) -> String {
    switch self {
    case .pastAdmission(_, .time, _): words("availability.past.short")
    case .pastAdmission(_, .forecast, _): words("availability.full.short")
    case .over: words("availability.over.short")
    case .closed: words("availability.closed.title")
    case .stopped: words("availability.stopped.short")
    case .open, .unattended, .paused, .onBreak, .openingSoon, .beforeOpening, .unservable:
      title(words, in: zone, isOffice: true)
    }
  }

  /// What follows from it, and until when.
  public func text(_ words: Words, in zone: OfficeZone, isOffice: Bool = false) -> String {
    switch self {
    case .open(_, let until?): words("availability.open.text", ["time": Self.clock(until, zone)])
    case .open(_, nil): words("availability.open.text-endless")
    case .unattended: words("availability.unattended.text")
    case .paused: words("availability.paused.text")
    case .onBreak(_, let counters):
      words(counters.isEmpty ? "availability.break.text" : "availability.break.text-estimated")
    case .openingSoon: words("availability.soon.text")
    case .beforeOpening(let time, let numbers):
      words("availability.before.text", ["time": Self.clock(time, zone), "numbers": Self.clock(numbers, zone)])
    case .pastAdmission(let time, let cause, let next):
      Self.joined(
        words(
          cause == .time ? "availability.past.text" : "availability.full.text", ["time": Self.clock(time, zone)]),
        next?.sentence(words, in: zone))
    case .over(let next), .closed(_, let next): next?.sentence(words, in: zone) ?? words("availability.no-next")
    case .stopped(let reason, let time, let next):
      Self.joined(
        words("availability.stopped.text", ["reason": reason.text(words)]),
        time.map { words("availability.stopped.resumes", ["time": Self.clock($0, zone)]) }
          ?? next?.sentence(words, in: zone))
    case .unservable: words("availability.unservable.text")
    }
  }

  /// The state in two or three words, beside a service's name in a list; nil while counters serve it.
  public func mark(_ words: Words) -> String? {
    switch self {
    case .open: nil
    case .unattended: words("availability.mark.unattended")
    case .paused: words("availability.mark.paused")
    case .onBreak: words("availability.mark.break")
    case .openingSoon, .beforeOpening, .over, .closed: words("availability.mark.closed")
    case .pastAdmission(_, .time, _): words("availability.mark.past")
    case .pastAdmission(_, .forecast, _): words("availability.mark.full")
    case .stopped: words("availability.mark.stopped")
    case .unservable: words("availability.mark.unservable")
    }
  }

  /// What it means for a person who waits with a number.
  public func waitingText(_ words: Words, in zone: OfficeZone) -> String {
    switch self {
    case .open: words("queue.state-text.waiting")
    case .unattended: words("availability.unattended.waiting")
    case .paused: words("availability.paused.waiting")
    case .onBreak, .openingSoon: words("availability.soon.waiting")
    case .beforeOpening(let time, _): words("availability.before.waiting", ["time": Self.clock(time, zone)])
    case .pastAdmission: words("availability.past.waiting")
    case .over, .closed, .stopped, .unservable:
      Self.joined(text(words, in: zone), words("availability.over.waiting"))
    }
  }

  /// `08.00 WIB`.
  private static func clock(_ time: CivilTime, _ zone: OfficeZone) -> String { "\(time.spoken) \(zone.rawValue)" }

  private static func joined(_ first: String, _ second: String?) -> String {
    [first, second].compactMap { $0 }.joined(separator: " ")
  }
}

extension [OpeningSpan] {
  /// `08.00–12.00 dan 13.00–16.00 WIB`.
  public func text(_ words: Words, in zone: OfficeZone) -> String {
    let stretches = map { "\(words.clock($0.from))–\(words.clock($0.to))" }
    let all = [stretches.dropLast().joined(separator: ", "), stretches.last ?? ""].filter { !$0.isEmpty }
    return "\(all.joined(separator: " \(words("office.and")) ")) \(zone.rawValue)"
  }
}

extension PlannedClosure {
  /// `tutup – acara kedinasan`, to stand beside the day.
  public func text(_ words: Words, in zone: OfficeZone) -> String {
    let reason = reason.text(words)
    return hours.isEmpty
      ? words("office.stopped-day", ["reason": reason])
      : words("office.shorter-day", ["times": hours.text(words, in: zone), "reason": reason])
  }
}

extension NextOpening {
  /// `Buka lagi Senin, 30 November 2026, pukul 08.00 WIB.`
  public func sentence(_ words: Words, in zone: OfficeZone) -> String {
    words("availability.next", ["day": words.longDate(day), "time": "\(time.spoken) \(zone.rawValue)"])
  }
}
