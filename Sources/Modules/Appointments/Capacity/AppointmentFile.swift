import Contracts
import Core

/// `appointments.json5`. Every value is checked, an unknown key refused with the nearest known one.
struct AppointmentFile: Decodable {
  private enum Keys: String, CodingKey, CaseIterable {
    case services, counterHours, shares, expressUntil, release, holdMinutes, holds, party, moves, checkIn,
      coolingMinutes
    case waitingRoom, keepPersonDays
  }

  private(set) var rules = AppointmentRules()

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let services = try file.list(.services, of: ServiceEntry.self, entryCount: 1...100).map(\.service)
    try file.refuseRepeats(in: .services, names: services.map(\.code), member: "code")
    rules.services = services
    rules.counterHours = try file.list(.counterHours, of: CounterHoursEntry.self, entryCount: 0...200).map(\.hours)
    rules.shares = try file.value(.shares, or: SharesEntry()).shares
    if file.has(.expressUntil) { rules.expressUntil = try file.time(.expressUntil) }
    rules.release = try file.value(.release, or: ReleaseEntry()).release
    rules.holdMinutes = try file.number(.holdMinutes, in: 1...60, or: rules.holdMinutes)
    let holds = try file.value(.holds, or: HoldsEntry())
    (rules.holdsMax, rules.holdsWithinMinutes) = (holds.max, holds.withinMinutes)
    let party = try file.value(.party, or: PartyEntry())
    (rules.partyMax, rules.spreadMinutes) = (party.max, party.spreadMinutes)
    let moves = try file.value(.moves, or: MovesEntry())
    (rules.movesMax, rules.moveDaysBefore) = (moves.max, moves.daysBefore)
    let checkIn = try file.value(.checkIn, or: CheckInEntry())
    (rules.earlyMinutes, rules.lateMinutes) = (checkIn.earlyMinutes, checkIn.lateMinutes)
    rules.coolingMinutes = try file.value(.coolingMinutes, or: CoolingEntry()).minutes
    rules.waitingRoom = try file.value(.waitingRoom, or: RoomEntry()).room
    rules.keepPersonDays = try file.number(.keepPersonDays, in: 0...3650, or: rules.keepPersonDays)
  }
}

private struct ServiceEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case code, minutes, weight, express }
  let service: AppointmentRules.Service

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    service = AppointmentRules.Service(
      code: ServiceCode(try file.text(.code)), minutes: try file.number(.minutes, in: 1...480),
      weight: try file.number(.weight, in: 1...1000, or: 1), takesExpress: try file.value(.express, or: false))
  }
}

private struct CounterHoursEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case weekdays, from, to, counters }
  let hours: AppointmentRules.CounterHours

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let days = try file.list(.weekdays, of: String.self, entryCount: 1...7)
    var numbers: Set<Int> = []
    for (place, name) in days.enumerated() {
      guard let weekday = WeekdayName(rawValue: name) else {
        throw file.refusal(
          .weekdays, [.entry(place)], what: "\"\(name)\" is no weekday",
          mend: KnownWords.mend(name, among: WeekdayName.self))
      }
      numbers.insert(weekday.number)
    }
    let span = OpeningSpan(from: try file.time(.from), to: try file.time(.to))
    guard span.from < span.to else {
      throw file.refusal(.to, what: "it is not after \"from\"", mend: "Write a later time of the same day.")
    }
    let counters = try file.list(.counters, of: Int.self, entryCount: 0...500)
    if let place = counters.firstIndex(where: { !(1...999).contains($0) }) {
      throw file.refusal(
        .counters, [.entry(place)], what: "\(counters[place]) is no counter's number",
        mend: "Write the number of a counter, from 1 to 999.")
    }
    hours = AppointmentRules.CounterHours(weekdays: numbers, span: span, counters: Set(counters))
  }
}

private struct SharesEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case walkIn, priority, express }
  var shares = AppointmentRules.Shares()

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    shares.walkIn = try file.number(.walkIn, in: 0...100, or: shares.walkIn)
    shares.priority = try file.number(.priority, in: 0...100, or: shares.priority)
    shares.express = try file.number(
      .express, in: 0...AppointmentRules.expressPercentMax, or: shares.express)
    let sum = shares.walkIn + shares.priority + shares.express
    guard sum <= 100 else {
      throw file.refusal(what: "the shares make \(sum) percent", mend: "Let them make 100 or less.")
    }
  }
}

