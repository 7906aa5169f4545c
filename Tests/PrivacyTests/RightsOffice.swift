import Accessibility
import Appointments
import Catalogue
import Client
import Contracts
import Core
import Crypto
import Feedback
import Foundation
import ModuleHarness
import Queue
import Registration
import Store
import Tracking
import Web
import XCTest

@testable import Documents
@testable import Privacy
@testable import Vault

/// An office in which people apply, officers serve, and everybody has rights: all of it real but the officers' accounts.
final class RightsOffice: Sendable {
  static let service = "paspor-elektronik-10"
  static let born: [(name: String, value: String)] = [
    ("lahir--hari", "17"), ("lahir--bulan", "8"), ("lahir--tahun", "1990"),
  ]

  let base: ModuleOffice
  let directory: String
  let vault: Vault
  let archive: DocumentArchive
  let queue: QueueModule
  /// nil without a queue, which it needs.
  let appointments: AppointmentsModule?
  let privacy: PrivacyModule
  private let served: ServedModule

  /// Officers by number.
  private struct StandingNames: OfficerDirectory {
    func accountNames() async throws -> [OfficerID: String] { [:] }

    func name<Database: Queryable & ~Copyable>(
      of officer: OfficerID, in database: borrowing Database
    ) throws -> String? {
      officer == OfficerID(7) ? "Sari Contoh" : "Budi Contoh"
    }
  }

