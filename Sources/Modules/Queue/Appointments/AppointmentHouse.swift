import Contracts
import Core
import Store

/// What the parts of appointments share.
struct AppointmentHouse: Sendable {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let office: Office
  let rules: AppointmentRulesInForce
  let catalogue: (any CatalogueService)?
  let openings: (any OpeningTimesService)?
  let applications: (any ApplicationService)?
  let vault: (any VaultService)?
  let hash: (any KeyedHash)?
  let ledger: (any LedgerService)?
  let digest: (any PublicDigest)?
  let log: any Log
  let lookUps: LookUpGuard
  /// Who the officers are; nil where nobody keeps accounts.
  var officers: (any OfficerDirectory)?

  var zone: OfficeZone { office.zone }
  var today: CivilDate { zone.date(of: clock.now) }

  /// Whether anything can be booked: an appointment is bound to an application, and so to its person.
  var isOffered: Bool { rules.now.isOffered && applications != nil && openings != nil && hash != nil }

  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(indonesian: code.rawValue, english: code.rawValue)
  }
}
