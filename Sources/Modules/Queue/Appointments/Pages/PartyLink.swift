import Contracts
import Core
import HTML
import Web

/// Who wants to come and how, as it goes from page to page in the address: application numbers and the kind of place.
/// Nothing personal, and nothing that a page would have to remember.
struct PartyLink: Sendable {
  var numbers: [ApplicationNumber]
  var kind: PlaceKind
  var priority: PriorityGroup?

  init(numbers: [ApplicationNumber], kind: PlaceKind, priority: PriorityGroup?) {
    self.numbers = numbers
    self.kind = kind
    self.priority = priority
  }

  /// Reads the query; nil where it is not one of ours.
  init?(_ request: Request) {
    let numbers = (request.query("nomor") ?? "").split(separator: ",").map { ApplicationNumber(String($0)) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
    self.numbers = numbers.compactMap { $0 }
    kind = request.query("jalur").flatMap(PlaceKind.init(rawValue:)) ?? .web
    priority = request.query("prioritas").flatMap(PriorityGroup.init(rawValue:))
  }

  /// A page for this party.
  func link(_ page: Link) -> Link {
    let link = page.adding("nomor", numbers.map(\.description).joined(separator: ",")).adding("jalur", kind.rawValue)
    return priority.map { link.adding("prioritas", $0.rawValue) } ?? link
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
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }), let kind = PlaceKind(rawValue: form["jalur"]) else {
      return nil
    }
    self.init(numbers: numbers.compactMap { $0 }, kind: kind, priority: PriorityGroup(rawValue: form["prioritas"]))
  }
}
