import Contracts
import Core
import HTML
import PageParts
import Store
import Synchronization
import Web

/// The pages that belong to no module: the portal's home, and the health of the office.
struct FrontDoor: Sendable {
  let composition: Composition
  /// The server that answers with these pages, for its figures.
  let server = ServerReference()
  /// What was wrong when health was last asked for.
  private let told = ToldTroubles()

  init(composition: Composition) { self.composition = composition }

  func routes() -> [Route] {
    [
      Route(.get, "/", for: .everyone) { request in try await home(request) },
      Route(.get, "/kesehatan", for: .everyone) { request in try await health(request) },
      Route(.get, "/metrics", for: .everyone) { request in try await metrics(request) },
    ]
  }

  private func home(_ request: Request) async throws -> Response {
    let words = request.words
    let hall = try await composition.services.find((any AvailabilityService).self)?.availability()
    return .page(request, title: words("home.title")) {
      hero(words("home.greeting"), lead: words(offersAll(request.context) ? "home.lead" : "home.lead-some")) {
        for (place, entry) in request.context.portalEntries.prefix(2).enumerated() {
          linkButton(words(entry.label), to: entry.link, style: place == 0 ? .primary : .secondary, icon: entry.icon)
        }
      }
      if let hall {
        standing(of: hall.office, request.context)
        StopsAheadNotice(hall.ahead, context: request.context).node
      }
      h2 { words("home.services") }
      entryCards(request.context.portalEntries, request.context)
      if request.context.leads(to: "/cari") { p { linkButton(words("home.search"), to: "/cari", icon: .search) } }
      officeCard(request.context)
    }
    .holdingNoSecret()
  }

  /// Whether an office has all that the greeting promises.
  private func offersAll(_ context: PageContext) -> Bool {
    let pages: [Link] = ["/ajukan", "/antrean", "/lacak"]
    return pages.allSatisfy { context.leads(to: $0) }
  }

  /// Whether the office is open now, and if not why and when it opens.
  private func standing(of office: Availability, _ context: PageContext) -> Node {
    let words = context.words
    return notice(
      office.isServing && office.takesNumbers ? .info : .warning,
      title: office.title(words, in: context.zone, isOffice: true)
    ) {
      p { office.text(words, in: context.zone, isOffice: true) }
      if !office.takesNumbers, context.leads(to: "/janji") { p { words("availability.appointment") } }
    }
  }

  /// One word for every client, `ok`, `degraded` or `closed`; below it one line a module for those who look after the machine.
  /// 503 when a module cannot do its work. A date in doubt, an old copy, or something that comes round again and could not be
  /// done, is no reason to send people elsewhere: the hall goes on.
  private func health(_ request: Request) async throws -> Response {
    let reports = await composition.reports()
    let (doubt, damage, space) = (composition.clock.doubt, composition.damage.report, composition.space.report)
    let (work, backups) = (composition.work.detailedReport, await composition.backups.report())
    let isHealthy =
      damage == nil && composition.space.standing < .withoutApplications && reports.allSatisfy(\.report.isHealthy)
    let office = try? await composition.services.find((any AvailabilityService).self)?.availability().office
    let isClosed = office.map { !$0.isServing && !$0.takesNumbers } ?? false
    let reload = composition.reloads.report
    let journal = composition.store.journal.failure.map { "cannot be followed and is tried again: \($0.inLog)" }
    let troubles =
      [
        ("clock", doubt?.report), ("data", damage), ("space", space), ("work", work), ("backup", backups),
        ("configuration", reload), ("journal", journal), ("kiosks", composition.entrance.report),
      ]
      .compactMap { name, report in report.map { (name: name, report: $0) } }
    let failing = reports.filter { !$0.report.isHealthy || $0.report.isDegraded }.map(\.module)
    tell(troubles.map(\.name) + failing)
    let isDegraded = !isHealthy || !troubles.isEmpty || !failing.isEmpty
    var lines = [isDegraded ? "degraded" : isClosed ? "closed" : "ok"]
    if isForInsiders(request) {
      lines += troubles.map { "\($0.name): \($0.name == "data" ? "failing" : "degraded") \($0.report)" }
      lines += reports.map { "\($0.module): \($0.report.word) \($0.report.detail)" }
    }
    return .text(lines.joined(separator: "\n") + "\n", status: isHealthy ? .ok : .unavailable)
      .reporting()
  }

