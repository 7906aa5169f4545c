import Core
import FoundationEssentials
import Store

/// What people were given since a copy was made: after its restore the office does not know of it, and gives numbers and
/// times again. Said so that they can be called.
///
/// An application's number is no secret: it names and opens nothing.
struct GivenSince {
  /// Named one by one; more are counted.
  private static let namedCountMax = 50
  private static let namedPerLine = 5

  /// Each queue number, and when it was given, in their order.
  let numbers: [(number: String, at: Instant)]
  /// As they are printed.
  let applications: [String]
  let appointmentCount: Int

  /// What a terminal shows of it.
  ///
  /// - Parameter today: numbers begin anew each day, so only this day's are given again.
  func lines(isDrill: Bool, zone: OfficeZone, today: CivilDate) -> [String] {
    numberLines(numbers.filter { zone.date(of: $0.at) == today }.map(\.number), isDrill) + appointmentLines(isDrill)
      + applicationLines(isDrill)
  }

  private func numberLines(_ numbers: [String], _ isDrill: Bool) -> [String] {
    guard !numbers.isEmpty else { return [] }
    var spans: [(letter: Substring, first: String, last: String)] = []
    for number in numbers {
      let letter = number.prefix { $0 != "-" }
      if let place = spans.firstIndex(where: { $0.letter == letter }) {
        spans[place].last = number
      } else {
        spans.append((letter, number, number))
      }
    }
    let said = spans.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }.joined(separator: ", ")
    return [
      "queue numbers given today that \(isDrill ? "would be" : "are") given again, to others: \(said)",
      "  look for their holders in the hall before numbers are taken",
    ]
  }

  private func appointmentLines(_ isDrill: Bool) -> [String] {
    guard appointmentCount > 0 else { return [] }
    return [
      "appointments that \(isDrill ? "would be" : "are") gone, and whose times are given again: \(appointmentCount)"
    ]
  }

  private func applicationLines(_ isDrill: Bool) -> [String] {
    guard !applications.isEmpty else { return [] }
    let named = applications.prefix(Self.namedCountMax)
    let lines = stride(from: 0, to: named.count, by: Self.namedPerLine).map { start in
      "  " + named[start..<min(start + Self.namedPerLine, named.count)].joined(separator: ", ")
    }
    let rest = applications.count - named.count
    return ["applications that \(isDrill ? "would be" : "are") gone, whose people have to apply again:"] + lines
      + (rest > 0 ? ["  and \(rest) more"] : [])
  }
}

extension GivenSince {
  /// Reads it from the journal, which tells of every module.
  ///
  /// - Parameter sequence: the copy's last event.
  init(after sequence: Int64, in snapshot: borrowing Snapshot) throws {
    struct Issued: Decodable {
      let number: String
    }
    numbers = try snapshot.events(of: "ticket.issued", after: sequence).compactMap { event in
      let issued = try? JSONDecoder().decode(Issued.self, from: Data(event.payload.utf8))
      return issued.map { (number: $0.number, at: event.instant) }
    }
    applications = try snapshot.events(of: "application.registered", after: sequence).map { event in
      ApplicationNumber(event.entity)?.printed ?? event.entity
    }
    appointmentCount = try snapshot.events(of: "appointment.booked", after: sequence).count
  }
}
