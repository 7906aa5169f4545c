internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/petugas/akun`: supervisors look after the accounts, and see who signed in.
struct StaffPages: Sendable {
  private static let nameField = "nama"
  private static let displayNameField = "nama-lengkap"
  private static let roleField = "peran"
  /// Where the officer sat when the supervisor was told what would happen.
  private static let seatsField = "loket-terlihat"

  let staff: StaffService
  let seats: OfficerSeats?
  let factors: FactorService
  let resets: FactorResetPages

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/akun", for: .officers(with: .accounts)) { try await page($0) },
      Route(.post, "/petugas/akun", for: .officers(with: .accounts), fresh: true) { try await add($0) },
      Route(.post, "/petugas/akun/:akun/tutup", for: .officers(with: .accounts), fresh: true) { request in
        try await agreed(request, askClosing) { try await setDisabled(true, request) }
      }
      .confirmed { try await askClosing($0) },
      Route(.post, "/petugas/akun/:akun/buka", for: .officers(with: .accounts), fresh: true) { request in
        try await setDisabled(false, request)
      }
      .confirmed { try await askOpening($0) },
      Route(.post, "/petugas/akun/:akun/sandi", for: .officers(with: .accounts), fresh: true) { request in
        try await agreed(request, askReset) { try await resetPassword(request) }
      }
      .confirmed { try await askReset($0) },
    ]
  }

  private func add(_ request: Request) async throws -> Response {
    let words = request.words
    var input = request.form
    fields(words).check(&input, words)
    let username = Username(input[Self.nameField])
    if input.isAcceptable, username == nil { input.refuse(Self.nameField, words("officers.staff.bad-name")) }
    let role = roles.first { $0.name == input[Self.roleField] }
    guard input.isAcceptable, let username, let role else {
      return try await page(request, input: input, status: .unprocessable)
    }
    let displayName = input[Self.displayNameField]
    do {
      let password = try await staff.add(
        username, displayName: displayName.isEmpty ? nil : displayName, role: role, by: request.principal)
      return passwordPage(request, username, password)
    } catch let problem as Problem where problem.code == "officers.name-taken" {
      input.refuse(Self.nameField, problem.title(words))
      return try await page(request, input: input, status: .conflict)
    }
  }

  /// Does it, but asks anew where the officer has called a ticket since the page was shown: the supervisor has agreed to
  /// something else.
  private func agreed(
    _ request: Request, _ ask: (Request) async throws -> Confirmation, _ act: () async throws -> Response
  ) async throws -> Response {
    guard told(try await seatsNow(request)) != request.form[Self.seatsField] else { return try await act() }
    var again = FormInput()
    again.refuse(Self.seatsField, request.words("officers.seat.changed"))
    return try await ask(request).page(request, input: again, status: .conflict)
  }

  @Sendable private func resetPassword(_ request: Request) async throws -> Response {
    let (account, password) = try await staff.resetPassword(of: try id(request), by: request.principal)
    return passwordPage(request, account.username, password)
  }

  private func askReset(_ request: Request) async throws -> Confirmation {
    let (words, sitting) = (request.words, try await seatsNow(request))
    let hit = sitting.map { seat in
      seat.number.map { words("officers.reset.number", ["number": $0]) }
        ?? words("officers.reset.counter", ["counter": String(seat.counter)])
    }
    return Confirmation(
      title: words("officers.reset.title"),
      consequences: [words("officers.reset.old")] + said(of: sitting, words) + hit + [words("officers.reset.once")],
      facts: try await whose(request), fields: fields(told: sitting),
      submitLabel: words("officers.reset.submit"), back: "/petugas/akun")
  }

  private func askClosing(_ request: Request) async throws -> Confirmation {
    let (words, sitting) = (request.words, try await seatsNow(request))
    let hit = sitting.flatMap { seat in
      [words("officers.closing.counter", ["counter": String(seat.counter)])]
        + (seat.number.map { [words("officers.closing.number", ["number": $0])] } ?? [])
    }
    return Confirmation(
      title: words("officers.closing.title"),
      consequences: [words("officers.closing.sessions")] + said(of: sitting, words) + hit
        + [words("officers.closing.again")],
      facts: try await whose(request), fields: fields(told: sitting),
      submitLabel: words("officers.closing.submit"), back: "/petugas/akun")
  }

  private func askOpening(_ request: Request) async throws -> Confirmation {
    let words = request.words
    return Confirmation(
      title: words("officers.opening.title"),
      consequences: ["sign-in", "password"].map { words(MessageKey("officers.opening", named: $0)) },
      facts: try await whose(request), submitLabel: words("officers.opening.submit"), back: "/petugas/akun")
  }

  /// The officer whose account it is.
  private func whose(_ request: Request) async throws -> Node {
    guard let username = try await staff.username(of: try id(request)) else {
      throw Problem(.notFound, "officers.unknown-account")
    }
    return summaryList([SummaryRow(request.words("officers.column.name"), username.description)])
  }

  /// The counters at which the officer sits just now.
  private func seatsNow(_ request: Request) async throws -> [OfficerSeat] {
    try await seats?.of(try id(request)) ?? []
  }

  /// Each of these counters in words, with the number in hand there.
  private func said(of sitting: [OfficerSeat], _ words: Words) -> [String] {
    sitting.map { seat in
      let counter = String(seat.counter)
      return seat.number.map { words("officers.seat.in-hand", ["counter": counter, "number": $0]) }
        ?? words("officers.seat.free", ["counter": counter])
    }
  }

  /// What the page has said of the counters.
  private func fields(told sitting: [OfficerSeat]) -> [Field] { [.hidden(Self.seatsField, told(sitting))] }

  private func told(_ sitting: [OfficerSeat]) -> String {
    sitting.map { "\($0.counter):\($0.number ?? "")" }.joined(separator: ",")
  }

  private func setDisabled(_ isDisabled: Bool, _ request: Request) async throws -> Response {
    _ = try await staff.setDisabled(isDisabled, try id(request), by: request.principal)
    return .redirect("/petugas/akun")
  }

  private func id(_ request: Request) throws -> OfficerID {
    guard let number = Int64(request.parameter("akun")) else { throw Problem(.notFound, "officers.unknown-account") }
    return OfficerID(number)
  }

  // MARK: Pages

  /// Shown once, as the answer to the request that drew the password: it is kept nowhere.
  private func passwordPage(_ request: Request, _ username: Username, _ password: Personal<String>) -> Response {
    let words = request.words
    let title = words("officers.initial.title", ["name": username.description])
    return .page(request, title: title, face: .console) {
      pageHeading(title)
      notice(.success, isNews: true) {
        keepCode(password.exposed, label: words("officers.initial.label"))
        p { words("officers.initial.explanation") }
      }
      p { linkButton(words("officers.initial.back"), to: "/petugas/akun", style: .primary) }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func page(
    _ request: Request, input: FormInput = FormInput(), status: Status = .ok
  ) async throws -> Response {
    let (accounts, signIns) = try await staff.overview()
    let (holders, lost) = try await (factors.holders(), resets.list(request))
    let words = request.words
    let title = words("officers.staff.title")
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(title, lead: words("officers.staff.hint"))
      StormNotice(watch: staff.watch).node(request)
      card(title: words("officers.staff.accounts")) { accountTable(accounts, holders, request) }
      if mayChange(request) {
        card(title: words("officers.staff.add")) {
          formNode(
            request.context, to: "/petugas/akun", submission: nil, fields: fields(words), input: input,
            submitLabel: words("officers.staff.add"))
        }
      }
      lost
      card(title: words("officers.signins.title")) { signInTable(signIns, request) }
    }
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(
        Self.nameField, label: words("officers.sign-in.name"), hint: words("officers.staff.name-hint"),
        kind: .short(Username.characterCountMax)),
      .text(Self.displayNameField, label: words("officers.staff.display-name"), required: false, kind: .short(80)),
      .select(
        Self.roleField, label: words("officers.staff.role"), hint: words("officers.staff.role-hint"),
        options: roles.map { Field.Option($0.name, words($0.label)) }),
    ]
  }

  private func accountTable(_ accounts: [Account], _ holders: Set<OfficerID>, _ request: Request) -> Node {
    let words = request.words
    return dataTable(
      caption: words("officers.staff.accounts"),
      columns: ["name", "full-name", "role", "state", "action"].map {
        words(MessageKey("officers.column", named: $0))
      },
      rows: accounts.map { account in
        [
          strong(.untranslated) { account.username.description },
          account.displayName.map { name in span(.untranslated) { name } } ?? .text("–"),
          a(.href("/petugas/akun/\(account.id)")) { RoleWords(words).list(staff.sessions.rights(of: account)) },
          stateTag(account, at: request.context.now, words),
          account.id == request.officer?.id
            ? .text(words("officers.staff.you"))
            : actions(account, hasFactor: holders.contains(account.id), request),
        ]
      })
  }

  /// The roles that an account can be made with.
  private var roles: [Role] { staff.sessions.roles.now.lasting }

  private func mayChange(_ request: Request) -> Bool { request.officer?.rights.contains(.accounts) == true }

  private func stateTag(_ account: Account, at now: Instant, _ words: Words) -> Node {
    if account.isDisabled { return tag(words("officers.state.closed"), .error) }
    if account.isInitialPasswordOver(at: now) { return tag(words("officers.state.expired"), .error) }
    return account.mustChangePassword
      ? tag(words("officers.state.initial"), .warning) : tag(words("officers.state.open"), .success)
  }

  private func actions(_ account: Account, hasFactor: Bool, _ request: Request) -> Node {
    let words = request.words
    let name = account.username.description
    guard mayChange(request) else { return .text("–") }
    return div(.class("actions")) {
      if account.isDisabled {
        actionButton(
          request.context, to: "/petugas/akun/\(account.id)/buka", label: words("officers.staff.open", ["name": name]))
      } else {
        actionButton(
          request.context, to: "/petugas/akun/\(account.id)/sandi", label: words("officers.staff.reset", ["name": name])
        )
        if hasFactor {
          actionButton(
            request.context, to: "/petugas/akun/\(account.id)/faktor",
            label: words("officers.staff.lost", ["name": name]))
        }
        actionButton(
          request.context, to: "/petugas/akun/\(account.id)/tutup",
          label: words("officers.staff.close", ["name": name]),
          style: .danger)
      }
    }
  }

  private func signInTable(_ entries: [SignInLog.Entry], _ request: Request) -> Node {
    let words = request.words
    return dataTable(
      caption: words("officers.signins.title"),
      columns: ["at", "name", "outcome", "address"].map { words(MessageKey("officers.column", named: $0)) },
      rows: entries.map { entry in
        [
          .text(words.moment(entry.at, in: request.context.zone)),
          .text(entry.username?.description ?? words("officers.signins.unknown")),
          tag(words(MessageKey("officers.outcome", named: entry.outcome.rawValue)), tone(entry.outcome)),
          code(.untranslated) { entry.addressMark },
        ]
      },
      empty: words("officers.signins.empty"))
  }

  private func tone(_ outcome: SignInLog.Outcome) -> Tone {
    switch outcome {
    case .success: .success
    case .signOut, .halfway: .neutral
    case .wrong, .wrongAgain, .wrongCode, .recovery, .disabled, .expired, .waiting: .warning
    case .copied: .error
    }
  }
}
