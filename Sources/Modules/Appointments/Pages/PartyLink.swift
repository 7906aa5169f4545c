import Contracts
import Core
import HTML
import Web

/// The party that wants to come, as an address carries it from page to page: application numbers, and the kind of slot or the
/// group on the priority line. Both are covered there (`AddressVeil`), since the group tells of an age, a child or a disability;
/// no page has to remember anything.
struct PartyLink: Sendable {
  private static let ways = SlotKind.allCases.map(\.rawValue) + PriorityGroup.allCases.map(\.rawValue)
  /// What is covered still shows how long it is: all are as long as the longest.
  private static let wayLength = ways.map(\.count).max() ?? 0
  private static let filler: Character = "-"

  var numbers: [ApplicationNumber]
  var kind: SlotKind
  var priority: PriorityGroup?

  init(numbers: [ApplicationNumber], kind: SlotKind, priority: PriorityGroup?) {
    self.numbers = numbers
    self.kind = kind
    self.priority = priority
  }

  /// Reads the query; nil where it is not one of ours.
  init?(_ request: Request) {
    let numbers = (request.query("nomor") ?? "").split(separator: ",").map { ApplicationNumber(String($0)) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
    self.numbers = numbers.compactMap { $0 }
    let way = Self.way(request) ?? ""
    priority = PriorityGroup(rawValue: way)
    kind = priority == nil ? SlotKind(rawValue: way) ?? .web : .priority
  }

  /// The group on the priority line or the kind of slot that the query names; nil where it names none.
  static func way(_ request: Request) -> String? {
    let named = request.query("jalur") ?? ""
    return ways.first { way in named.hasPrefix(way) && named.dropFirst(way.count).allSatisfy { $0 == filler } }
  }

  /// A page for this party.
  func link(_ page: Link) -> Link {
    let way = priority?.rawValue ?? kind.rawValue
    let filled = way + String(repeating: Self.filler, count: Self.wayLength - way.count)
    return page.adding("nomor", numbers.map(\.description).joined(separator: ",")).adding("jalur", filled)
  }

  /// The hidden fields that carry it through a form.
  var fields: [Field] {
    [
      .hidden("nomor", numbers.map(\.description).joined(separator: ",")), .hidden("jalur", kind.rawValue),
      .hidden("prioritas", priority?.rawValue ?? ""),
    ]
  }

  /// Reads the hidden fields back.
  init?(_ form: FormInput) {
    let numbers = form["nomor"].split(separator: ",").map { ApplicationNumber(String($0)) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }), let kind = SlotKind(rawValue: form["jalur"]) else {
      return nil
    }
    self.init(numbers: numbers.compactMap { $0 }, kind: kind, priority: PriorityGroup(rawValue: form["prioritas"]))
  }
}
