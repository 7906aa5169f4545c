internal import Core
internal import FoundationEssentials
internal import HTML
internal import Passkeys
internal import Web

/// `/petugas/kunci`: officers look after their own passkeys.
struct PasskeyPages: Sendable {
  private static let nameField = "nama"
  private static let nameCharacterCountMax = 40

  let service: PasskeyService
  let factors: FactorService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/kunci", for: .signedIn) { try await list($0) },
      Route(.post, "/petugas/kunci/baru", for: .signedIn, fresh: true, begin),
      // Taken with the challenge alone that was given after the proof.
      Route(.post, "/petugas/kunci", for: .signedIn, finish),
      Route(.get, "/petugas/kunci/:kunci/nama", for: .signedIn) { try await show($0) },
      Route(.post, "/petugas/kunci/:kunci/nama", for: .signedIn, rename),
      Route(.post, "/petugas/kunci/:kunci/hapus", for: .signedIn, fresh: true, remove)
        .confirmed { try await askRemoval($0) },
    ]
  }

  // MARK: Adding

  /// The page on which the browser asks for the authenticator.
  @Sendable private func begin(_ request: Request) async throws -> Response {
    let (officer, session) = try signedIn(request)
    var input = request.form
    firstNameField(request.words).check(&input, request.words)
    guard input.isAcceptable else { return try await list(request, input: input, status: .unprocessable) }
    let options = try await service.options(
      of: officer, in: session, office: request.words(request.context.officeName))
    return try touch(options, named: input[Self.nameField], request)
  }

  private func touch(_ options: PasskeyCreationOptions, named name: String, _ request: Request) throws -> Response {
    let words = request.words
    let title = words("officers.passkey.touch.title")
    let origin = service.verifier?.party.origin ?? ""
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(options), as: UTF8.self)
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("officers.passkey.touch.lead"))
      PasskeyOffer.unable(words, at: origin)
      PasskeyForm(
        question: .create(options: json), action: "/petugas/kunci", origin: origin,
        label: words("officers.passkey.touch.button"), hidden: [.hidden(Self.nameField, name)]
      ).node(request.context)
      p { linkButton(words("officers.passkey.back"), to: "/petugas/kunci", icon: .back) }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  @Sendable private func finish(_ request: Request) async throws -> Response {
    let (officer, session) = try signedIn(request)
    let words = request.words
    var input = request.form
    firstNameField(words).check(&input, words)
    guard input.isAcceptable else { return try await list(request, input: input, status: .unprocessable) }
    let name = input[Self.nameField]
    let number = try await service.all(of: officer).count + 1
    let refusal = try await service.add(
      input.attestationResponse, [Passkey.Transport](text: input[PasskeyForm.Part.transports.rawValue]),
      named: name.isEmpty ? words("officers.passkey.unnamed", ["number": String(number)]) : name, of: officer,
      in: session)
    guard let refusal else {
      request.note(.accountChanged, ["account.change": "officer.passkey-added"])
      return .redirect("/petugas/kunci?berhasil=ya")
    }
    return try await list(request, refusal: refusal, status: .unprocessable)
  }

  // MARK: Naming and removing

  @Sendable private func rename(_ request: Request) async throws -> Response {
    let (officer, _) = try signedIn(request)
    let words = request.words
    var input = request.form
    otherNameField(words).check(&input, words)
    guard input.isAcceptable else { return try await show(request, input: input, status: .unprocessable) }
    try await service.rename(try id(request), of: officer, as: input[Self.nameField])
    return .redirect("/petugas/kunci?berhasil=ya")
  }

  private func askRemoval(_ request: Request) async throws -> Confirmation {
    let (officer, _) = try signedIn(request)
    let passkey = try await service.passkey(try id(request), of: officer)
    let words = request.words
    return Confirmation(
      title: words("officers.passkey.removal.title"),
      consequences: ["opens", "device", "sessions"].map { words(MessageKey("officers.passkey.removal", named: $0)) },
      facts: summaryList([SummaryRow(words("officers.passkey.column.name"), passkey.name)]),
      submitLabel: words("officers.passkey.removal.submit"), back: "/petugas/kunci")
  }

  @Sendable private func remove(_ request: Request) async throws -> Response {
    let (officer, session) = try signedIn(request)
    let factor = try await service.passkey(try id(request), of: officer).factor.id
    let renewed = try await factors.remove(factor, of: officer, in: session, by: request.principal)
    return Response.redirect("/petugas/kunci?berhasil=ya").setting(.officer(token: renewed.exposed))
  }

  private func id(_ request: Request) throws -> Int64 {
    guard let id = Int64(request.parameter("kunci")) else { throw Problem(.notFound, "officers.unknown-passkey") }
    return id
  }

  private func signedIn(_ request: Request) throws -> (OfficerID, SessionToken) {
    guard let officer = request.officer?.id, let session = request.officerToken.flatMap(SessionToken.init) else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    return (officer, session)
  }

  // MARK: Fields

  private func firstNameField(_ words: Words) -> Field {
    .text(
      Self.nameField, label: words("officers.passkey.name"), hint: words("officers.passkey.name-hint"), required: false,
      kind: .short(Self.nameCharacterCountMax))
  }

  private func otherNameField(_ words: Words) -> Field {
    .text(Self.nameField, label: words("officers.passkey.name"), kind: .short(Self.nameCharacterCountMax))
  }
}

