internal import Contracts
internal import Core

/// `office.json5`: the office that this process serves.
struct OfficeFile: Decodable {
  let office: Office

  enum Keys: String, CodingKey, CaseIterable { case name, zone, address, telephone, counters }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    // The largest halls of the country have some thirty counters.
    let counters = try file.list(.counters, of: CounterEntry.self, entryCount: 1...99).map(\.counter)
    office = try Office(
      name: file.value(.name), zone: file.choice(.zone), address: file.text(.address),
      telephone: file.text(.telephone, characterCountMax: 30), counters: counters)
    guard Self.isTelephone(office.telephone) else {
      throw file.refusal(
        .telephone, what: "\"\(office.telephone)\" is not a telephone number",
        mend: "Write digits, spaces and hyphens, such as \"(021) 555-0100\" or \"+62 21 555 0100\".")
    }
    try file.refuseRepeats(in: .counters, names: counters.map(\.number), member: "number")
  }

  private static func isTelephone(_ text: String) -> Bool {
    text.allSatisfy { $0.isASCII && ($0.isNumber || "+()- ".contains($0)) } && text.filter(\.isNumber).count >= 3
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
