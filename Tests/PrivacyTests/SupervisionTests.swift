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

/// What supervisors see and decide, over the wire.
final class SupervisionTests: XCTestCase {
  private static let page = "/petugas/hak-data"

  func testEachRequestIsACaseWithItsDeadlineAndTheOverdueAreRed() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let person = try await office.person(number)
    let request = try await office.ask(.access, number, person)
    let again = try await office.ask(.access, number, person)
    XCTAssertEqual(request, again, "who asks for the same again gets the same case")
    for (hours, said, isRed) in [
      (0, "Sisa 72 jam", false), (50, "Sisa 22 jam", false), (21, "Sisa 1 jam", false), (3, "Terlambat 2 jam", true),
      // Received on a date that is still to come: nobody knows how late.
      (-24 * 3650, "Terlambat 0 jam", true),
    ] {
      office.base.clock.advance(by: .hours(hours))
      for language in ["id", "en"] {
        let page = try await office.officer("SUPERVISOR", language).get(Self.page)
        XCTAssertEqual(page.faults, [])
        if language == "id" { XCTAssertTrue(page.text.contains(said), said) }
        XCTAssertEqual(page.text.contains("<span class=\"tag error\">"), isRed, "\(hours)")
        XCTAssertEqual(page.text.contains("<div class=\"notice error\""), isRed, "\(hours)")
      }
    }
    let status = try await office.visitor().get(request)
    XCTAssertTrue(status.text.contains("Terlambat"))
    XCTAssertEqual(status.faults, [])
    XCTAssertFalse(status.text.contains("Contoh Uji"))
    await office.end()
  }

  func testADecisionNeedsAnIdentityCheckOrAReasonAndIsMadeOnce() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let person = try await office.person(number)
    let request = try await office.ask(.erasure, number, person)
    for fields in [
      [], [("putusan", "laksanakan")], [("putusan", "")],
    ] as [[(name: String, value: String)]] {
      let answer = try await office.decide(request, fields)
      XCTAssertEqual(answer.status, 422, "\(fields)")
      XCTAssertEqual(answer.faults, [])
    }
    expect(try await office.decide(request, [("putusan", "under-way")]).status, 303)
    let told = try await office.visitor().get(request)
    XCTAssertTrue(told.text.contains("Permohonan masih diproses"))
    XCTAssertEqual(told.faults, [])
    let late = try await office.carryOut(request)
    XCTAssertEqual(late.status, 409)
    expect(try await office.entries(.erasure, about: number).count, 0)
    let decided = try await office.officer("SUPERVISOR").get(
      "/petugas/hak-data/kasus/\(request.split(separator: "/").last ?? "")")
    XCTAssertEqual(decided.faults, [])
    await office.end()
  }

  func testClerksAndStrangersSeeNothingOfIt() async throws {
    let office = try await RightsOffice()
    let clerk = await office.officer("CLERK")
    for path in [Self.page, "\(Self.page)/pembukaan", "\(Self.page)/darurat", "\(Self.page)/kasus/8WGC27FJQDSMY"] {
      expect(try await clerk.get(path).status, 403, path)
      expect(try await office.visitor().get(path).status, 303, path)
    }
    let supervisor = await office.officer("SUPERVISOR")
    expect(try await supervisor.get("\(Self.page)/kasus/8WGC27FJQDSMY").status, 404)
    expect(try await office.visitor().get("/permintaan-data/8WGC27FJQDSMY").status, 404)
    await office.end()
  }

  func testABrokenGlassStandsInRedWithItsReasonAndThePersonSeesIt() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let supervisor = await office.officer("SUPERVISOR")
    let path = "\(Self.page)/darurat"
    expect(try await supervisor.get(path).faults, [])
    let reason = "Permintaan tertulis Polda Contoh nomor 12, orang hilang"
    for fields in [
      [], [("nomor", number.description), ("isian", "telephone"), ("alasan", "perlu")],
      [("nomor", number.description), ("alasan", reason)],
      [("nomor", "salah"), ("isian", "telephone"), ("alasan", reason)],
    ] as [[(name: String, value: String)]] {
      let answer = try await supervisor.post(path, fields)
      XCTAssertEqual(answer.status, 422, "\(fields)")
      XCTAssertEqual(answer.faults, [])
    }
    let answer = try await supervisor.post(
      path, [("nomor", number.description), ("isian", "telephone"), ("isian", "fullName"), ("alasan", reason)])
    XCTAssertEqual(answer.status, 200)
    XCTAssertTrue(answer.text.contains("Contoh Uji") && answer.text.contains("+628000000001"))
    XCTAssertFalse(answer.text.contains("1808991708900001"), "more than was asked for")
    XCTAssertEqual(answer.faults, [])
    for language in ["id", "en"] {
      let page = try await office.officer("SUPERVISOR", language).get(Self.page)
      XCTAssertTrue(page.text.contains(reason))
      XCTAssertTrue(page.text.contains("Budi Contoh"))
      XCTAssertTrue(page.text.contains("<div class=\"notice error\""))
      XCTAssertEqual(page.faults, [])
    }
    let openings = try await supervisor.get("\(Self.page)/pembukaan")
    XCTAssertTrue(openings.text.contains("<span class=\"tag error\">Akses darurat</span>"))
    XCTAssertEqual(openings.faults, [])
    let glass = try await supervisor.get(Self.page)
    let subject = try await office.subject(number)
    for page in [openings, glass] {
      XCTAssertTrue(page.text.contains(">\(number.printed)</a>"), page.text)
      XCTAssertFalse(page.text.contains("orang nomor \(subject)"), "who has an application is known by it")
      let cases = page.links.filter { $0.hasPrefix("/petugas/permohonan?") }
      XCTAssertFalse(cases.isEmpty, "\(page.links)")
    }
    let own = try await office.person(number).get(office.own(number))
    XCTAssertTrue(own.text.contains("<span class=\"tag error\">Akses darurat</span>"))
    XCTAssertFalse(own.text.contains("Polda"), "the reason is for supervisors")
    try office.expectAbsent([Array("Polda Contoh".utf8)])
    await office.end()
  }

  func testTheListOfOpeningsGoesBackPageByPage() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let (vault, subject) = (office.vault, try await office.subject(number))
    try await office.base.store.write { transaction in
      for _ in 0..<SupervisionPages.openingsPerPage {
        _ = try vault.open(
          Contact.self, of: subject, for: .service, as: .officer(OfficerID(7), .clerk), in: transaction)
      }
      _ = try vault.open(
        Biodata.self, of: subject, for: .service, as: .officer(OfficerID(7), .clerk), in: transaction)
    }
    let supervisor = await office.officer("SUPERVISOR")
    let first = try await supervisor.get("\(Self.page)/pembukaan")
    XCTAssertEqual(first.text.components(separatedBy: "<tr>").count - 2, SupervisionPages.openingsPerPage)
    let next = try XCTUnwrap(first.links.first { $0.contains("sebelum=") })
    let second = try await supervisor.get(next)
    XCTAssertEqual(second.faults, [])
    XCTAssertTrue(second.text.contains("Kontak"))
    XCTAssertFalse(second.text.contains("Yang lebih lama"))
    await office.end()
  }

  func testAnOfficerNotesARequestThatIsMadeAtTheCounter() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let path = "/petugas/permintaan-data"
    let clerk = await office.officer("CLERK")
    expect(try await clerk.get(path).faults, [])
    for fields in [
      [], [("nomor", number.description)], [("nomor", "salah"), ("jenis", "access")],
      [("nomor", number.description), ("jenis", "withdrawal")],
      [("nomor", number.description), ("jenis", "rectification")],
    ] as [[(name: String, value: String)]] {
      let answer = try await clerk.post(path, fields)
      XCTAssertEqual(answer.status, 422, "\(fields)")
      XCTAssertEqual(answer.faults, [])
    }
    let answer = try await clerk.post(
      path, [("nomor", number.description), ("jenis", "rectification"), ("isi-fullName", "Contoh Benar")])
    expect(try await office.carryOut(try XCTUnwrap(answer.location)).status, 303)
    let kept: String? = try await office.base.store.read {
      try $0.value("SELECT received_by FROM privacy_request")
    }
    XCTAssertEqual(kept, "officer:7:clerk")
    expect(try await office.entries(.rectification, about: number).count, 1)
    await office.end()
  }
}
