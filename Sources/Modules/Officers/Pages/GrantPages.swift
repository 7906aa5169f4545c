internal import Core
internal import HTML
internal import Web

/// `/petugas/akun/AKUN`: one officer's roles, and how they are given and ended. Each asks first, for a reason and for a
/// fresh proof.
struct GrantPages: Sendable {
  let grants: GrantService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/akun/:akun", for: .officers(with: .accounts)) { try await show($0) },
      Route(.post, "/petugas/akun/:akun/peran", for: .officers(with: .accounts), fresh: true) {
        try await take(.give, $0)
      }
      .confirmed { try await ask(.give, $0) },
      Route(.post, "/petugas/akun/:akun/pengganti", for: .officers(with: .accounts), fresh: true) {
        try await take(.standIn, $0)
      }
      .confirmed { try await ask(.standIn, $0) },
      Route(.post, "/petugas/akun/:akun/akhiri", for: .officers(with: .accounts), fresh: true) {
        try await take(.end, $0)
      }
      .confirmed { try await ask(.end, $0) },
    ]
  }

  private var book: RoleBook { grants.sessions.roles.now }

  private func id(_ request: Request) throws -> OfficerID {
    guard let number = Int64(request.parameter("akun")) else { throw Problem(.notFound, "officers.unknown-account") }
    return OfficerID(number)
  }

  // MARK: asking and doing

  /// What a form asks to be done.
  private enum Order: Sendable {
    case give(GrantOrder)
    case standIn(for: OfficerID, GrantPeriod, reason: String)
    case end(Int64, reason: String)
  }

  /// Nil where something is to be mended, which stands beside its field then.
  private func order(
    _ form: GrantForm, _ input: inout FormInput, _ page: AccountPage, _ context: PageContext
  ) -> Order? {
    form.fields(page.account, page.others, book, context).check(&input, context.words)
    guard input.isAcceptable else { return nil }
    let reason = input[form.reason]
    switch form {
    case .give:
      return GrantPeriod(&input, since: GrantForm.sinceField, until: GrantForm.untilField, context).map { period in
        .give(
          GrantOrder(
            role: input[GrantForm.roleField], kind: .own, since: period.since, until: period.until, reason: reason))
      }
    case .standIn:
      guard let other = Int64(input[GrantForm.otherField]) else { return nil }
      return GrantPeriod(
        &input, since: GrantForm.standInSinceField, until: GrantForm.standInUntilField, context
      ).map { .standIn(for: OfficerID(other), $0, reason: reason) }
    case .end: return Int64(input[GrantForm.grantField]).map { .end($0, reason: reason) }
    }
  }

  /// Nothing is asked where the form is refused anyway.
  private func ask(_ form: GrantForm, _ request: Request) async throws -> Confirmation? {
    let page = try await accountPage(request)
    var input = request.form
    guard order(form, &input, page, request.context) != nil else { return nil }
    return question(form, input, page, request)
  }

  private func question(
    _ form: GrantForm, _ input: FormInput, _ page: AccountPage, _ request: Request
  ) -> Confirmation {
    let words = request.words
    let choice = form.fields(page.account, page.others, book, request.context)[0]
    return Confirmation(
      title: words(MessageKey("officers.rights.ask", named: form.rawValue)),
      consequences: ["told", "session"].map { words(MessageKey("officers.rights.ask", named: $0)) },
      facts: summaryList([
        SummaryRow(words("officers.column.name"), page.account.name),
        SummaryRow(choice.label, page.chosen(form, input)),
        SummaryRow(words("officers.rights.reason"), input[form.reason]),
      ]),
      submitLabel: words(MessageKey("officers.rights.submit", named: form.rawValue)),
      back: "/petugas/akun/\(page.account.id)")
  }

  private func take(_ form: GrantForm, _ request: Request) async throws -> Response {
    let page = try await accountPage(request)
    var input = request.form
    guard let order = order(form, &input, page, request.context) else {
      return response(page, form, input, request, status: .unprocessable)
    }
    do {
      try await carryOut(order, for: page.account.id, by: request.principal)
      return .redirect("/petugas/akun/\(page.account.id)")
    } catch let problem as Problem where [.conflict, .invalid].contains(problem.kind) {
      input.refuse(form.field(of: problem), problem.title(request.words) + " " + problem.mend(request.words))
      return response(page, form, input, request, status: Status(problem))
    }
  }

  private func carryOut(_ order: Order, for id: OfficerID, by principal: Principal) async throws {
    switch order {
    case .give(let order): try await grants.give(order, to: id, by: principal)
    case .standIn(let other, let period, let reason):
      try await grants.standIn(
        for: other, to: id, since: period.since, until: period.until, because: reason, by: principal)
    case .end(let grant, let reason): try await grants.end(grant, of: id, because: reason, by: principal)
    }
  }

  // MARK: the page

  private func accountPage(_ request: Request) async throws -> AccountPage {
    let (one, all) = try await grants.account(try id(request))
    return AccountPage(
      account: one, accounts: all, book: book, rights: grants.sessions.rights(of: one), context: request.context)
  }

  private func show(_ request: Request) async throws -> Response {
    response(try await accountPage(request), nil, FormInput(), request, status: .ok)
  }

  private func response(
    _ page: AccountPage, _ form: GrantForm?, _ input: FormInput, _ request: Request, status: Status
  ) -> Response {
    .page(request, title: page.title, status: status, face: .console) { page.node(form, input) }
  }
}
