import Appointments
import Civil
import Client
import Contracts
import Core
import Crypto
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Documents
@testable import Feedback
@testable import Privacy
@testable import Queue
@testable import Registration
@testable import Vault

/// A process is killed while a supervisor decides what people ask about their data; afterwards each case is undecided and
/// nothing has happened, or decided and all of it has.
final class DecisionKillTests: XCTestCase {
  private static let killCount = 100
  private static let kinds: [RequestKind] = [.erasure, .rectification, .erasure, .restriction]
  /// As many as one process may decide before it is killed.
  private static let casesPerKill = 4

  /// A case and whom it concerns.
  private struct Case: Sendable {
    let request: RightsRequest
    /// Under whom the complaint is kept that the decision reaches, too.
    let complainant: SubjectID?
    var code: PublicCode { request.code }
    var argument: String { "\(code):\(complainant?.rawValue ?? 0)" }
  }

  /// The state as the next process finds it.
  private struct Office {
    let store: Store
    let vault: Vault
    let archive: DocumentArchive
    let complaints: ComplaintService
  }

  private func open(_ directory: String) async throws -> Office {
    let (clock, log) = (SystemClock(), SilentLog())
    let store = try Store.open(at: directory + "/gapura.db", readers: 1, clock: clock, log: log)
    try await store.migrate(
      VaultModule.schemas + [
        DocumentsModule.schema, RegistrationModule.schema, FeedbackModule.schema, PrivacyModule.schema,
        QueueModule.schema, AppointmentsModule.schema,
      ])
    let vault = Vault(
      source: RootKeySource(credentialsDirectory: nil, stateDirectory: directory), store: store, clock: clock,
      random: SystemRandom(), log: log, library: try CryptoLibrary())
    try await vault.open()
    let archive = try DocumentArchive(
      sealing: vault, erasures: vault, holdings: vault, store: store,
      folder: DocumentFolder(path: directory + "/documents"), clock: clock, random: SystemRandom(), log: log)
    try archive.folder.prepare()
    let complaints = ComplaintService(
      store: store, clock: clock, random: SystemRandom(), zone: .wib, days: OfficeDays(catalogue: nil),
      rules: ComplaintRules(directory: nil), vault: vault, pins: CasePIN(hash: vault),
      lookUps: LookUpGuard(clock: clock, log: log))
    return Office(store: store, vault: vault, archive: archive, complaints: complaints)
  }

  func testADecisionThatIsKilledIsMadeWholeOrNotAtAll() async throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
    print("\(#function): GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    let directory = FileManager.default.temporaryDirectory.path + "/gapura-decisions-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try RootKeyFile.create(directory + "/" + RootKeySource.name, library: CryptoLibrary())

    var waiting: [Case] = []
    var office = try await open(directory)
    var (decidedCount, interrupted, keptOpen) = (0, 0, 0)
    // How long a decision takes on this machine at this hour: somewhere in it the next kill falls.
    var microseconds = 4_000
    for kill in 0..<Self.killCount {
      while waiting.count < Self.casesPerKill { waiting.append(try await ask(random.below(900_000_000), office)) }
      let asked = Array(waiting.prefix(Self.casesPerKill))
      await office.store.close()
      let lines = try killed(directory, asked, within: microseconds, random)
      office = try await open(directory)
      let isDeciding = Set(lines.filter { $0[0] == "deciding" }.map { $0[1] })
      let isDecided = Set(lines.filter { $0[0] == "decided" }.map { $0[1] })
      if let last = lines.last(where: { $0[0] == "decided" }), last.count == 3, let took = Int(last[2]) {
        microseconds = took
      }
      XCTAssertFalse(lines.contains { $0[0] == "refused" }, "\(lines)")
      for one in asked {
        let wasDecided = try await check(one, office, kill: kill)
        let code = one.code.description
        if isDecided.contains(code) { XCTAssertTrue(wasDecided, "kill \(kill) took a decision back") }
        if !isDeciding.contains(code) { XCTAssertFalse(wasDecided, "kill \(kill): nobody has decided that") }
        decidedCount += wasDecided ? 1 : 0
        if isDeciding.contains(code), !isDecided.contains(code) {
          interrupted += 1
          keptOpen += wasDecided ? 0 : 1
        }
      }
      var open: [Case] = []
      for one in waiting where try await state(of: one, office) == .open { open.append(one) }
      waiting = open
    }
    await office.store.close()
    print("\(decidedCount) decided; \(interrupted) killed while they were, of which \(keptOpen) stayed open")
    XCTAssertGreaterThan(decidedCount, Self.killCount / 2)
    XCTAssertGreaterThan(interrupted, Self.killCount / 4, "the kills came when nothing was under way")
    XCTAssertGreaterThan(keptOpen, 0)
    XCTAssertGreaterThan(interrupted, keptOpen)
  }

