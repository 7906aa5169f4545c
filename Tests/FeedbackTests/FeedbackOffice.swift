import Contracts
import Core
import Crypto
import Foundation
import ModuleHarness
import Store
import Web
import XCTest

@testable import Feedback
@testable import Vault

/// Visits that came to their end, by the ticket's code.
struct FinishedVisits: QueueService {
  let lastDayOver = CivilDate(dayNumber: 0)

  func admit(_ arrival: Arrival, by principal: Principal, in transaction: borrowing Transaction) throws -> Ticket {
    throw Problem(.unavailable, "test")
  }

  func ticket(
    _ reference: TicketNumber, pin: Personal<String>, from client: LookUpClient, guardedBy lookUps: LookUpGuard
  ) async throws -> Ticket { throw Problem(.unavailable, "test") }

  var visits: [PublicCode: FinishedVisit] = [:]

  func takeNumber(_ request: TicketRequest) async throws -> Ticket { throw Problem(.unavailable, "test") }

  func ticket(_ code: PublicCode) async throws -> Ticket? { nil }

  func finishedVisit<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> FinishedVisit? { visits[code] }
}

/// Feedback with its tables beside a real Vault, and twenty finished visits.
final class FeedbackOffice {
  let base: ModuleOffice
  let module: FeedbackModule
  let vault: VaultModule?
  let surveys: SurveyService
  let complaints: ComplaintService
  let codes: [PublicCode]
  private let directory: String

  init(withVault: Bool = true, configuration: ConfigurationDirectory? = nil) async throws {
    base = try ModuleOffice()
    directory = FileManager.default.temporaryDirectory.path + "/gapura-feedback-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let random = base.random
    let codes = (0..<20).map { _ in PublicCode(from: random) }
    self.codes = codes
    let start = base.clock.now
    let visits = codes.enumerated().map { place, code in
      (code, FinishedVisit(ticket: TicketID(Int64(place + 1)), service: ServiceCode("paspor"), finishedAt: start))
    }
    let queue = FinishedVisits(visits: Dictionary(uniqueKeysWithValues: visits))
    var services = base.services()
    if withVault {
      let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
      try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
      services.provide(RootKeySource.self, source)
      try await base.store.migrate(VaultModule.schemas + [FeedbackModule.schema])
      let vault = try VaultModule(services: services)
      vault.provide(to: &services)
      try await vault.start()
      self.vault = vault
    } else {
      try await base.store.migrate([FeedbackModule.schema])
      services.provide((any KeyedHash).self, QuickHash())
      vault = nil
    }
    services.provide((any QueueService).self, queue)
    if let configuration { services.provide(ConfigurationDirectory.self, configuration) }
    module = try FeedbackModule(services: services)
    try await module.start()
    surveys = SurveyService(
      store: base.store, clock: base.clock, keyed: services.require((any KeyedHash).self), queue: queue,
      vault: services.find((any VaultService).self))
    complaints = ComplaintService(
      store: base.store, clock: base.clock, random: base.random, zone: .wib, days: OfficeDays(catalogue: nil),
      rules: ComplaintRules(directory: configuration), vault: services.find((any VaultService).self),
      pins: CasePIN(hash: services.require((any KeyedHash).self)), lookUps: services.require(LookUpGuard.self))
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// A number read from the database.
  func count(_ sql: SQL) async throws -> Int { try await base.store.read { try $0.value(sql) ?? 0 } }

  func report(
    _ text: String = "Petugas meminta uang", kind: ComplaintClass = .complaint, category: ComplaintCategory = .time,
    submission: String = "K1"
  ) -> ComplaintReport {
    ComplaintReport(
      kind: kind, category: category, text: Personal(text), contact: Personal("0812000111"), submission: submission)
  }

  func serve() throws -> ServedModule {
    try ServedModule(
      module.routes(), navigation: module.navigation(), gatekeeper: StandingOfficers(), in: base)
  }
}

let supervisor = Principal.officer(OfficerID(8), .supervisor)

/// All nine elements with one score.
func answers(_ score: Int, comment: String? = nil) -> SurveyAnswers {
  var answers = SurveyAnswers()
  for element in SurveyElement.allCases { answers.scores[element] = SurveyScore(rawValue: score) }
  answers.comment = comment.map { Personal($0) }
  return answers
}
