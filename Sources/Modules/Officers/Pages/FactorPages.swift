internal import Core
internal import HTML
internal import Web

/// `/petugas/faktor`: with what an officer signs in; to add, to take away, and to print anew. Passkeys and the password have
/// pages of their own, to which it leads.
struct FactorPages: Sendable {
  private static let factorField = "faktor"
  /// So few codes on paper are nearly none.
  private static let recoveryCodesLeftMin = 3

  let factors: FactorService
  let staff: StaffService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/faktor", for: .signedIn, show),
      Route(.post, "/petugas/faktor/hapus", for: .signedIn, fresh: true) { try await remove($0) }
        .confirmed { try await askRemoval($0) },
      Route(.post, "/petugas/faktor/cadangan/baru", for: .signedIn, fresh: true) { request in
        try await renew(request)
      }
      .confirmed { askRenewal($0) },
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let words = request.words
    let overview = try await factors.overview(of: try id(request))
    let title = words("officers.factor.title")
    let isDone = request.query("berhasil") == "ya"
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("officers.factor.lead"))
      if isDone { notice(.success, title: words("officers.factor.done"), isNews: true) }
      card(title: words("officers.sign-in.password")) {
        p { words("officers.password.hint") }
        linkButton(words("officers.password.title"), to: "/petugas/sandi")
      }
      card(title: words("officers.passkey.title")) {
        p { words("officers.passkey.hint") }
        p { words("officers.factor.passkeys", ["count": String(overview.proofs.count { $0.kind == .passkey })]) }
        linkButton(words("officers.passkey.copied.look"), to: "/petugas/kunci")
      }
      table(overview, request)
      if overview.isDemanded, !overview.mayRemove { p(.class("muted")) { words("officers.factor.last") } }
      p { linkButton(words("officers.factor.add"), to: "/petugas/faktor/baru", style: .primary) }
      if !overview.proofs.isEmpty { paper(overview.recoveryCodesLeft, request) }
      p(.class("muted")) { words("officers.factor.lost") }
      OfficersModule.guideLink(request.context)
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func table(_ overview: FactorService.Overview, _ request: Request) -> Node {
    let (words, zone) = (request.words, request.context.zone)
    return dataTable(
      caption: words("officers.factor.list"),
      columns: ["name", "added", "used", "action"].map { words(MessageKey("officers.factor.column", named: $0)) },
      rows: overview.proofs.filter { $0.kind == .timeCode }.map { factor in
        [
          .text(name(factor, words)), .text(words.moment(factor.addedAt, in: zone)),
          .text(factor.lastUsedAt.map { words.moment($0, in: zone) } ?? words("officers.factor.never")),
          overview.mayRemove
            ? actionButton(
              request.context, to: "/petugas/faktor/hapus",
              label: words("officers.factor.remove", ["name": name(factor, words)]), style: .danger,
              fields: [Self.factorField: String(factor.id)]) : .text("–"),
        ]
      }, empty: words("officers.factor.none"))
  }

  /// The codes on paper, of which none is shown again.
  ///
  /// - Parameter left: nil where none were given.
  private func paper(_ left: Int?, _ request: Request) -> Node {
    let words = request.words
    return card(title: words("officers.factor.kind.recovery")) {
      if let left {
        p { words("officers.factor.left", ["left": String(left), "count": String(RecoveryCode.count)]) }
        if left < Self.recoveryCodesLeftMin { notice(.warning, title: words("officers.factor.few")) }
      } else {
        notice(.warning, title: words("officers.factor.no-paper"))
      }
      actionButton(request.context, to: "/petugas/faktor/cadangan/baru", label: words("officers.factor.renew"))
    }
  }

  private func name(_ factor: Factor, _ words: Words) -> String {
    factor.label.isEmpty ? words(MessageKey("officers.factor.kind", named: factor.kind.rawValue)) : factor.label
  }

  // MARK: What is asked first

  private func askRemoval(_ request: Request) async throws -> Confirmation {
    let words = request.words
    let overview = try await factors.overview(of: try id(request))
    let asked = request.form[Self.factorField]
    guard let factor = overview.proofs.first(where: { $0.kind == .timeCode && String($0.id) == asked }) else {
      throw Problem(.notFound, "officers.unknown-factor")
    }
    guard overview.mayRemove else { throw Problem(.conflict, "officers.last-factor") }
    let isLast = overview.proofs.count == 1
    return Confirmation(
      title: words("officers.removal.title"),
      consequences: [words("officers.removal.gone")] + (isLast ? [words("officers.removal.last")] : []),
      facts: summaryList([SummaryRow(words("officers.factor.column.name"), name(factor, words))]),
      submitLabel: words("officers.removal.submit"), back: "/petugas/faktor")
  }

  private func askRenewal(_ request: Request) -> Confirmation {
    let words = request.words
    return Confirmation(
      title: words("officers.renewal.title"),
      consequences: [words("officers.renewal.old"), words("officers.renewal.once")],
      submitLabel: words("officers.renewal.submit"), back: "/petugas/faktor")
  }

  // MARK: What is done

  private func remove(_ request: Request) async throws -> Response {
    guard let factor = Int64(request.form[Self.factorField]) else {
      throw Problem(.notFound, "officers.unknown-factor")
    }
    guard let token = request.officerToken.flatMap(SessionToken.init) else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    let renewed = try await factors.remove(factor, of: id(request), in: token, by: request.principal)
    return .redirect("/petugas/faktor?berhasil=ya").setting(.officer(token: renewed.exposed))
  }

  private func renew(_ request: Request) async throws -> Response {
    let id = try id(request)
    let codes = try await factors.renewRecoveryCodes(of: id, by: request.principal)
    let account = try await staff.username(of: id)?.description ?? ""
    return RecoveryCodesPage(codes: codes, account: account, next: "/petugas/faktor")
      .response(request, face: .console)
  }

  private func id(_ request: Request) throws -> OfficerID {
    guard let id = request.officer?.id else { throw Problem(.signInNeeded, "sign-in-needed") }
    return id
  }
}