  /// The log says once what has changed, however often health is asked for.
  private func tell(_ troubles: [String]) {
    guard told.isNews(troubles) else { return }
    guard !troubles.isEmpty else { return composition.log.notice("health is right again") }
    composition.log.warning("health", ["health.troubles": troubles.joined(separator: ", ")])
  }

  /// Whether an officer asks who may see it, or a program on this machine that came in where the portal's visitors do not.
  private func isForInsiders(_ request: Request) -> Bool {
    request.officer?.rights.shows(.health) == true || isFromWithin(request)
  }

  /// A proxy that names no client looks like this machine itself: what comes by the portal's listener is never taken for it.
  private func isFromWithin(_ request: Request) -> Bool { request.listener == .hall && request.isFromThisMachine }
}

extension FrontDoor {
  /// The modules' counters and gauges in the OpenMetrics text format; for a collector on this machine only.
  private func metrics(_ request: Request) async throws -> Response {
    guard isFromWithin(request) else { throw Problem(.notFound, "not-found") }
    var lines = server.lines
    for module in composition.modules {
      for metric in await (module as? any Observed)?.metrics() ?? [] {
        let labels = metric.labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
        lines += [
          "# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) gauge",
          "\(metric.name)\(labels.isEmpty ? "" : "{\(labels)}") \(metric.value)",
        ]
      }
    }
    return .text(lines.joined(separator: "\n") + "\n# EOF\n")
  }
}

extension Composition {
  /// How each module is, in dependency order.
  func reports() async -> [(module: String, report: HealthReport)] {
    var reports: [(String, HealthReport)] = []
    for module in modules {
      let report = await (module as? any Observed)?.health() ?? HealthReport(isHealthy: true, detail: "")
      reports.append((type(of: module).name, report))
    }
    return reports
  }
}

extension HealthReport {
  /// How it stands, in one word.
  fileprivate var word: String { !isHealthy ? "failing" : isDegraded ? "degraded" : "ok" }
}

/// What health has told last.
private final class ToldTroubles: Sendable {
  private let told = Mutex<[String]>([])

  func isNews(_ troubles: [String]) -> Bool {
    told.withLock { told in
      defer { told = troubles }
      return told != troubles
    }
  }
}

/// The server, for the pages that it answers with; it may be gone before they are.
final class ServerReference: Sendable {
  private struct Weak {
    weak var server: WebServer?
  }

  private let server = Mutex(Weak())

  func set(_ server: WebServer) { self.server.withLock { $0.server = server } }

  /// How each listener does, in the OpenMetrics text format.
  fileprivate var lines: [String] {
    guard let server = server.withLock({ $0.server }) else { return [] }
    let figures = Listener.allCases.map { ($0.rawValue, server.statistics(of: $0)) }
    let gauges: [(name: String, help: String, value: (WebStatistics) -> Int)] = [
      ("connections", "Connections now.", { $0.connectionCount }),
      ("streams", "Event streams now.", { $0.streamCount }),
      ("working", "Requests that are worked on now.", { $0.answeringCount }),
      ("answers", "Answers since the start.", { $0.answerCount }),
      ("idle_closed", "Idle connections closed early to make room, since the start.", { $0.closedIdleCount }),
      ("connections_refused", "Connections not let in, since the start.", { $0.refusedConnectionCount }),
      ("streams_ended", "Event streams ended for others, since the start.", { $0.endedStreamCount }),
      ("refusals", "Answers 429 and 503, which ask to come back later, since the start.", { $0.refusalCount }),
    ]
    return gauges.flatMap { gauge in
      ["# HELP gapura_web_\(gauge.name) \(gauge.help)", "# TYPE gapura_web_\(gauge.name) gauge"]
        + figures.map { "gapura_web_\(gauge.name){listener=\"\($0.0)\"} \(gauge.value($0.1))" }
    }
  }
}
