import Contracts
import Core

/// The appointment as an iCalendar file (RFC 5545) with one event. It names the office, the service and the times, and
/// leads to the appointment's page; it holds nothing personal. Once the appointment is cancelled the file takes the entry
/// away again: the same event with a higher sequence number and the method CANCEL (RFC 5546, section 3.2.5).
struct CalendarEntry {
  /// A content line has at most 75 octets; longer ones are folded (section 3.1).
  private static let lineByteCountMax = 75

  let appointment: Appointment
  let office: Office
  let words: Words
  let now: Instant
  let address: String?
  /// The organiser, who publishes the entry and may take it away: every method needs one (RFC 5546, section 3.2).
  let organizer: String?

  var bytes: [UInt8] { lines.flatMap { Self.folded($0) } }

  private var isCancelled: Bool { appointment.state == .cancelled }

  private var lines: [String] {
    let first = appointment.begins
    let last = appointment.visits.map(\.halfHour).max() ?? first
    let ends = CivilTime(minuteOfDay: last.minuteOfDay + AppointmentRules.halfHourMinutes)
    return [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gapura//Janji temu//ID", "CALSCALE:GREGORIAN",
      "METHOD:\(isCancelled ? "CANCEL" : "PUBLISH")", "BEGIN:VEVENT",
      // The same for as long as the appointment lives, so that a later file moves the entry (section 3.8.4.7).
      "UID:\(appointment.id)-\(stamp(appointment.madeAt))@gapura",
      "DTSTAMP:\(stamp(now))",
      "SEQUENCE:\(appointment.sequence)", "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")",
      "ORGANIZER:\(organizer ?? "urn:gapura:kantor")",
      "DTSTART:\(stamp(office.zone.instant(appointment.day, first)))",
      "DTEND:\(stamp(office.zone.instant(appointment.day, ends)))",
      "SUMMARY:\(Self.escaped(words("appointment.calendar.summary")))",
      "LOCATION:\(Self.escaped("\(words(office.name)), \(office.address)"))",
      "DESCRIPTION:\(Self.escaped(words("appointment.calendar.text")))",
    ]
      + (address.map { ["URL:\($0)"] } ?? [])
      + alarm + ["END:VEVENT", "END:VCALENDAR"]
  }

  /// There is no reminder of what does not take place.
  private var alarm: [String] {
    guard !isCancelled else { return [] }
    return [
      "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT12H",
      "DESCRIPTION:\(Self.escaped(words("appointment.calendar.summary")))", "END:VALARM",
    ]
  }

  /// `20261123T020000Z` (section 3.3.5, form 2: UTC).
  private func stamp(_ instant: Instant) -> String {
    let seconds = instant.milliseconds / 1000
    let day = CivilDate(dayNumber: Int(seconds / 86_400))
    let rest = Int(seconds % 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let date = day.description.filter { $0 != "-" }
    return "\(date)T\(two(rest / 3600))\(two(rest / 60 % 60))\(two(rest % 60))Z"
  }

  /// Section 3.3.11.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "\\", ";", ",": escaped += "\\\(character)"
      case "\n", "\r\n": escaped += "\\n"
      case "\r": break
      default: escaped.append(character)
      }
    }
  }

  /// The line with its end, in pieces of 75 octets that never cut a character.
  static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var count = 0
    for scalar in line.unicodeScalars {
      let octets = Array(String(scalar).utf8)
      if count + octets.count > lineByteCountMax {
        bytes += Array("\r\n ".utf8)
        count = 1
      }
      bytes += octets
      count += octets.count
    }
    return bytes + Array("\r\n".utf8)
  }
}
