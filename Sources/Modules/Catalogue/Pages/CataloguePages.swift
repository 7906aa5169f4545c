internal import Contracts
internal import Core
internal import HTML
internal import Web

/// The catalogue's pages: what the office offers, and each service in full.
struct CataloguePages {
  let catalogue: any CatalogueService
  let times: any OpeningTimesService
  /// Whether the office and its services can be had now; nil where no module knows.
  var hall: @Sendable () async throws -> HallAvailability? = { nil }

  var routes: [Route] {
    [
      Route(.get, "/layanan", for: .everyone) { request in
        let hall = try await hall()
        return Response.page(request, title: request.words("catalogue.title")) {
          list(request.context, hall)
        }
      },
      Route(.get, "/layanan/:layanan", for: .everyone) { request in
        guard let service = catalogue.service(ServiceCode(request.parameter("layanan"))) else {
          throw Problem(.notFound, "catalogue.unknown-service")
        }
        let hall = try await hall()
        return Response.page(request, title: request.words(service.name)) {
          page(of: service, request.context, hall)
        }
      },
    ]
  }

  /// The list's content.
  ///
  /// - Parameter hall: whether the office and its services can be had now; nil where no module knows.
  func list(_ context: PageContext, _ hall: HallAvailability? = nil) -> Node {
    ServiceList(services: catalogue.services(on: context.today), times: times, hall: hall, context: context).node
  }

  /// The content of a service's own page.
  ///
  /// - Parameter hall: as for the list.
  func page(of service: OfferedService, _ context: PageContext, _ hall: HallAvailability? = nil) -> Node {
    ServicePage(
      service: service, availability: hall?[service.code], ahead: hall?.ahead(of: service.code) ?? [], context: context
    ).node
  }
}

extension PageContext {
  /// The day it is at the office.
  var today: CivilDate { zone.date(of: now) }
}
