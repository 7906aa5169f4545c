import Core

/// Something that clients are told of: once acknowledged it is there, once, whatever is killed.
struct Thing: Hashable, Sendable, CustomStringConvertible {
  enum Kind: String, Sendable, CaseIterable {
    case application
    /// By its day and number.
    case ticket
    case appointment
    /// By application and requirement; its size, which no other has, says which one stands there.
    case document
    case complaint
    /// By its nine scores, which no other has: ratings name nobody.
    case rating
    /// A form whose sending was acknowledged, before its sender knew the number of what it made.
    case form
  }

  let kind: Kind
  let name: String

  init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  var description: String { "\(kind.rawValue) \(name)" }
}

/// Where a thing stands, as far as clients know.
struct Standing: Sendable {
  static let absent = "absent"

  /// Every state that was acknowledged, in order; none of a thing that may or may not be there.
  private(set) var told: [String] = []
  /// What acts without an answer may have made of it since.
  private(set) var possible: Set<String> = []
  /// The office's day on which it came to be.
  let day: CivilDate
  /// Whose it is.
  let application: String?
  /// The form that made it.
  private(set) var form: String?
  /// Whether a person has been told that it is theirs.
  private(set) var isHeld = false

  init(day: CivilDate, application: String?) {
    self.day = day
    self.application = application
  }

  /// The states in which it may be found.
  var candidates: Set<String> { possible.union([told.last ?? Self.absent]) }

  mutating func tell(_ state: String) { told.append(state) }
  mutating func may(become state: String) { possible.insert(state) }

  /// - Returns: false when another was told so before.
  mutating func hold(by form: String?) -> Bool {
    defer { (self.form, isHeld) = (form ?? self.form, true) }
    return !isHeld || (form != nil && self.form == form)
  }

  /// What was found is what is known.
  mutating func settle(as state: String, madeBy form: String?) {
    if told.last != state { told.append(state) }
    self.form = self.form ?? form
    possible = []
  }

  /// As it may stand in a copy that was made while clients went from `self` to `later`.
  func blurred(to later: Standing) -> Standing {
    var standing = self
    standing.possible.formUnion(later.possible)
    standing.possible.formUnion(later.told.dropFirst(told.count))
    return standing
  }

  /// As it may stand in such a copy when it came to be meanwhile.
  var madeMeanwhile: Standing {
    var standing = Standing(day: day, application: application)
    standing.form = form
    standing.possible = possible.union(told)
    return standing
  }
}