extension PasskeyPages {
  // MARK: Pages

  private func list(
    _ request: Request, input: FormInput = FormInput(), refusal: PasskeyRefusal? = nil, status: Status = .ok
  ) async throws -> Response {
    let (officer, _) = try signedIn(request)
    let (passkeys, ways) = try await (service.all(of: officer), factors.ways(of: officer))
    let words = request.words
    let title = words("officers.passkey.title")
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(title, lead: words("officers.passkey.lead"))
      if let refusal { refusal.node(words) }
      if request.query("berhasil") == "ya" { notice(.success, title: words("officers.passkey.done"), isNews: true) }
      if passkeys.contains(where: { $0.copiedAt != nil }) { PasskeyWarning.node(words, leading: false) }
      if ways.hasPasskey, !ways.hasPaper { withoutPaper(words) }
      card(title: words("officers.passkey.own")) { table(passkeys, request) }
      card(title: words("officers.passkey.add")) { adding(passkeys.count, input, request) }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  /// Without the key there would be no way in.
  private func withoutPaper(_ words: Words) -> Node {
    notice(.warning, title: words("officers.factor.no-paper")) {
      p { linkButton(words("officers.factor.title"), to: "/petugas/faktor") }
    }
  }

  private func table(_ passkeys: [Passkey], _ request: Request) -> Node {
    let words = request.words
    return dataTable(
      caption: words("officers.passkey.own"),
      columns: ["name", "added", "used", "state", "action"].map {
        words(MessageKey("officers.passkey.column", named: $0))
      },
      rows: passkeys.map { passkey in
        [
          strong(.untranslated) { passkey.name },
          .text(words.moment(passkey.factor.addedAt, in: request.context.zone)),
          .text(
            passkey.factor.lastUsedAt.map { words.moment($0, in: request.context.zone) }
              ?? words("officers.passkey.never")),
          state(of: passkey, words),
          linkButton(
            words("officers.passkey.change", ["name": passkey.name]), to: "/petugas/kunci/\(passkey.factor.id)/nama"),
        ]
      },
      empty: words("officers.passkey.none"))
  }

  private func state(of passkey: Passkey, _ words: Words) -> Node {
    if passkey.copiedAt != nil { return tag(words("officers.passkey.state.copied"), .error) }
    return passkey.isBackedUp
      ? tag(words("officers.passkey.state.backed-up"), .neutral) : tag(words("officers.passkey.state.single"), .neutral)
  }

  @NodeBuilder private func adding(_ count: Int, _ input: FormInput, _ request: Request) -> Node {
    let words = request.words
    if let party = service.verifier?.party {
      if count < PasskeyService.countMaxPerAccount {
        p { words("officers.passkey.address", ["address": party.origin]) }
        formNode(
          request.context, to: "/petugas/kunci/baru", submission: nil, fields: [firstNameField(words)], input: input,
          submitLabel: words("officers.passkey.add"))
      } else {
        p { words("officers.passkey.full", ["count": String(PasskeyService.countMaxPerAccount)]) }
      }
    } else {
      notice(.warning, title: words("officers.passkey.unavailable")) {
        p { words("officers.passkey.unavailable-mend") }
      }
    }
  }

  /// One passkey: another name for it, and its end.
  private func show(
    _ request: Request, input: FormInput? = nil, status: Status = .ok
  ) async throws -> Response {
    let (officer, _) = try signedIn(request)
    let passkey = try await service.passkey(try id(request), of: officer)
    let words = request.words
    let path: Link = "/petugas/kunci/\(passkey.factor.id)"
    return .page(request, title: passkey.name, status: status, face: .console) {
      pageHeading(passkey.name)
      if passkey.copiedAt != nil { PasskeyWarning.node(words, leading: false) }
      formNode(
        request.context, to: "\(path)/nama", submission: nil, fields: [otherNameField(words)],
        input: input ?? FormInput(prefilled: [Self.nameField: passkey.name]),
        submitLabel: words("officers.passkey.rename"), cancel: (words("officers.passkey.back"), "/petugas/kunci"))
      actionButton(request.context, to: "\(path)/hapus", label: words("officers.passkey.remove"), style: .danger)
    }
  }
}
