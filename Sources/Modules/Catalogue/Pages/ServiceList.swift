internal import Contracts
internal import Core
internal import HTML
internal import PageParts
internal import Web

/// All services in force, in two groups: for citizens and for foreigners.
struct ServiceList {
  let services: [OfferedService]
  let times: any OpeningTimesService
  let hall: HallAvailability?
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    pageHeading(words("catalogue.title"), lead: words("catalogue.lead"))
    OpeningNotice(times: times, hall: hall, context: context).node
    StopsAheadNotice(hall?.ahead.filter { $0.service == nil } ?? [], context: context).node
    if services.isEmpty {
      notice(.info, title: words("catalogue.empty.title")) { p { words("catalogue.empty.mend") } }
    }
    for audience in OfferedService.Audience.allCases { group(audience) }
  }

  @NodeBuilder private func group(_ audience: OfferedService.Audience) -> Node {
    let own = services.filter { $0.audience == audience }
    if !own.isEmpty {
      section {
        h2 { words(MessageKey("catalogue.audience", named: audience.rawValue)) }
        cardGrid(own.map(card))
      }
    }
  }

  /// Why a service of its own cannot be had just now; what holds for the whole office stands above the list.
  private func stopped(_ service: OfferedService) -> String? {
    guard let hall, !hall.office.isStopped, hall[service.code].isStopped else { return nil }
    let availability = hall[service.code]
    return "\(availability.title(words, in: context.zone)) \(availability.text(words, in: context.zone))"
  }

  /// Why it cannot be had now or will not be; nil for neither.
  private func warning(_ service: OfferedService) -> String? {
    let ahead = hall?.ahead.filter { $0.service == service.code } ?? []
    let told = [stopped(service)].compactMap { $0 } + ahead.map { $0.sentence(words, in: context.zone) }
    return told.isEmpty ? nil : told.joined(separator: " ")
  }

  private func card(_ service: OfferedService) -> Node {
    linkCard(
      words(service.name), to: "/layanan/\(service.code)", icon: service.audience == .citizens ? .passport : .globe,
      text: words(service.summary), warning: warning(service),
      facts: [
        words("catalogue.fact.fee", ["amount": service.total.description]),
        words("catalogue.fact.days", ["days": String(service.promisedWorkingDays)]),
        words(service.acceptsWebApplications ? "catalogue.fact.web" : "catalogue.fact.walk-in"),
      ])
  }
}
