internal import Contracts
internal import Core
internal import HTML
internal import Web

/// The catalogue's pages: what the office offers, and each service in full.
struct CataloguePages {
  let catalogue: any CatalogueService
  let times: any OpeningTimesService

  var routes: [Route] {
    [
      Route(.get, "/layanan", for: .everyone) { request in
        Response.page(request, title: request.words("catalogue.title")) { list(request.context) }
      },
      Route(.get, "/layanan/:kode", for: .everyone) { request in
        guard let service = catalogue.service(ServiceCode(request.parameter("kode"))) else {
          throw Problem(.notFound, "catalogue.unknown-service")
        }
        return Response.page(request, title: request.words(service.name)) { page(of: service, request.context) }
      },
    ]
  }

  /// The list's content.
  func list(_ context: PageContext) -> Node {
    ServiceList(services: catalogue.services(on: context.today), times: times, context: context).node
  }

  /// The content of a service's own page.
  func page(of service: OfferedService, _ context: PageContext) -> Node {
    ServicePage(service: service, context: context).node
  }
}

extension PageContext {
  /// The day it is at the office.
  var today: CivilDate { zone.date(of: now) }
}
