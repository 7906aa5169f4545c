import Core

/// What all clients together have been told, and what they have asked for without an answer.
struct Books: Sendable {
  private(set) var things: [Thing: Standing] = [:]
  /// Forms that were sent, until their sender knows the number of what they made.
  private(set) var openForms: Set<String> = []
  /// Visits to a kiosk that ended before a number was seen; each may have drawn one.
  private(set) var blindKioskVisits = 0
  /// Counters where the next person was called without an answer.
  private(set) var blindCalls: Set<Int> = []
  /// Applications whose person was erased, and those for which that was asked without an answer.
  private(set) var erased: Set<String> = []
  private(set) var beingErased: Set<String> = []

  /// How many people were removed because their time had come.
  private(set) var retiredCount = 0

  // MARK: Before an act

  mutating func send(_ form: String) { openForms.insert(form) }
  mutating func beginKioskVisit() { blindKioskVisits += 1 }
  mutating func beginCall(at counter: Int) { blindCalls.insert(counter) }
  mutating func beginErasure(of application: String) { beingErased.insert(application) }

  mutating func may(_ thing: Thing, become state: String, on day: CivilDate, application: String? = nil) {
    things[thing, default: Standing(day: day, application: application)].may(become: state)
  }

  // MARK: When the answer is there

  /// The holder of a new thing is told of it.
  ///
  /// - Returns: what is wrong with that.
  mutating func tell(
    _ thing: Thing, as state: String, by form: String?, on day: CivilDate, application: String? = nil
  ) -> Finding? {
    if let form, thing.kind != .form { openForms.remove(form) }
    var standing = things[thing] ?? Standing(day: day, application: application)
    defer { things[thing] = standing }
    // An officer may have been faster, and the books may know it from the database.
    if standing.told.isEmpty { standing.tell(state) }
    return standing.hold(by: form) ? nil : Finding(.doubled, "\(thing) was given to two people")
  }

  mutating func tell(_ thing: Thing, isNow state: String, on day: CivilDate) {
    things[thing, default: Standing(day: day, application: nil)].tell(state)
  }

  mutating func endKioskVisit() { blindKioskVisits -= 1 }

  /// - Parameter ticket: who was called; nil when nobody waited.
  mutating func endCall(at counter: Int, of ticket: Thing?, on day: CivilDate) -> Finding? {
    blindCalls.remove(counter)
    guard let ticket else { return nil }
    let isSecond = things[ticket]?.told.contains("called") == true
    tell(ticket, isNow: "called", on: day)
    return isSecond ? Finding(.doubled, "\(ticket) was called twice") : nil
  }

  mutating func endErasure(of application: String) {
    beingErased.remove(application)
    erased.insert(application)
  }

  // MARK: After a kill

  /// Takes over what was found, once it has been compared; nobody is acting.
  mutating func settle(_ rows: [Row], today: CivilDate) {
    let forms = Dictionary(grouping: rows, by: \.thing)
    things = things.filter { forms[$0.key] != nil }
    for row in rows where row.thing.kind != .form || things[row.thing] != nil {
      things[row.thing, default: Standing(day: row.day ?? today, application: row.application)]
        .settle(as: row.state, madeBy: row.form)
      guard row.thing.kind == .application, row.state == Row.ended else { continue }
      let isNews = erased.insert(row.thing.name).inserted
      if isNews, !beingErased.contains(row.thing.name) { retiredCount += 1 }
    }
    (openForms, blindKioskVisits, blindCalls, beingErased) = ([], 0, [], [])
  }

  /// What holds after a restore of a copy that was made while the books went from one state to another: what came after
  /// the copy is known to be missing, but for erasures, which no restore takes back.
  static func restored(from earlier: Books, to later: Books, present: Books) -> Books {
    var books = earlier
    for (thing, standing) in later.things {
      books.things[thing] = earlier.things[thing].map { $0.blurred(to: standing) } ?? standing.madeMeanwhile
    }
    books.openForms.formUnion(later.openForms)
    books.blindKioskVisits = max(earlier.blindKioskVisits, later.blindKioskVisits)
    books.blindCalls.formUnion(later.blindCalls)
    books.erased = present.erased
    books.retiredCount = present.retiredCount
    books.beingErased = earlier.beingErased.union(later.beingErased).union(present.beingErased)
    return books
  }
}

/// Something that must not be.
struct Finding: Error, Sendable, CustomStringConvertible {
  enum Kind: String, Sendable, CaseIterable {
    case lost
    case doubled
    /// Anything else: a fault of the server, damage, left-overs, a command that failed.
    case unsound
  }

  let kind: Kind
  let words: String

  init(_ kind: Kind, _ words: String) {
    self.kind = kind
    self.words = words
  }

  var description: String { "\(kind.rawValue): \(words)" }
}
