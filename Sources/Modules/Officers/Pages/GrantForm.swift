internal import Core
internal import HTML
internal import Web

/// The three forms of an account's page by which roles are given and ended.
enum GrantForm: String, CaseIterable, Sendable {
  /// Gives the officer a role.
  case give = "peran"
  /// Gives the officer the roles of a colleague who is away.
  case standIn = "pengganti"
  /// Ends a role before its time.
  case end = "akhiri"

  // No two forms of a page have a field of the same name.
  static let roleField = "peran"
  static let sinceField = "sejak"
  static let untilField = "sampai"
  static let reasonField = "alasan"
  static let otherField = "digantikan"
  static let standInSinceField = "plh-sejak"
  static let standInUntilField = "plh-sampai"
  static let standInReasonField = "plh-alasan"
  static let grantField = "hak"
  static let endReasonField = "akhir-alasan"

  /// The name of the field in which the reason stands.
  var reason: String {
    switch self {
    case .give: Self.reasonField
    case .standIn: Self.standInReasonField
    case .end: Self.endReasonField
    }
  }

  /// The field beside which a problem of the service is said.
  func field(of problem: Problem) -> String {
    switch (problem.code, self) {
    case ("officers.grant-reason", _): reason
    case (_, .give): problem.code == "officers.has-role" ? Self.roleField : Self.untilField
    case (_, .standIn): problem.code == "officers.stand-in-for-whom" ? Self.otherField : Self.standInUntilField
    case (_, .end): Self.grantField
    }
  }

  func link(_ id: OfficerID) -> Link { "/petugas/akun/\(id)/\(rawValue)" }

  /// What a form asks for.
  func fields(_ account: Account, _ others: [Account], _ book: RoleBook, _ context: PageContext) -> [Field] {
    let words = context.words
    switch self {
    case .give:
      return [
        .select(
          Self.roleField, label: words("officers.staff.role"),
          options: book.roles.map { Field.Option($0.name, words($0.label)) }),
        Self.day(Self.sinceField, "since", required: false, words),
        Self.day(Self.untilField, "until", required: false, words), why(words),
      ]
    case .standIn:
      return [
        .select(
          Self.otherField, label: words("officers.rights.stands-for"),
          options: others.map { Field.Option($0.id.description, $0.name) }),
        Self.day(Self.standInSinceField, "since", required: false, words),
        Self.day(Self.standInUntilField, "stand-in-until", required: true, words), why(words),
      ]
    case .end:
      let ahead = account.grants.filter { $0.isAhead(at: context.now) }
      return [
        .select(
          Self.grantField, label: words("officers.rights.which"),
          options: ahead.map { Field.Option(String($0.id), RoleWords(words).name($0, in: book)) }), why(words),
      ]
    }
  }

  private static func day(_ name: String, _ what: String, required: Bool, _ words: Words) -> Field {
    .text(
      name, label: words(MessageKey("officers.rights.day", named: what)),
      hint: words(MessageKey("officers.rights.day", named: "\(what)-hint")), required: required, kind: .date)
  }

  private func why(_ words: Words) -> Field {
    .text(
      reason, label: words("officers.rights.reason"), hint: words("officers.rights.reason-hint"),
      kind: .multiline(rows: 2, max: GrantService.reasonCharacterCountMax))
  }
}

/// From when on and until when, as a form asks for it: whole days of the office.
struct GrantPeriod {
  let since: Instant
  let until: Instant?

  /// Reads the days; refuses in the form what cannot be. An empty first day is this moment.
  init?(_ input: inout FormInput, since first: String, until last: String, _ context: PageContext) {
    let today = context.zone.date(of: context.now)
    let midnight = CivilTime(minuteOfDay: 0)
    let begin = CivilDate(iso: input[first])
    if let begin, begin < today {
      input.refuse(first, context.words("officers.rights.day-past"))
      return nil
    }
    since = begin.map { $0 > today ? context.zone.instant($0, midnight) : context.now } ?? context.now
    until = CivilDate(iso: input[last]).map { context.zone.instant($0.adding(days: 1), midnight) }
    if let until, until <= since {
      input.refuse(last, context.words("officers.rights.day-order"))
      return nil
    }
  }
}
