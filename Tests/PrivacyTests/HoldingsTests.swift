import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Web
import XCTest

@testable import Privacy
@testable import Vault

/// What a person has sent apart from the application, as their rights reach it.
final class HoldingsTests: XCTestCase {
  /// That of `RightsOffice.apply`, as another person would write it.
  private static let contact = "WA +62 800-000-0001 (Contoh)"

  private func casePage(_ request: String, _ office: RightsOffice) async throws -> Answer {
    let supervisor = await office.officer("SUPERVISOR")
    return try await supervisor.get("/petugas/hak-data/kasus/\(request.split(separator: "/").last ?? "")")
  }

  private func complaintPage(_ subject: SubjectID, _ office: RightsOffice) async throws -> Answer {
    let id: Int64? = try await office.base.store.read {
      try $0.value("SELECT id FROM feedback_complaint WHERE subject = \(subject)")
    }
    return try await office.officer("SUPERVISOR").get("/petugas/pengaduan/\(try XCTUnwrap(id))")
  }

  private func hasKey(_ subject: SubjectID, _ office: RightsOffice) throws -> Bool {
    let keyRing = try office.vault.opened.keyRing
    return try keyRing.dataKey(of: subject) != nil
  }

  func testTheCopyHoldsTheComplaintsThatAnOfficerHoldsForThePersons() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let own = try await office.complain("Antrean terlalu lama", contact: Self.contact)
    let familys = try await office.complain("Kursi kurang", contact: "0800 000 0001")
    let strangers = try await office.complain("Loket gelap", contact: "0811 2222 3333, lain@contoh.id")
    let person = try await office.person(number)
    let request = try await office.ask(.access, number, person)
    let page = try await casePage(request, office)
    XCTAssertEqual(page.faults, [])
    for subject in [own, familys] { XCTAssertTrue(page.text.contains("value=\"\(subject)\""), "\(subject)") }
    XCTAssertFalse(page.text.contains("value=\"\(strangers)\""), "sent with another number")
    XCTAssertFalse(page.text.contains("checked"), "whose it is an officer says, not a telephone number")
    for text in ["Antrean terlalu lama", "Kursi kurang"] { XCTAssertFalse(page.text.contains(text), "opened: \(text)") }
    let refused = try await office.decide(request, [("putusan", "in-person"), ("ikut", strangers.description)])
    XCTAssertEqual(refused.status, 422, "nothing can be ticked that was not offered")
    let decided = try await office.decide(request, [("putusan", "in-person"), ("ikut", own.description)])
    XCTAssertEqual(decided.status, 303)

    _ = try await person.get(office.own(number))
    let copy = try ArchiveReader(try await person.post(office.own(number) + "/salinan", []).body)
    let json = try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(copy["data.json"] ?? [])) as? [String: Any])
    let complaints = try XCTUnwrap(json["complaints"] as? [[String: Any]])
    XCTAssertEqual(complaints.count, 1)
    let answers = try XCTUnwrap(complaints.first?["answers"] as? [String: String])
    XCTAssertEqual(answers, ["text": "Antrean terlalu lama", "contact": Self.contact])
    let vault = office.vault
    let openings = try await office.base.store.read { try vault.openings(of: own, limit: 9, in: $0) }
    XCTAssertEqual(openings.map(\.purpose), [.rights])
    try office.expectAbsent([Array("Antrean terlalu lama".utf8), Array("800-000-0001".utf8)])
    await office.end()
  }

  func testAnErasureDestroysTheKeysOfWhatIsTickedAndOfNothingElse() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let own = try await office.complain("Antrean terlalu lama", contact: Self.contact)
    let familys = try await office.complain("Kursi kurang", contact: "0800 000 0001")
    let request = try await office.ask(.erasure, number, try await office.person(number))
    let decided = try await office.decide(request, [("putusan", "call-back"), ("ikut", own.description)])
    XCTAssertEqual(decided.status, 303)
    let subject = try await office.subject(number)
    XCTAssertEqual(try [subject, own, familys].map { try hasKey($0, office) }, [false, false, true])
    let gone = try await complaintPage(own, office)
    XCTAssertEqual(gone.status, 404)
    XCTAssertTrue(
      gone.text.contains(office.base.locales.words(.indonesian)("problem.feedback.erased-complaint.title")))
    XCTAssertEqual(gone.faults, [])
    let left = try await complaintPage(familys, office)
    XCTAssertTrue(left.text.contains("Kursi kurang"))
    // It still counts, as finished, and nobody is warned of its deadline.
    let states: [String] = try await office.base.store.read {
      try $0.rows("SELECT state FROM feedback_complaint ORDER BY id") { row in try row.get(0) }
    }
    XCTAssertEqual(states, ["lapsed", "received"])
    let supervisor = await office.officer("SUPERVISOR")
    expect(try await supervisor.get("/petugas/pengaduan").faults, [])
    await office.end()
  }

  func testAComplaintWithoutAContactIsReachedByItsNumberAlone() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let nameless = try await office.complain("Petugas kasar", contact: "")
    let text: String? = try await office.base.store.read { try $0.value("SELECT number FROM feedback_complaint") }
    let reference = try XCTUnwrap(text)
    let request = try await office.ask(.erasure, number, try await office.person(number))
    let page = try await casePage(request, office)
    XCTAssertEqual(page.faults, [])
    XCTAssertFalse(page.text.contains(reference))
    let wrong = try await office.decide(
      request, [("putusan", "in-person"), ("nomor-laporan", "\(reference), 0000-0000-0000-1")])
    XCTAssertEqual(wrong.status, 422)
    XCTAssertEqual(wrong.faults, [])
    XCTAssertTrue(try hasKey(nameless, office), "nothing is decided by halves")
    let typed = reference.lowercased().replacingOccurrences(of: "-", with: " ")
    let decided = try await office.decide(request, [("putusan", "in-person"), ("nomor-laporan", typed)])
    XCTAssertEqual(decided.status, 303)
    XCTAssertFalse(try hasKey(nameless, office))
    await office.end()
  }

  func testARestrictionHoldsForWhatIsTickedUntilItIsLifted() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let own = try await office.complain("Antrean terlalu lama", contact: Self.contact)
    let person = try await office.person(number)
    let fields = [(name: "putusan", value: "in-person"), (name: "ikut", value: own.description)]
    expect(try await office.decide(try await office.ask(.restriction, number, person), fields).status, 303)
    let refused = try await complaintPage(own, office)
    XCTAssertEqual(refused.status, 403)
    XCTAssertFalse(refused.text.contains("Antrean terlalu lama"))
    expect(try await office.decide(try await office.ask(.lifting, number, person), fields).status, 303)
    expect(try await complaintPage(own, office).status, 200)
    await office.end()
  }

  func testACorrectionReachesNothingElse() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let own = try await office.complain("Antrean terlalu lama", contact: Self.contact)
    let request = try await office.ask(
      .rectification, number, try await office.person(number), [("isi-fullName", "Contoh Benar")])
    let page = try await casePage(request, office)
    XCTAssertFalse(page.text.contains("value=\"\(own)\""))
    expect(try await office.carryOut(request).status, 303)
    await office.end()
  }
}
