import Contracts
import Core
import Crypto
import Foundation
import Store
import XCTest

@testable import Documents
@testable import Registration
@testable import Tracking
@testable import Vault

/// A state directory of its own with a real store, a real vault and real tracking.
final class Hall: Sendable {
  let directory: String
  let store: Store
  let vault: Vault
  let documents: DocumentArchive
  /// Sunday, 22 November 2026, 12.00 WIB.
  let clock = ManualClock(Instant(milliseconds: 1_795_323_600_000))
  let office = Office(
    name: text("Kantor Imigrasi Contoh", "Sample Immigration Office"), zone: .wib, address: "", telephone: "",
    counters: [], acceptsSpecimens: true)

  init() async throws {
    directory = FileManager.default.temporaryDirectory.path + "/gapura-registration-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: SilentLog())
    try await store.migrate(
      VaultModule.schemas + [DocumentsModule.schema, RegistrationModule.schema, TrackingModule.schema])
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    vault = Vault(
      source: source, store: store, clock: clock, random: SystemRandom(), log: SilentLog(), library: try CryptoLibrary()
    )
    try await vault.open()
    documents = try DocumentArchive(
      sealing: vault, erasures: vault, holdings: vault, store: store,
      folder: DocumentFolder(path: "\(directory)/documents"), clock: clock, random: SystemRandom(), log: SilentLog())
    try documents.folder.prepare()
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func applications(
    vault: (any VaultService)? = nil, catalogue: (any CatalogueService)? = SampleCatalogue(),
    tracking: (any TrackingService)? = nil, random: any RandomSource = SystemRandom()
  ) -> Applications {
    Applications(
      store: store, vault: vault ?? self.vault, catalogue: catalogue, tracking: tracking, hash: self.vault,
      clock: clock, random: random)
  }

  func journeys() -> Journeys {
    Journeys(
      store: store, vault: vault, catalogue: SampleCatalogue(), zone: .wib, clock: clock,
      lookUps: LookUpGuard(clock: clock, log: SilentLog(), missTime: .zero))
  }

  func sheet(
    _ service: OfferedService = .passport, _ typed: [String: String] = Typed.citizen, changing: [String: String] = [:]
  ) -> AnswerSheet {
    let all = typed.merging(changing) { $1 }
    return AnswerSheet(ServiceForm(service: service), today: office.zone.date(of: clock.now)) { all[$0] ?? "" }
  }

  /// How many rows each table has that an application touches, and how many events there are.
  func rowCounts() async throws -> [String: Int] {
    try await store.read { snapshot in
      [
        "application": try snapshot.value("SELECT count(*) FROM registration_application") ?? 0,
        "fee": try snapshot.value("SELECT count(*) FROM registration_fee") ?? 0,
        "submission": try snapshot.value("SELECT count(*) FROM registration_submission") ?? 0,
        "case": try snapshot.value("SELECT count(*) FROM tracking_case") ?? 0,
        "step": try snapshot.value("SELECT count(*) FROM tracking_step") ?? 0,
        "subject": try snapshot.value("SELECT count(*) FROM vault_subjects") ?? 0,
        "record": try snapshot.value("SELECT count(*) FROM vault_records") ?? 0,
        "event": try snapshot.value("SELECT count(*) FROM store_events") ?? 0,
      ]
    }
  }
}

/// Counts the calls that could fail, and fails the one that it is told to.
final class Tripwire: Sendable {
  struct Tripped: Error {}

  private let left: Int
  private let count = RunningNumber()

  init(failing call: Int) { left = call }

  func step() throws {
    if count.next() == left { throw Tripped() }
  }
}

/// Vault and tracking with a tripwire before and after each change.
struct FragileVault: VaultService {
  let inner: any VaultService
  let wire: Tripwire

  func createSubject(in transaction: borrowing Transaction) throws -> SubjectID {
    try wire.step()
    let subject = try inner.createSubject(in: transaction)
    try wire.step()
    return subject
  }

  func seal<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    try inner.seal(record, of: subject, in: transaction)
    try wire.step()
  }

  func seal(
    all records: Personal<[any PersonalRecord]>, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    for record in records.exposed { try sealAny(record, of: subject, in: transaction) }
  }

  private func sealAny<Record: PersonalRecord>(
    _ record: Record, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    try seal(Personal(record), of: subject, in: transaction)
  }

  func open(
    all types: [any PersonalRecord.Type], of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction, while isMoreNeeded: (OpenedRecords) -> Bool
  ) throws -> OpenedRecords {
    try inner.open(all: types, of: subject, for: purpose, as: principal, in: transaction, while: isMoreNeeded)
  }

  func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Personal<Record>? {
    try inner.open(type, of: subject, for: purpose, as: principal, in: transaction)
  }

  func open<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, for purpose: Purpose,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>? {
    try inner.open(type, fields: fields, of: subject, for: purpose, as: principal, in: transaction)
  }

  func alike<Database: Queryable & ~Copyable>(
    to subject: SubjectID, in database: borrowing Database
  ) throws -> [SubjectID] { try inner.alike(to: subject, in: database) }

  func breakGlass<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, because reason: Personal<String>,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>? {
    try inner.breakGlass(type, fields: fields, of: subject, because: reason, as: principal, in: transaction)
  }

  func masked<Database: Queryable & ~Copyable>(
    _ subjects: [SubjectID], in database: borrowing Database
  ) throws -> [SubjectID: MaskedIdentities] {
    try inner.masked(subjects, in: database)
  }

  func confirm(
    dateOfBirth date: Personal<CivilDate>, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    try inner.confirm(dateOfBirth: date, of: subject, for: purpose, as: principal, in: transaction)
  }

  func subjects<Database: Queryable & ~Copyable>(
    with field: IdentityField, _ value: Personal<String>, in database: borrowing Database
  ) throws -> [SubjectID] {
    try inner.subjects(with: field, value, in: database)
  }
}

struct FragileTracking: TrackingService {
  let inner: Journeys
  let wire: Tripwire

  func open(
    _ number: ApplicationNumber, subject: SubjectID, service: OfferedService, in transaction: borrowing Transaction
  ) throws {
    try wire.step()
    try inner.open(number, subject: subject, service: service, in: transaction)
    try wire.step()
  }

  func finishVisit(
    of number: ApplicationNumber, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage? {
    try inner.finishVisit(of: number, by: principal, in: transaction)
  }

  func takeBackVisit(
    of number: ApplicationNumber, entering stage: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Bool {
    try inner.takeBackVisit(of: number, entering: stage, by: principal, in: transaction)
  }

  func timeline<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> Timeline? {
    try inner.timeline(of: number, in: database)
  }

  func timeline(
    of number: ApplicationNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> Timeline {
    try await inner.timeline(of: number, bornOn: date, as: principal, from: client)
  }
}
