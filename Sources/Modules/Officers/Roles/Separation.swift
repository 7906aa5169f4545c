internal import Contracts
internal import Core

/// Two acts on one case that are two officers' work, as `roles.json5` has them.
struct Separation: Decodable, Sendable, Equatable {
  /// Two of `Right.ofStages`.
  let acts: Set<Right>
  let rule: DutyRule

  /// An official approves what another officer has examined.
  static let shipped = [Separation([.examine, .approve], .refused)]

  private init(_ acts: Set<Right>, _ rule: DutyRule) {
    self.acts = acts
    self.rule = rule
  }

  enum Keys: String, CodingKey, CaseIterable { case acts, rule }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let words = try file.list(.acts, of: RightWord.self, entryCount: 2...2).map(\.right)
    if let place = words.firstIndex(where: { !Right.ofStages.contains($0) }) {
      throw file.refusal(
        .acts, [.entry(place)], what: "\"\(words[place].rawValue)\" leaves no mark on a case",
        mend: "Write one of: \(Right.ofStages.map(\.rawValue).joined(separator: ", ")).")
    }
    try file.refuseRepeats(in: .acts, names: words.map(\.rawValue), member: nil)
    acts = Set(words)
    rule = try file.choice(.rule, or: .refused)
  }
}

/// A right in a list.
struct RightWord: Decodable {
  let right: Right

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let right = Right(rawValue: text) else {
      throw ConfigurationRefusal(
        ConfigurationPath(decoder.codingPath), what: "there is no right \"\(text)\"",
        mend: KnownWords.mend(text, among: Right.self))
    }
    self.right = right
  }
}