  init(configuring files: [String: String] = [:], withQueue hasQueue: Bool = true) async throws {
    base = try ModuleOffice(seed: UInt64.random(in: 0 ... .max))
    directory = FileManager.default.temporaryDirectory.path + "/gapura-rights-\(UUID().uuidString)"
    let shipped = ModuleOffice.repository + "/etc/gapura"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: shipped, toPath: directory + "/etc")
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(directory)/etc/\(name)")) }
    var services = base.services()
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    services.provide(RootKeySource.self, source)
    services.provide(StateDirectory.self, StateDirectory(path: directory))
    services.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: directory + "/etc"))
    services.provide(PublicAddress.self, PublicAddress("https://antre.example.go.id"))
    services.provide((any OfficerDirectory).self, StandingNames())
    try await base.store.migrate(
      VaultModule.schemas + [
        DocumentsModule.schema, TrackingModule.schema, RegistrationModule.schema, FeedbackModule.schema,
        PrivacyModule.schema, AccessibilityModule.schema, QueueModule.schema, AppointmentsModule.schema,
      ])
    let sealing = try VaultModule(services: services)
    vault = sealing.vault
    try await vault.open()
    sealing.provide(to: &services)
    let documents = try DocumentsModule(services: services)
    archive = documents.archive
    try archive.folder.prepare()
    documents.provide(to: &services)
    let catalogue = CatalogueModule(services: services)
    try await catalogue.start()
    catalogue.provide(to: &services)
    let tracking = try TrackingModule(services: services)
    tracking.provide(to: &services)
    let registration = try RegistrationModule(services: services)
    registration.provide(to: &services)
    let feedback = try FeedbackModule(services: services)
    try await feedback.start()
    feedback.provide(to: &services)
    try AccessibilityModule(services: services).provide(to: &services)
    queue = try QueueModule(services: services)
    if hasQueue { queue.provide(to: &services) }
    appointments = try hasQueue ? AppointmentsModule(services: services) : nil
    appointments?.provide(to: &services)
    privacy = try PrivacyModule(services: services)
    let faces: [any WebFacing] = [tracking, registration, feedback, privacy]
    served = try ServedModule(
      faces.flatMap { $0.routes() }, navigation: faces.flatMap { $0.navigation() }, gatekeeper: StandingOfficers(),
      in: base)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func end() async {
    await served.stop()
    await base.store.close()
  }

  /// A person at a browser.
  func visitor(_ language: String = "id") -> Visitor { served.visitor(language) }

  /// An officer at theirs: `CLERK` or `SUPERVISOR`.
  func officer(_ token: String, _ language: String = "id") async -> Visitor {
    let visitor = visitor(language)
    await visitor.with { $0.setCookie("petugas", token) }
    return visitor
  }

  /// A person applies on the web.
  func apply(
    name: String = "Contoh Uji", nik: String = "1808991708900001", ticking boxes: [String] = [],
    in given: Visitor? = nil
  ) async throws -> ApplicationNumber {
    let browser = given ?? visitor()
    let page = try await browser.get("/ajukan/\(Self.service)")
    var form = try XCTUnwrap(page.form(to: "/ajukan/\(Self.service)")).filled([
      "nama": name, "nik": nik, "tempat-lahir": "Contoh", "tanggal-lahir--hari": "17",
      "tanggal-lahir--bulan": "08", "tanggal-lahir--tahun": "1990", "jenis-kelamin": "L", "telepon": "08000000001",
      "alamat": "Jalan Contoh 1", "tujuan": "wisata",
    ])
    for box in boxes { form = form.filled([box: "ya"]) }
    let answer = try await browser.submit(form)
    let path = try XCTUnwrap(answer.location, answer.text)
    return try XCTUnwrap(path.split(separator: "/").last?.removingPercentEncoding.flatMap { ApplicationNumber($0) })
  }

  /// A person complains on the web.
  ///
  /// - Returns: the person under whom the complaint is kept.
  func complain(_ text: String, contact: String) async throws -> SubjectID {
    let browser = visitor()
    let page = try await browser.get("/pengaduan")
    let form = try XCTUnwrap(page.form(to: "/pengaduan")).filled([
      "jenis": "complaint", "tentang": "time", "isi": text, "kontak": contact,
    ])
    expect(try await browser.submit(form).status, 303)
    let subject: SubjectID? = try await base.store.read {
      try $0.value("SELECT subject FROM feedback_complaint ORDER BY id DESC LIMIT 1")
    }
    return try XCTUnwrap(subject)
  }

  /// The person has shown who they are, and sees their data.
  func person(_ number: ApplicationNumber, _ language: String = "id") async throws -> Visitor {
    let visitor = visitor(language)
    _ = try await visitor.visit("/data-saya")
    let answer = try await visitor.post(
      "/data-saya", [("nomor", number.description), ("kode", try await code(for: number))])
    XCTAssertEqual(answer.status, 303, answer.heading ?? "")
    return visitor
  }

  /// An officer has seen the person's identity document and hands out a code.
  func code(for number: ApplicationNumber) async throws -> String {
    let officer = await officer("CLERK")
    _ = try await officer.get("/petugas/permohonan")
    let answer = try await officer.post("/petugas/permohonan/\(number)/kode", [("identitas", "ya")])
    return String(try XCTUnwrap(answer.text.firstMatch(of: />(\d{6})</), answer.text).output.1)
  }

  /// - Returns: the page of the request that was made.
  func ask(
    _ kind: RequestKind, _ number: ApplicationNumber, _ person: Visitor,
    _ fields: [(name: String, value: String)] = []
  ) async throws -> String {
    let path = "/data-saya/\(Browser.encoded(number.description))/minta/\(kind.rawValue)"
    _ = try await person.get(path)
    let answer = try await person.confirm(person.post(path, fields))
    XCTAssertEqual(answer.status, 303, answer.text)
    return try XCTUnwrap(answer.location)
  }

  /// A supervisor carries a request out.
  func carryOut(_ page: String) async throws -> Answer {
    try await decide(page, [("putusan", "in-person"), ("dibandingkan", "ya")])
  }

  func decide(_ page: String, _ fields: [(name: String, value: String)]) async throws -> Answer {
    let supervisor = await officer("SUPERVISOR")
    let path = "/petugas/hak-data/kasus/\(page.split(separator: "/").last ?? "")"
    _ = try await supervisor.get(path)
    return try await supervisor.confirm(supervisor.post(path, fields))
  }

  func own(_ number: ApplicationNumber) -> String { "/data-saya/\(Browser.encoded(number.description))" }

  func subject(_ number: ApplicationNumber) async throws -> SubjectID {
    let subject: SubjectID? = try await base.store.read {
      try $0.value("SELECT subject FROM registration_application WHERE number = \(number)")
    }
    return try XCTUnwrap(subject)
  }

  func entries(_ kind: LedgerKind, about number: ApplicationNumber) async throws -> [LedgerRecord] {
    let (vault, subject) = (vault, try await subject(number))
    return try await base.store.read { try vault.entries(about: subject, limit: 500, in: $0) }
      .filter { $0.kind == kind }
  }
}
