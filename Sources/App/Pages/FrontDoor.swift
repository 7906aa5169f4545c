import Contracts
import Core
import HTML
import Web

/// The pages that belong to no module: the portal's home, and how the house is.
struct FrontDoor: Sendable {
  let house: House

  func routes() -> [Route] {
    [
      Route(.get, "/", for: .everyone) { request in try await home(request) },
      Route(.get, "/kesehatan", for: .everyone) { request in try await health(request) },
      Route(.get, "/metrics", for: .everyone) { request in try await metrics(request) },
    ]
  }

  private func home(_ request: Request) async throws -> Response {
    let words = request.words
    let office = try await house.services.find((any AvailabilityService).self)?.availability().office
    return .page(request, title: words("home.title")) {
      hero(words("home.greeting"), lead: words("home.lead")) {
        for (place, entry) in request.context.portalEntries.prefix(2).enumerated() {
          linkButton(words(entry.label), to: entry.link, style: place == 0 ? .primary : .secondary, icon: entry.icon)
        }
      }
      if let office { standing(of: office, request.context) }
      h2 { words("home.services") }
      entryCards(request.context.portalEntries, request.context)
      if request.context.leads(to: "/cari") { p { linkButton(words("home.search"), to: "/cari", icon: .search) } }
      officeCard(request.context)
    }
    .holdingNoSecret()
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

  /// One line a module, for monitoring; 503 when one of them cannot do its work. A date in doubt is said and is no reason
  /// to send people elsewhere: the hall goes on.
  private func health(_ request: Request) async throws -> Response {
    let reports = await house.reports()
    let damage = house.damage.report
    let space = house.space.report
    let isHealthy =
      damage == nil && house.space.standing < .withoutApplications && reports.allSatisfy(\.report.isHealthy)
    let clock = house.clock.doubt.map { ["clock: degraded \($0.report)"] } ?? []
    let troubles =
      clock + (damage.map { ["data: failing \($0)"] } ?? []) + (space.map { ["space: degraded \($0)"] } ?? [])
    let lines = troubles + reports.map { "\($0.module): \($0.report.isHealthy ? "ok" : "failing") \($0.report.detail)" }
    return .text(lines.joined(separator: "\n") + "\n", status: isHealthy ? .ok : .unavailable)
  }
}

extension FrontDoor {
  /// The modules' counters and gauges in the OpenMetrics text format; for a collector on this machine only.
  private func metrics(_ request: Request) async throws -> Response {
    guard request.isFromThisMachine else { throw Problem(.notFound, "not-found") }
    var lines: [String] = []
    for module in house.modules {
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

extension House {
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
