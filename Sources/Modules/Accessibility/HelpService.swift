internal import Contracts
internal import Core
internal import Store

/// Remembers needs and brings officers: the module's service.
struct HelpService: AccessibilityService {
  /// Answered and forgotten calls are kept no longer than this; reports count them before.
  static let helpMemory = Duration.hours(24 * 90)
  /// An origin is a kiosk's configured name, which may be that long, or one of `HelpOrigin`.
  static let originCharacterCountMax = 80

  let store: Store
  let clock: any WallClock
  /// nil where no module keeps accounts: then no officer sees a call.
  let presence: (any OfficerPresence)?
  /// How long after it was said a need is still known.
  let needMemory: Duration

  func record(_ needs: Needs, for ticket: TicketID, in transaction: borrowing Transaction) throws {
    let now = clock.now
    if clock.doubt == nil { try NeedTable.forget(before: now - needMemory, at: now, in: transaction) }
    try NeedTable.record(needs, for: ticket, at: now, in: transaction)
  }

  func needs<Database: Queryable & ~Copyable>(of ticket: TicketID, in database: borrowing Database) throws -> Needs {
    try NeedTable.needs(of: ticket, in: database)
  }

  func requestHelp(at place: String) async throws -> HelpRequest? {
    let origin = String(place.prefix(Self.originCharacterCountMax))
    let now = clock.now
    return try await store.write { transaction in
      guard try presence?.isAnybodySignedIn(in: transaction) ?? false else { return nil }
      if let open = try HelpTable.open(from: origin, in: transaction) { return open }
      guard let request = try HelpTable.insert(from: origin, now: now, in: transaction) else {
        throw Problem(.fault, "fault")
      }
      try transaction.append(Event(kind: "help.requested", entity: "help:\(request.id)"))
      return request
    }
  }

  func isHelpHeard() async throws -> Bool {
    try await store.read { try presence?.isAnybodySignedIn(in: $0) ?? false }
  }

  /// How a call stands: nil for one that is not known any more.
  func standing(_ id: ID<HelpRequest.HelpRequestTag>) async throws -> CallStanding? {
    try await store.read { snapshot in
      guard let isAnswered = try HelpTable.isAnswered(id, in: snapshot) else { return nil }
      if isAnswered { return .answered }
      return try presence?.isAnybodySignedIn(in: snapshot) ?? false ? .called : .unseen
    }
  }

  /// The open calls, the longest waiting first.
  func openCalls() async throws -> [HelpRequest] { try await store.read { try HelpTable.open(in: $0) } }

  /// Records that the officer comes.
  ///
  /// - Throws: `Problem` `accessibility.unknown-call`. A call that a colleague has answered is left as it is;
  ///   `forbidden`.
  func answer(_ id: ID<HelpRequest.HelpRequestTag>, by principal: Principal) async throws {
    let officer = try principal.requireOfficer(with: .help)
    let now = clock.now
    try await store.write { transaction in
      if try HelpTable.answer(id, by: officer, at: now, in: transaction) {
        let payload = "{\"officer\":\(officer)}"
        try transaction.append(Event(kind: "help.answered", entity: "help:\(id)", payload: payload))
      } else if try !HelpTable.exists(id, in: transaction) {
        throw Problem(.notFound, "accessibility.unknown-call")
      }
    }
  }

  /// Removes what has been kept long enough.
  func forget() async throws {
    guard clock.doubt == nil else { return }
    let now = clock.now
    let needMemory = needMemory
    try await store.write { transaction in
      try NeedTable.forget(before: now - needMemory, at: now, in: transaction)
      try HelpTable.forget(before: now - Self.helpMemory, at: now, in: transaction)
    }
  }
}

/// How a call for help stands, as the caller is told.
enum CallStanding: String, Sendable, CaseIterable {
  /// Officers see it.
  case called
  /// An officer has said to be on the way.
  case answered
  /// No officer is signed in who could see it.
  case unseen
}
