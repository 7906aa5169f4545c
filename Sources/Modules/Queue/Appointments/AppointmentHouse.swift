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
  /// Who the officers are; nil where nobody keeps accounts.
  var officers: (any OfficerDirectory)?
  /// nil where days end at midnight.
  var dayEnd: DayEnd?

  var zone: OfficeZone { office.zone }
  var today: CivilDate { zone.date(of: clock.now) }

  /// The latest day that is over: nobody comes any more for what was booked on it.
  var lastDayOver: CivilDate { dayEnd?.latest(at: clock.now) ?? today.adding(days: -1) }

  /// Whether anything can be booked: an appointment is bound to an application, and so to its person.
  var isOffered: Bool { rules.now.isOffered && applications != nil && openings != nil && hash != nil }

  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(indonesian: code.rawValue, english: code.rawValue)
  }
}