private struct ReleaseEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case every, at, daysAhead, parts, partMinutes }
  var release = AppointmentRules.Release()

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let every = try file.value(.every, or: "day")
    if every != "day" {
      guard let weekday = WeekdayName(rawValue: every) else {
        throw file.refusal(
          .every, what: "\"\(every)\" is neither \"day\" nor a weekday", mend: "Write \"day\" or, say, \"friday\".")
      }
      release.weekday = weekday.number
    }
    if file.has(.at) { release.at = try file.time(.at) }
    release.daysAhead = try file.number(.daysAhead, in: 1...120, or: release.daysAhead)
    release.parts = try file.number(.parts, in: 1...24, or: release.parts)
    release.partMinutes = try file.number(.partMinutes, in: 1...60, or: release.partMinutes)
  }
}

private struct PartyEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case max, spreadMinutes }
  var max = AppointmentRules.none.partyMax
  var spreadMinutes = AppointmentRules.none.spreadMinutes

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    max = try file.number(.max, in: 1...20, or: max)
    spreadMinutes = try file.number(.spreadMinutes, in: 0...480, or: spreadMinutes)
  }
}

private struct HoldsEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case max, withinMinutes }
  var max = AppointmentRules.none.holdsMax
  var withinMinutes = AppointmentRules.none.holdsWithinMinutes

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    max = try file.number(.max, in: 1...1000, or: max)
    withinMinutes = try file.number(.withinMinutes, in: 1...1440, or: withinMinutes)
  }
}

private struct MovesEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case max, daysBefore }
  var max = AppointmentRules.none.movesMax
  var daysBefore = AppointmentRules.none.moveDaysBefore

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    max = try file.number(.max, in: 0...20, or: max)
    daysBefore = try file.number(.daysBefore, in: 0...30, or: daysBefore)
  }
}

private struct CheckInEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case earlyMinutes, lateMinutes }
  var earlyMinutes = AppointmentRules.none.earlyMinutes
  var lateMinutes = AppointmentRules.none.lateMinutes

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    earlyMinutes = try file.number(.earlyMinutes, in: 0...480, or: earlyMinutes)
    lateMinutes = try file.number(.lateMinutes, in: 0...480, or: lateMinutes)
  }
}

private struct CoolingEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case from, to }
  var minutes = AppointmentRules.none.coolingMinutes

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let from = try file.number(.from, in: 0...1440, or: minutes.lowerBound)
    let to = try file.number(.to, in: 0...1440, or: minutes.upperBound)
    guard from <= to else { throw file.refusal(.to, what: "it is less than \"from\"", mend: "Write more minutes.") }
    minutes = from...to
  }
}

private struct RoomEntry: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case admitPerMinute, opensMinutesBefore, lastsMinutes, admissionMinutes }
  var room: AppointmentRules.WaitingRoom?

  init() {}

  init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      guard word == "off" else {
        throw ConfigurationRefusal(
          ConfigurationPath(decoder.codingPath), what: "\"\(word)\" is no waiting room",
          mend: "Write \"off\", or { admitPerMinute: 300 }.")
      }
      return
    }
    let file = try StrictContainer<Keys>(decoder)
    var room = AppointmentRules.WaitingRoom()
    room.admitPerMinute = try file.number(.admitPerMinute, in: 1...100_000, or: room.admitPerMinute)
    room.opensMinutesBefore = try file.number(.opensMinutesBefore, in: 0...720, or: room.opensMinutesBefore)
    room.lastsMinutes = try file.number(.lastsMinutes, in: 1...1440, or: room.lastsMinutes)
    room.admissionMinutes = try file.number(.admissionMinutes, in: 1...240, or: room.admissionMinutes)
    self.room = room
  }
}

/// The days of the week as they stand in configuration files.
private enum WeekdayName: String, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// 1 for Monday.
  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
