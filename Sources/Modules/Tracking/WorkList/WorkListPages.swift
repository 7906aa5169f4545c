import Contracts
import Core
import HTML
import Store
import Web

/// Shows officers what waits for them, and takes their decisions.
struct WorkListPages: Sendable {
  let journeys: Journeys

  var routes: [Route] {
    [
      Route(.get, "/petugas/berkas", for: .officers(with: .workList)) { try await show($0) },
      Route(.post, "/petugas/berkas/:nomor", for: .officers(with: .workList)) { try await advance($0) },
    ]
  }

  private func show(_ request: Request) async throws -> Response {
    let principal = request.principal
    let list = try await journeys.store.read { try journeys.workList(as: principal, in: $0) }
    let page = WorkListPage(
      list: list, isAlarmed: journeys.lookUps.standing.isAlarmed, context: request.context)
    return .page(request, title: page.title, face: .console) { page.node }
  }

  private func advance(_ request: Request) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")) else {
      throw Problem(.notFound, "tracking.unknown")
    }
    let expected = request.form[WorkListPage.stageField]
    let principal = request.principal
    _ = try await journeys.store.write { transaction in
      try journeys.advance(number, from: expected, by: principal, in: transaction)
    }
    return .redirect("/petugas/berkas")
  }
}

/// The work list: a row an application, a button for its next stage.
struct WorkListPage {
  static let stageField = "tahap"

  let list: WorkList
  /// Whether more numbers are tried with wrong secrets than people mistype.
  let isAlarmed: Bool
  let context: PageContext

  private var words: Words { context.words }

  var title: String { words("tracking.work.title") }

  var node: Node {
    fragment {
      pageHeading(title, lead: words("tracking.work.lead"))
      if isAlarmed {
        notice(.warning, title: words("tracking.alarm.title")) { p { words("tracking.alarm.text") } }
      }
      if list.isCut {
        notice(.info) { p { words("tracking.work.cut", ["count": String(WorkList.itemCountMax)]) } }
      }
      dataTable(
        caption: title,
        columns: [
          words("tracking.work.number"), words("tracking.work.service"), words("tracking.work.stage"),
          words("tracking.work.promise"), words("tracking.work.decide"),
        ],
        rows: list.items.map(row), empty: words("tracking.work.empty"))
    }
  }

  private func row(_ item: WorkList.Item) -> [Node] {
    let number = item.number.description
    let open: Link = "/petugas/permohonan"
    return [
      context.leads(to: open) && context.officer?.rights.contains(.cases) == true
        ? a(.href(open.adding("nomor", number)), .untranslated) { item.number.printed }
        : code(.untranslated) { item.number.printed },
      .text(words(item.serviceName)),
      fragment {
        words(item.stage.name)
        " "
        small(.class("muted")) {
          words("tracking.work.since", ["date": words.date(context.zone.date(of: item.enteredAt))])
        }
      },
      promise(item),
      decision(item, number),
    ]
  }

  private func decision(_ item: WorkList.Item, _ number: String) -> Node {
    switch item.decider {
    case .reader:
      actionButton(
        context, to: "/petugas/berkas/\(number)",
        label: words("tracking.work.advance", ["stage": words(item.next.name)]),
        fields: [Self.stageField: item.stage.code])
    case .otherOfficer: small(.class("muted")) { words("tracking.work.other-officer") }
    case .otherRole: small(.class("muted")) { words("tracking.work.not-yours") }
    }
  }

  private func promise(_ item: WorkList.Item) -> Node {
    fragment {
      if let promised = item.promisedFor { words.date(promised) } else { words("tracking.work.no-promise") }
      switch item.watch {
      case .calm: Node.empty
      case .near:
        " "
        tag(words("tracking.work.near"), .warning)
      case .broken:
        " "
        tag(words("tracking.work.broken"), .error)
      }
    }
  }
}
