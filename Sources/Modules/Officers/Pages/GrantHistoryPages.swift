internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/petugas/akun/hak`: who gave which role to whom, since when and why; and what each role lets an officer do.
struct GrantHistoryPages: Sendable {
  static let link: Link = "/petugas/akun/hak"
  /// More than anybody reads; what is older stands on the account's own page.
  private static let shownMax = 500

  let grants: GrantService

  func routes() -> [Route] {
    [Route(.get, "/petugas/akun/hak", for: .officers(with: .accounts)) { try await show($0) }]
  }

  private func show(_ request: Request) async throws -> Response {
    let (accounts, all) = try await grants.history()
    let words = request.words
    let (book, now) = (grants.sessions.roles.now, request.context.now)
    let inForce = all.filter { $0.isInForce(at: now) }
    let earlier = all.filter { !$0.isInForce(at: now) }
    func table(_ grants: [Grant]) -> Node {
      GrantTableView(
        grants: Array(grants.prefix(Self.shownMax)), accounts: accounts, book: book, context: request.context
      ).node(withNames: true)
    }
    return .page(request, title: words("officers.rights.title"), face: .console) {
      pageHeading(words("officers.rights.title"), lead: words("officers.rights.hint"))
      card(title: words("officers.rights.in-force-title")) { table(inForce) }
      card(title: words("officers.rights.earlier-title")) { table(earlier) }
      card(title: words("officers.rights.roles-title")) { roles(book, words) }
      if !book.separations.isEmpty {
        card(title: words("officers.rights.separate-title")) { separations(book, words) }
      }
    }
  }

  private func roles(_ book: RoleBook, _ words: Words) -> Node {
    dataTable(
      caption: words("officers.rights.roles-title"), captionIsSeen: true,
      columns: ["role", "gives", "demands"].map { words(MessageKey("officers.rights.column", named: $0)) },
      rows: book.roles.map { role in
        [
          .text(words(role.label)),
          fragment {
            words(role.explanation) + " "
            small(.class("muted")) { RoleWords(words).rights(of: role) }
            if role.isReadOnly { small { " " + words("officers.rights.read-only") } }
          },
          .text(demands(of: role, words)),
        ]
      })
  }

  private func demands(of role: Role, _ words: Words) -> String {
    let times = words(
      "officers.rights.demands",
      [
        "idle": String(role.demands.idleMax.milliseconds / 60_000),
        "hours": String(role.demands.ageMax.milliseconds / 3_600_000),
      ])
    let factor = role.demands.needsSecondFactor ? [words("officers.rights.second-factor")] : []
    let days = role.daysMax.map { [words("officers.rights.days-max", ["days": String($0)])] } ?? []
    return ([times] + factor + days).joined(separator: " ")
  }

  private func separations(_ book: RoleBook, _ words: Words) -> Node {
    ul {
      for separation in book.separations {
        li {
          words(
            MessageKey("officers.rights.separate", named: separation.rule.rawValue),
            [
              "acts": Right.ofStages.filter(separation.acts.contains)
                .map { words(MessageKey("right", named: $0.rawValue)) }.joined(separator: ", ")
            ])
        }
      }
    }
  }
}