  private func killed(
    _ directory: String, _ asked: [Case], within microseconds: Int, _ random: SeededRandom
  ) throws -> [[String]] {
    let crasher = try ChildProcess(
      ChildProcess.built("RightsCrasher"),
      [directory, ModuleOffice.repository + "/share/locales"] + asked.map(\.argument))
    // Of each case two lines: now one is being decided, now one has just been.
    try crasher.waitForLines(2 + random.below(2 * asked.count - 1))
    // Not to wait for something: where the kill falls is what is random here.
    usleep(UInt32(random.below(max(1_000, microseconds * 5 / 4))))
    XCTAssertTrue(crasher.isRunning, "it ended by itself: \(crasher.speech.complaintText)")
    crasher.end(with: SIGKILL)
    return crasher.speech.text.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map(String.init) }
  }

  // MARK: Before

  /// A person has applied, sent a document and a complaint, and asks for something.
  private func ask(_ place: Int, _ office: Office) async throws -> Case {
    // Seven to nine digits more: a mobile number that exists, by which the complaint is found.
    let telephone = "+62811\(String(place + 1_000_000))"
    let number = try await office.complaints.receive(
      ComplaintReport(
        kind: .complaint, category: .time, text: Personal("Antrean lama"), contact: Personal(telephone),
        submission: "K\(place)"))
    let kind = Self.kinds[place % Self.kinds.count]
    let vault = office.vault
    let (subject, complainant) = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(
        Personal(
          Biodata(
            fullName: "Contoh Salah", nik: nil, birthPlace: "Agam", dateOfBirth: "1990-07-01", sex: "P",
            nationality: "IDN")), of: subject, in: transaction)
      try vault.seal(
        Personal(Contact(telephone: telephone, email: nil, address: nil)), of: subject, in: transaction)
      if kind == .rectification {
        let wish = CorrectionWish(values: [PersonalField.fullName.rawValue: "Contoh Benar"])
        try vault.seal(Personal(wish), of: subject, in: transaction)
      }
      return (subject, try ComplaintTable.complaint(number, in: transaction)?.subject)
    }
    _ = try await office.archive.store(PNGSample.chunks(PNGSample.bytes(byteCount: 500)), of: subject) { _, _ in }
    let application = ApplicationNumber(from: SystemRandom())
    try await office.store.write { try Self.book(application, of: subject, in: $0) }
    let request = RightsRequest(
      code: PublicCode(from: SystemRandom()), number: DataRequestNumber(from: SystemRandom()), kind: kind,
      application: application, subject: subject, receivedAt: SystemClock().now,
      dueAt: SystemClock().now + RightsRequest.term, receivedBy: Principal.applicant.description)
    try await office.store.write { try RequestTable.insert(request, in: $0) }
    return Case(request: request, complainant: kind.reachesHoldings ? complainant : nil)
  }

  /// They have an appointment on a day that never comes.
  private static func book(
    _ application: ApplicationNumber, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO registration_application (number, service, subject, registered_at, fee, notice_version)
      VALUES (\(application), 'paspor', \(subject), 0, 0, 1)
      """)
    let (person, code) = (Array("orang \(subject)".utf8), PublicCode(from: SystemRandom()))
    try transaction.run(
      """
      INSERT INTO appointments_appointment (id, place, code, number, submission, kind, state, day, priority, made_at)
      VALUES (\(subject), \(PlaceID.office), \(code), \(AppointmentNumber(from: SystemRandom())), \(application), 'priority', 'booked', '2999-01-01', 'pregnant', 0)
      """)
    try transaction.run(
      """
      INSERT INTO appointments_slot
        (id, place, day, service, half_hour, number, at, kind, released_at, available_at, appointment)
      VALUES (\(subject), \(PlaceID.office), '2999-01-01', 'paspor', 480, \(subject), 480, 'priority', 0, 0, \(subject))
      """)
    try transaction.run(
      """
      INSERT INTO appointments_visit (appointment, code, application, service, person, day, half_hour, at, slot)
      VALUES (\(subject), \(code), \(application), 'paspor', \(person), '2999-01-01', 480,
        480, \(subject))
      """)
    try transaction.run("INSERT INTO appointments_claim (person, appointment) VALUES (\(person), \(subject))")
  }

  // MARK: Afterwards

  private func state(of one: Case, _ office: Office) async throws -> RequestState? {
    try await office.store.read { try RequestTable.find(one.code, in: $0)?.state }
  }

  /// What stands of a person.
  private struct Standing: Equatable {
    var name: String?
    var hasKey = true
    var isErased = false
    var isRestricted = false
    var correctionCount = 0
    var hasWish = false
    var documentCount = 1
    var receiptCount = 0
    /// The appointment, why it is on the priority line, whether its slot is taken, and what is left of whose it was.
    var booking = "booked pregnant taken 1 1"
  }

  /// - Returns: whether it was decided.
  private func check(_ one: Case, _ office: Office, kill: Int) async throws -> Bool {
    let request = try await office.store.read { try RequestTable.find(one.code, in: $0) }
    let isDecided = request?.state == .carriedOut
    XCTAssertEqual(request?.goneBy != nil, isDecided && one.request.kind == .erasure)
    var expected = Standing(name: "Contoh Salah", hasWish: one.request.kind == .rectification)
    switch one.request.kind {
    case .erasure where isDecided:
      expected = Standing(
        hasKey: false, isErased: true, documentCount: 0, receiptCount: 1, booking: "cancelled - free 0 0")
    case .rectification where isDecided:
      (expected.name, expected.correctionCount, expected.hasWish) = ("Contoh Benar", 1, false)
    case .restriction where isDecided: expected.isRestricted = true
    default: break
    }
    let standing = try await standing(of: one.request, office)
    XCTAssertEqual(standing, expected, "kill \(kill): \(one.request.kind), decided: \(isDecided)")
    if let complainant = one.complainant {
      try await checkComplaint(of: complainant, one, isDecided: isDecided, office, kill: kill)
    }
    return isDecided
  }

  private func standing(of request: RightsRequest, _ office: Office) async throws -> Standing {
    let (vault, archive, subject) = (office.vault, office.archive, request.subject)
    let keyRing = try vault.opened.keyRing
    return try await office.store.write { transaction in
      // Read past purpose and restriction: what is there, not who may see it.
      Standing(
        name: try vault.read(Biodata.self, of: subject, in: transaction)?.exposed.fullName,
        hasKey: try keyRing.dataKey(of: subject) != nil,
        isErased: try vault.receipt(ofErased: subject, in: transaction) != nil,
        isRestricted: try vault.restrictedSince(subject, in: transaction) != nil,
        correctionCount: try vault.corrections(of: subject, in: transaction).count,
        hasWish: try vault.read(CorrectionWish.self, of: subject, in: transaction)
          .map { !$0.exposed.values.isEmpty } ?? false,
        documentCount: try archive.documents(of: subject, in: transaction).count,
        receiptCount: try transaction.value(
          "SELECT count(*) FROM ledger_receipts WHERE reference = \(request.application.description)") ?? 0,
        booking: try transaction.value(
          """
          SELECT a.state || ' ' || coalesce(a.priority, '-')
            || CASE WHEN p.appointment IS NULL AND p.available_at > 0 THEN ' free ' ELSE ' taken ' END
            || (SELECT count(*) FROM appointments_claim WHERE appointment = a.id) || ' '
            || (SELECT count(*) FROM appointments_visit WHERE appointment = a.id AND person IS NOT NULL)
          FROM appointments_appointment a JOIN appointments_slot p ON p.id = a.id WHERE a.id = \(subject)
          """) ?? "")
    }
  }

  private func checkComplaint(
    of complainant: SubjectID, _ one: Case, isDecided: Bool, _ office: Office, kill: Int
  ) async throws {
    let vault = office.vault
    let keyRing = try vault.opened.keyRing
    let isErased = isDecided && one.request.kind == .erasure
    let found = try await office.store.write { transaction in
      (
        text: try vault.read(Statement.self, of: complainant, in: transaction)?.exposed.answers["text"],
        hasKey: try keyRing.dataKey(of: complainant) != nil,
        isRestricted: try vault.restrictedSince(complainant, in: transaction) != nil,
        state: try ComplaintTable.complaints(of: [complainant], in: transaction).first?.recordedState
      )
    }
    XCTAssertEqual(found.text, isErased ? nil : "Antrean lama", "kill \(kill)")
    XCTAssertEqual(found.hasKey, !isErased, "kill \(kill)")
    XCTAssertEqual(found.isRestricted, isDecided && one.request.kind == .restriction, "kill \(kill)")
    XCTAssertEqual(found.state, isErased ? .lapsed : .received, "kill \(kill)")
  }
}
