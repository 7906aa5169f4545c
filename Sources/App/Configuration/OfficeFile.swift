internal import Civil
internal import Contracts
internal import Core

/// `office.json5`: the office that this process serves.
struct OfficeFile: Decodable {
  let office: Office

  enum Keys: String, CodingKey, CaseIterable {
    case name, zone, address, telephone, email, location, counters, acceptsSpecimens
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    // The largest halls of the country have some thirty counters.
    let counters = try file.list(.counters, of: CounterEntry.self, entryCount: 1...99).map(\.counter)
    office = try Office(
      name: file.value(.name), zone: file.choice(.zone), address: file.text(.address),
      telephone: file.text(.telephone, characterCountMax: 30), email: Self.email(file),
      location: file.optional(.location, as: LocationEntry.self)?.location, counters: counters,
      acceptsSpecimens: file.value(.acceptsSpecimens, or: false))
    guard Self.isTelephone(office.telephone) else {
      throw file.refusal(
        .telephone, what: "\"\(office.telephone)\" is not a telephone number",
        mend: "Write digits, spaces and hyphens, such as \"(021) 555-0100\" or \"+62 21 555 0100\".")
    }
    try file.refuseRepeats(in: .counters, names: counters.map(\.number), member: "number")
  }

  private static func email(_ file: StrictContainer<Keys>) throws -> String? {
    guard file.has(.email) else { return nil }
    let text = try file.text(.email)
    guard let address = try? EmailAddress(text) else {
      throw file.refusal(
        .email, what: "\"\(text)\" is not an e-mail address",
        mend: "Write one such as \"layanan@kantor.example.go.id\", or leave the line out.")
    }
    return address.text
  }

  private static func isTelephone(_ text: String) -> Bool {
    text.allSatisfy { $0.isASCII && ($0.isNumber || "+()- ".contains($0)) } && text.filter(\.isNumber).count >= 3
  }

  private struct LocationEntry: Decodable {
    let location: Office.Location

    enum Keys: String, CodingKey, CaseIterable { case latitude, longitude }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      // From Miangas to Rote, from Sabang to Merauke, with some sea around.
      location = Office.Location(
        latitude: try Self.degrees(file, .latitude, -11.5...6.5),
        longitude: try Self.degrees(file, .longitude, 94.5...141.5))
    }

    private static func degrees(
      _ file: StrictContainer<Keys>, _ key: Keys, _ bounds: ClosedRange<Double>
    ) throws -> Double {
      // In quotes: a number with a point is refused everywhere, because to many readers a point groups thousands.
      let text = try file.text(key, characterCountMax: 20)
      guard let degrees = Double(text), bounds.contains(degrees) else {
        throw file.refusal(
          key, what: "\"\(text)\" is not in Indonesia",
          mend: "Write degrees from \(bounds.lowerBound) to \(bounds.upperBound), as a map shows them; "
            + "south of the equator the latitude is negative.")
      }
      return degrees
    }
  }

  private struct CounterEntry: Decodable {
    let counter: Office.Counter

    enum Keys: String, CodingKey, CaseIterable { case number, services }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let services = try file.list(.services, of: ServiceCode.self, entryCount: 0...100)
      try file.refuseRepeats(in: .services, names: services, member: nil)
      counter = try Office.Counter(number: file.number(.number, in: 1...99), services: services)
    }
  }
}
