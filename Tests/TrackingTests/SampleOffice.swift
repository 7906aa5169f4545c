import Client
import Contracts
import Core
import Crypto
import Foundation
import Store
import Web
import XCTest

@testable import Tracking
@testable import Vault

func text(_ indonesian: String, _ english: String? = nil) -> LocalizedText {
  LocalizedText([.indonesian: indonesian, .english: english ?? indonesian])
}

func sampleStage(_ code: String, _ mover: Stage.Mover, _ ending: Stage.Ending) -> Stage {
  Stage(
    code: code, name: text("Tahap \(code)", "Stage \(code)"), explanation: text("Penjelasan.", "Explanation."),
    mover: mover, ending: ending)
}

extension OfferedService {
  /// A visit, two decisions, a collection.
  static let passport = OfferedService(
    code: ServiceCode("paspor"), name: text("Paspor", "Passport"), summary: text(""), audience: .citizens,
    queueLetter: "A", acceptsWebApplications: true, requirements: [], fields: [], fees: [], promisedWorkingDays: 4,
    stages: [
      sampleStage("kunjungan", .applicant, .visit), sampleStage("cetak", .office, .officer),
      sampleStage("uji", .office, .officer),
      sampleStage("ambil", .applicant, .visit), sampleStage("selesai", .applicant, .none),
    ], legalBasis: [], validFrom: CivilDate(dayNumber: 0), validTo: nil, notices: [])
}

/// Works from Monday to Friday.
struct SampleCatalogue: CatalogueService {
  var offered: [OfferedService] = [.passport]

  func services(on day: CivilDate) -> [OfferedService] { offered }
  func service(_ code: ServiceCode) -> OfferedService? { offered.first { $0.code == code } }
  func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 }

  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate {
    var (left, day) = (count, day)
    while left > 0 {
      day = day.adding(days: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }
}

/// A state directory of its own with a real store and a real vault.
final class SampleOffice: Sendable {
  static let born = CivilDate(dayNumber: 7_533)  // 17 August 1990
  static let clerk = Principal.officer(OfficerID(7), .clerk)

  let directory: String
  let store: Store
  let vault: Vault
  /// Sunday, 22 November 2026, 12.00 WIB.
  let clock = ManualClock(Instant(milliseconds: 1_795_323_600_000))
  let lookUps: LookUpGuard

  init() async throws {
    directory = FileManager.default.temporaryDirectory.path + "/gapura-tracking-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    lookUps = LookUpGuard(clock: clock, log: SilentLog(), missTime: .zero)
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: SilentLog())
    try await store.migrate(VaultModule.schemas + [TrackingModule.schema])
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    vault = Vault(
      source: source, store: store, clock: clock, random: SystemRandom(), log: SilentLog(), library: try CryptoLibrary()
    )
    try await vault.open()
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func journeys(_ catalogue: (any CatalogueService)? = SampleCatalogue()) -> Journeys {
    Journeys(
      store: store, vault: vault, catalogue: catalogue, zone: .wib, clock: clock, lookUps: lookUps, ledger: vault)
  }

  /// A person born on `born` applies.
  func apply() async throws -> ApplicationNumber {
    let number = ApplicationNumber(from: SystemRandom())
    let journeys = journeys()
    try await store.write { transaction in
      let subject = try self.vault.createSubject(in: transaction)
      let person = Biodata(
        fullName: "Planted", nik: nil, birthPlace: "", dateOfBirth: Self.born.description, sex: "P", nationality: "IDN")
      try self.vault.seal(Personal(person), of: subject, in: transaction)
      try journeys.open(number, subject: subject, service: .passport, in: transaction)
    }
    return number
  }

  @discardableResult
  func finishVisit(_ number: ApplicationNumber) async throws -> Stage? {
    let journeys = journeys()
    return try await store.write { try journeys.finishVisit(of: number, by: Self.clerk, in: $0) }
  }

  func takeBackVisit(_ number: ApplicationNumber, entering stage: String) async throws -> Bool {
    let journeys = journeys()
    return try await store.write {
      try journeys.takeBackVisit(of: number, entering: stage, by: Self.clerk, in: $0)
    }
  }

  func advance(_ number: ApplicationNumber, from stage: String) async throws -> Stage {
    let journeys = journeys()
    return try await store.write { try journeys.advance(number, from: stage, by: Self.clerk, in: $0) }
  }

  func timeline(_ number: ApplicationNumber) async throws -> Timeline? {
    let journeys = journeys()
    return try await store.read { try journeys.timeline(of: number, in: $0) }
  }

  func workList() async throws -> WorkList {
    let journeys = journeys()
    return try await store.read { try journeys.workList(as: Self.clerk, in: $0) }
  }

  func count(_ sql: SQL) async throws -> Int { try await store.read { try $0.value(sql) ?? 0 } }
}

/// The problem that the body throws; the test fails when there is none.
func problem(
  _ body: () async throws -> some Any, file: StaticString = #filePath, line: UInt = #line
) async -> Problem? {
  do {
    _ = try await body()
    XCTFail("nothing was thrown", file: file, line: line)
  } catch let problem as Problem {
    return problem
  } catch {
    XCTFail("another error: \(error)", file: file, line: line)
  }
  return nil
}
