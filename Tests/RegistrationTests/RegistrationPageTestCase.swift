import Client
import Contracts
import Core
import HTML
import Store
import Web
import XCTest

@testable import Registration

/// Base of the tests that meet the module's pages over loopback.
class RegistrationPageTestCase: XCTestCase {
  static let pageByteCountMax = 50_000
  private var server: WebServer?

  override func tearDown() async throws { await server?.stop(patience: .milliseconds(200)) }

  private struct Signer: RequestSigner {
    func sign(_ bytes: [UInt8]) -> [UInt8] { Array(repeating: bytes.reduce(7) { $0 &* 31 &+ $1 }, count: 16) }
  }

  private struct Door: Gatekeeper {
    func officer(holding token: String) async throws -> SignedInOfficer? {
      switch token {
      case "CLERK": SignedInOfficer(id: OfficerID(7), rights: .clerk, name: "Sari")
      case "SUPERVISOR": SignedInOfficer(id: OfficerID(8), rights: .supervisor, name: "Budi")
      default: nil
      }
    }
  }

  /// As much as the test leaves switched on.
  func module(_ hall: Hall, catalogue: Bool = true, tracking: Bool = true, coming: ComingVisit? = nil)
    throws -> RegistrationModule
  {
    var services = ServiceRegistry()
    services.provide(Store.self, hall.store)
    services.provide((any VaultService).self, hall.vault)
    services.provide((any KeyedHash).self, hall.vault)
    services.provide((any LedgerService).self, hall.vault)
    services.provide((any WallClock).self, hall.clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, SilentLog())
    services.provide(LookUpGuard.self, LookUpGuard(clock: hall.clock, log: SilentLog(), missTime: .zero))
    services.provide(Office.self, hall.office)
    services.provide(PublicAddress.self, PublicAddress("https://antre.example.go.id"))
    services.provide((any DocumentService).self, hall.documents)
    services.provide((any PaperLinks).self, OnePaper())
    if catalogue { services.provide((any CatalogueService).self, SampleCatalogue()) }
    if tracking { services.provide((any TrackingService).self, hall.journeys()) }
    if let coming {
      let visits = ComingVisits()
      visits.whenAsked { _ in coming }
      services.provide(ComingVisits.self, visits)
    }
    return try RegistrationModule(services: services)
  }

  /// The menu entries by which the receipt knows that queue, tracking and verification are there.
  static let neighbours = [
    NavigationEntry(.portal, "tracking.menu.look-up", "/lacak", order: 1),
    NavigationEntry(.portal, "registration.receipt.take-number", "/antrean", order: 2),
    NavigationEntry(.portal, "privacy.menu.verify", "/verifikasi", order: 3),
  ]

  func serve(
    _ hall: Hall, catalogue: Bool = true, tracking: Bool = true, submitRate: Rate = Rate(burst: 60, perMinute: 60),
    coming: ComingVisit? = nil
  ) throws -> UInt16 {
    let module = try module(hall, catalogue: catalogue, tracking: tracking, coming: coming)
    var configuration = WebConfiguration()
    configuration.port = 0
    configuration.rates[.submit] = submitRate
    let server = try WebServer(
      WebServer.Parts(
        configuration: configuration, office: WebOffice(name: hall.office.name, zone: .wib),
        locales: try TestLocales.load(), routes: module.routes(),
        navigation: module.navigation() + (tracking ? Self.neighbours : []), signer: Signer(), gatekeeper: Door(),
        clock: hall.clock))
    try server.start()
    self.server = server
    return server.port
  }
}

/// Gives every paper the same code.
struct OnePaper: PaperLinks {
  func code(of subject: PaperSubject, until end: Instant) async throws -> PaperCode? {
    PaperCode([UInt8](repeating: 7, count: PaperCode.byteCount))
  }

  func subject(of code: PaperCode) async throws -> PaperSubject? { nil }

  func end(_ subject: PaperSubject, in transaction: borrowing Transaction) throws {}
}

/// A form as a browser sends it: dates in three parts.
func sent(_ typed: [String: String], _ form: PageForm) -> [(name: String, value: String)] {
  var fields: [(name: String, value: String)] = form.fields.filter { $0.name.hasPrefix("_") }
  for (name, value) in typed {
    let parts = value.split(separator: "-")
    if parts.count == 3, parts[0].count == 4 {
      fields += [
        ("\(name)--tahun", String(parts[0])), ("\(name)--bulan", String(parts[1])), ("\(name)--hari", String(parts[2])),
      ]
    } else {
      fields.append((name, value))
    }
  }
  return fields
}
