internal import Core
internal import HTML
internal import Web

/// Given roles, a row each: by whom, since when, until when, why, and how each ended.
struct GrantTableView {
  let grants: [Grant]
  let accounts: [Account]
  let book: RoleBook
  let context: PageContext

  private var words: Words { context.words }

  /// - Parameter isNamed: whether the rows say whose role it is.
  func node(withNames isNamed: Bool) -> Node {
    dataTable(
      caption: words("officers.rights.given"), captionIsSeen: true,
      columns: ((isNamed ? ["name"] : []) + ["role", "since", "until", "by", "reason", "state"]).map {
        words(MessageKey("officers.rights.column", named: $0))
      },
      rows: grants.map { (isNamed ? [owner($0)] : []) + cells($0) }, empty: words("officers.rights.none-given"))
  }

  private func owner(_ grant: Grant) -> Node {
    a(.href("/petugas/akun/\(grant.account)"), .untranslated) { name(of: grant.account) }
  }

  private func cells(_ grant: Grant) -> [Node] {
    [
      fragment {
        RoleWords(words).name(grant, in: book)
        if let other = grant.standsFor { small(.class("muted")) { " (\(name(of: other)))" } }
      },
      .text(words.moment(grant.since, in: context.zone)),
      .text(grant.until.map { words.moment($0, in: context.zone) } ?? words("officers.rights.without-end")),
      .text(principal(grant.givenBy)),
      .text(grant.reason.isEmpty ? words("officers.rights.with-account") : grant.reason),
      state(grant),
    ]
  }

  private func state(_ grant: Grant) -> Node {
    if let ending = grant.ending {
      return fragment {
        tag(words("officers.rights.ended"), .error)
        " "
        words(
          "officers.rights.ended-by",
          [
            "name": principal(ending.by), "time": words.moment(ending.at, in: context.zone), "reason": ending.reason,
          ])
      }
    }
    if grant.isInForce(at: context.now) { return tag(words("officers.rights.in-force"), .success) }
    return grant.isAhead(at: context.now)
      ? tag(words("officers.rights.ahead"), .warning) : tag(words("officers.rights.over"))
  }

  private func name(of officer: OfficerID) -> String {
    accounts.first { $0.id == officer }?.name ?? officer.description
  }

  /// A principal as events have it, by the name that colleagues know.
  private func principal(_ text: String) -> String {
    let parts = text.split(separator: ":")
    guard parts.first == "officer", parts.count > 1, let number = Int64(parts[1]) else {
      return words("officers.rights.by-command")
    }
    return name(of: OfficerID(number))
  }
}
