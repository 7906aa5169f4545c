import Contracts
import Core
import HTML
import Web

/// The cases by their deadline, the overdue in red; and below them, in red, what was opened without the usual permission.
struct SupervisionPage {
  let waiting: [RightsRequest]
  let counts: (open: Int, overdue: Int)
  let decided: [RightsRequest]
  let breakGlass: [Opening]
  let names: [String: String]
  let concerned: Concerned
  let now: Instant
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    fragment {
      pageHeading(words("privacy.supervision.title"), lead: words("privacy.supervision.lead"))
      if counts.overdue > 0 {
        notice(.error, title: words("privacy.supervision.overdue", ["count": String(counts.overdue)])) {
          p { words("privacy.supervision.overdue-mend") }
        }
      }
      tiles([
        figureTile(String(counts.open), words("privacy.supervision.open")),
        figureTile(
          String(counts.overdue), words("privacy.state.overdue"), tone: counts.overdue > 0 ? .error : .success),
        figureTile(
          String(breakGlass.count), words("privacy.supervision.glass-count"),
          tone: breakGlass.isEmpty ? .neutral : .error),
      ])
      h2 { words("privacy.supervision.waiting") }
      dataTable(
        caption: words("privacy.supervision.waiting"),
        columns: [
          words("privacy.supervision.kind"), words("privacy.own.application"), words("privacy.status.received"),
          words("privacy.status.due"),
        ], rows: waiting.map(waitingRow), empty: words("privacy.supervision.none"))
      h2 { words("privacy.supervision.glass") }
      if breakGlass.isEmpty { p(.class("empty")) { words("privacy.supervision.glass-none") } }
      for opening in breakGlass { glass(opening) }
      div(.class("actions")) {
        if context.officer?.rights.contains(.breakGlass) == true {
          linkButton(words("privacy.glass.title"), to: BreakGlassPages.link, style: .danger, icon: .eye)
        }
        if context.officer?.rights.shows(.oversight) == true {
          linkButton(words("privacy.openings.title"), to: "/petugas/hak-data/pembukaan", icon: .list)
        }
      }
      h2 { words("privacy.supervision.decided") }
      dataTable(
        caption: words("privacy.supervision.decided"),
        columns: [
          words("privacy.supervision.kind"), words("privacy.own.application"), words("privacy.status.state"),
          words("privacy.status.decided"),
        ], rows: decided.map(decidedRow), empty: words("privacy.supervision.none-decided"))
    }
  }

  private func name(_ request: RightsRequest) -> Node {
    a(.href("/petugas/hak-data/kasus/\(request.code)")) { words(request.kind.name) }
  }

  private func waitingRow(_ request: RightsRequest) -> [Node] {
    [
      name(request), code(.untranslated) { request.application.printed },
      .text(context.moment(request.receivedAt)),
      fragment {
        context.moment(request.dueAt)
        " "
        Deadline(request: request, now: now, words: words).node
      },
    ]
  }

  private func decidedRow(_ request: RightsRequest) -> [Node] {
    [
      name(request), code(.untranslated) { request.application.printed },
      RequestStateTag(request: request, now: now, words: words).node,
      .text(request.decidedAt.map(context.moment) ?? ""),
    ]
  }

  private func glass(_ opening: Opening) -> Node {
    let role = words(MessageKey("privacy.role", named: opening.role.rawValue))
    let who = names[opening.principal].map { "\(role) \($0)" } ?? "\(role) (\(opening.principal))"
    return notice(.error, title: "\(context.moment(opening.at)) · \(who)") {
      p {
        words(MessageKey("privacy.record", named: opening.record.rawValue))
        " · "
        concerned.node(opening.subject, words)
      }
      p { words("privacy.supervision.glass-reason") }
      p { opening.reason?.exposed ?? words("privacy.supervision.glass-erased") }
    }
  }
}

/// The person whom openings concerned: the application that is looked up, as officers know them.
struct Concerned {
  /// Where a case is looked up; each opening is recorded there.
  private static let page: Link = "/petugas/permohonan"

  let applications: [SubjectID: ApplicationNumber]

  /// A person who was erased has no application any more, and one who sent a complaint made none: they have the number that
  /// the ledger knows them by.
  func node(_ subject: SubjectID, _ words: Words) -> Node {
    guard let number = applications[subject] else {
      return .text(words("privacy.opening.no-application", ["number": subject.description]))
    }
    return a(.href(Self.page.adding("nomor", number.description)), .untranslated) { number.printed }
  }
}

/// How much time is left, in red once there is none.
struct Deadline {
  let request: RightsRequest
  let now: Instant
  let words: Words

  var node: Node {
    let hours = request.isOfWrongDate(at: now) ? 0 : abs((request.dueAt - now).milliseconds) / 3_600_000
    if request.isOverdue(at: now) { return tag(words("privacy.deadline.over", ["hours": String(hours)]), .error) }
    return tag(words("privacy.deadline.left", ["hours": String(hours)]), request.isNear(at: now) ? .warning : .info)
  }
}

/// The openings, the latest first.
struct OpeningsPage {
  let openings: [Opening]
  let names: [String: String]
  let concerned: Concerned
  let mayHaveMore: Bool
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    fragment {
      pageHeading(words("privacy.openings.title"), lead: words("privacy.openings.lead"))
      dataTable(
        caption: words("privacy.openings.title"),
        columns: [
          words("privacy.opening.when"), words("privacy.opening.who"), words("privacy.opening.purpose"),
          words("privacy.opening.what"), words("privacy.opening.person"),
        ], rows: openings.map(row), empty: words("privacy.opening.none"))
      div(.class("actions")) {
        if mayHaveMore, let last = openings.last {
          linkButton(
            words("privacy.openings.earlier"),
            to: Self.link.adding("sebelum", String(last.entry)))
        }
        linkButton(words("privacy.supervision.title"), to: SupervisionPages.link, icon: .back)
      }
    }
  }

  private static let link: Link = "/petugas/hak-data/pembukaan"

  private func row(_ opening: Opening) -> [Node] {
    let purpose = words(MessageKey("privacy.purpose", named: opening.purpose.rawValue))
    let role = opening.role(in: words)
    return [
      .text(context.moment(opening.at)), .text(names[opening.principal].map { "\(role) \($0)" } ?? role),
      opening.isDenied
        ? tag(words("privacy.opening.denied"), .warning)
        : opening.purpose == .breakGlass ? tag(purpose, .error) : .text(purpose),
      .text(
        opening.isDenied
          ? words("privacy.opening.nothing") : words(MessageKey("privacy.record", named: opening.record.rawValue))),
      concerned.node(opening.subject, words),
    ]
  }
}
