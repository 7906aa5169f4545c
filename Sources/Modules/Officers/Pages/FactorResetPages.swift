internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/petugas/akun/:akun/faktor`: a supervisor takes away what a colleague has lost, in front of the person. It asks first, needs
/// a reason, and all supervisors see it.
struct FactorResetPages: Sendable {
  private static let reasonField = "alasan"
  private static let seenField = "di-depan-saya"

  let reset: FactorReset
  let staff: StaffService

  func routes() -> [Route] {
    [
      Route(.post, "/petugas/akun/:akun/faktor", for: .officers(with: .accounts), fresh: true, act)
        .confirmed { try await ask($0) }
    ]
  }

  private func ask(_ request: Request) async throws -> Confirmation {
    let words = request.words
    guard let username = try await staff.username(of: try id(request)) else {
      throw Problem(.notFound, "officers.unknown-account")
    }
    return Confirmation(
      title: words("officers.lost.title"),
      consequences: ["gone", "sessions", "password", "again", "seen"].map {
        words(MessageKey("officers.lost", named: $0))
      },
      facts: summaryList([SummaryRow(words("officers.column.name"), username.description)]),
      fields: [
        .text(
          Self.reasonField, label: words("officers.lost.reason"), hint: words("officers.lost.reason-hint"),
          kind: .multiline(rows: 2, max: FactorReset.reasonCharacterCountMax)),
        .checkbox(Self.seenField, label: words("officers.lost.in-front")),
      ], submitLabel: words("officers.lost.submit"), back: "/petugas/akun")
  }

  private func explained(_ input: inout FormInput, _ words: Words) {
    guard input[Self.reasonField].count < FactorReset.reasonCharacterCountMin else { return }
    input.refuse(Self.reasonField, words("officers.lost.reason-hint"))
  }

  @Sendable private func act(_ request: Request) async throws -> Response {
    let asked = try await ask(request)
    var input = request.form
    asked.fields.check(&input, request.words)
    explained(&input, request.words)
    guard input.isAcceptable else { return asked.page(request, input: input, status: .unprocessable) }
    let (account, password) = try await reset.reset(
      id(request), because: input[Self.reasonField], by: request.principal)
    let words = request.words
    let title = words("officers.initial.title", ["name": account.username.description])
    return .page(request, title: title, face: .console) {
      pageHeading(title)
      notice(.success, title: words("officers.lost.done"), isNews: true) {
        keepCode(password.exposed, label: words("officers.initial.label"))
        p { words("officers.initial.explanation") }
      }
      p { words("officers.lost.next") }
      p { linkButton(words("officers.initial.back"), to: "/petugas/akun", style: .primary) }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func id(_ request: Request) throws -> OfficerID {
    guard let number = Int64(request.parameter("akun")) else { throw Problem(.notFound, "officers.unknown-account") }
    return OfficerID(number)
  }

  /// The latest ones, for the page of the accounts; nothing where there was none.
  func list(_ request: Request) async throws -> Node {
    let (words, zone) = (request.words, request.context.zone)
    let latest = try await reset.latest()
    guard !latest.isEmpty else { return .empty }
    let names = try await staff.accountNames()
    return card(title: words("officers.lost.list")) {
      dataTable(
        caption: words("officers.lost.list"),
        columns: ["at", "name", "by", "reason"].map { words(MessageKey("officers.column", named: $0)) },
        rows: latest.map { reset in
          [
            .text(words.moment(reset.at, in: zone)), .text(reset.account.description),
            .text(name(reset.principal, names, words)), .text(reset.reason),
          ]
        })
    }
  }

  /// The account's name of `officer:12:supervisor`; of a command that it was one.
  private func name(_ principal: String, _ names: [OfficerID: String], _ words: Words) -> String {
    let parts = principal.split(separator: ":")
    guard parts.first == "officer", parts.count == 3, let number = Int64(parts[1]) else {
      return words("officers.lost.by-command")
    }
    return names[OfficerID(number)] ?? principal
  }
}
