import Contracts
import Core
import HTML
import Store
import Web

/// `/petugas/pemeriksaan`: what one officer did alone that is two officers' work. It is red until another has looked it over.
struct CheckPages: Sendable {
  static let link: Link = "/petugas/pemeriksaan"
  static let checkField = "pemeriksaan"
  /// More would not be looked over; those that are done are followed by the next ones.
  private static let waitingMax = 200
  private static let doneMax = 50

  let journeys: Journeys
  /// nil where no module keeps accounts.
  let officers: (any OfficerDirectory)?

  var routes: [Route] {
    [
      Route(.get, "/petugas/pemeriksaan", for: .officers(with: .check)) { try await show($0, nil) },
      Route(.post, "/petugas/pemeriksaan", for: .officers(with: .check)) { try await confirm($0) },
    ]
  }

  private func show(_ request: Request, _ problem: Problem?) async throws -> Response {
    let page = try await journeys.store.read { database in
      let waiting = try CheckTable.waiting(max: Self.waitingMax, in: database)
      let done = try CheckTable.done(max: Self.doneMax, in: database)
      let concerned = (waiting + done).flatMap { [$0.officer] + ($0.checkedBy.map { [$0] } ?? []) }
      return CheckPage(
        waiting: waiting, done: done, waitingCount: try CheckTable.waitingCount(in: database),
        staff: try StaffNames(of: concerned, from: officers, in: database), problem: problem, context: request.context)
    }
    return .page(request, title: page.title, status: problem.map { Status($0) } ?? .ok, face: .console) { page.node }
  }

  private func confirm(_ request: Request) async throws -> Response {
    guard let check = Int64(request.form[Self.checkField]) else { throw Problem(.notFound, "tracking.no-check") }
    do {
      try await journeys.confirmCheck(check, by: request.principal)
      return .redirect(Self.link)
    } catch let problem as Problem where problem.kind == .conflict {
      return try await show(request, problem)
    }
  }
}

/// The list: what waits, in red, and what was looked over lately.
struct CheckPage {
  let waiting: [CheckTable.Check]
  let done: [CheckTable.Check]
  let waitingCount: Int
  let staff: StaffNames
  let problem: Problem?
  let context: PageContext

  private var words: Words { context.words }

  var title: String { words("tracking.check.title") }

  var node: Node {
    fragment {
      pageHeading(title, lead: words("tracking.check.lead"))
      if let problem { notice(.warning, title: problem.title(words), isNews: true) { p { problem.mend(words) } } }
      if waitingCount > 0 {
        notice(.error, title: words("tracking.check.waiting", ["count": String(waitingCount)])) {
          p { words("tracking.check.waiting-text") }
        }
      } else {
        notice(.success, title: words("tracking.check.none"))
      }
      table(words("tracking.check.open"), waiting, last: "action") { action($0) }
      table(words("tracking.check.done"), done, last: "checked") { checked($0) }
    }
  }

  private func table(
    _ caption: String, _ checks: [CheckTable.Check], last: String, _ cell: (CheckTable.Check) -> Node
  ) -> Node {
    card(title: caption) {
      dataTable(
        caption: caption, captionIsSeen: true,
        columns: ["number", "acts", "officer", "at", last].map {
          words(MessageKey("tracking.check.column", named: $0))
        },
        rows: checks.map { check in
          [
            code(.untranslated) { check.number.printed }, .text(acts(of: check)),
            .text(staff.name(of: check.officer, words)), .text(words.moment(check.at, in: context.zone)), cell(check),
          ]
        }, empty: words("tracking.check.empty"))
    }
  }

  private func acts(of check: CheckTable.Check) -> String {
    [check.earlier, check.act].map { words(MessageKey("right", named: $0.rawValue)) }.joined(separator: ", ")
  }

  private func action(_ check: CheckTable.Check) -> Node {
    guard context.officer?.rights.contains(.check) == true, context.officer?.id != check.officer else {
      return tag(words("tracking.check.red"), .error)
    }
    return fragment {
      tag(words("tracking.check.red"), .error)
      " "
      actionButton(
        context, to: CheckPages.link, label: words("tracking.check.confirm", ["number": check.number.printed]),
        fields: [CheckPages.checkField: String(check.id)])
    }
  }

  private func checked(_ check: CheckTable.Check) -> Node {
    let name = check.checkedBy.map { staff.name(of: $0, words) } ?? "–"
    let time = check.checkedAt.map { words.moment($0, in: context.zone) } ?? ""
    return .text("\(name), \(time)")
  }
}
