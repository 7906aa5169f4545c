import Contracts
import Core
import Store
import XCTest

@testable import Registration

final class CaseFileTests: XCTestCase {
  private let officer = Principal.officer(OfficerID(7), .clerk)

  private func file(
    _ applications: Applications, _ number: ApplicationNumber
  ) async throws -> CaseFile? {
    let officer = officer
    return try await applications.store.write {
      try applications.caseFile(number, for: .service, as: officer, in: $0)
    }
  }

  func testCaseShowsTheAnswersInTheOrderAndWordsOfTheForm() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let outcome = try await applications.submit(hall.sheet(), for: .passport, submission: "k")
    let file = try await file(applications, outcome.number)
    XCTAssertEqual(file?.fullName.exposed, "Ai'nun Planted")
    XCTAssertEqual(file?.findings, [])
    XCTAssertEqual(
      file?.lines.map(\.value.exposed),
      [
        "Ai'nun Planted", "1808995708900001", "Plantedtown", "1990-08-17", "P", "+6281234567890",
        "planted@contoh.id", "Jalan Planted 12 Blambangan", "X1234567", "Ibu Planted", "Umrah Planted",
        "Habis masa berlaku", "2027-03-01",
      ])
    let words = try TestLocales.load().words(.english)
    XCTAssertEqual(
      file?.lines.map { words($0) }.filter { $0.contains(" 20") || $0.contains(" 19") },
      ["17 August 1990", "1 March 2027"])
    XCTAssertEqual(file?.lines.first?.label, text("Isian nama", "Question nama"))
  }

  func testOpeningACaseLeavesAuditRowsOfTheOfficer() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let outcome = try await applications.submit(hall.sheet(), for: .passport, submission: "k")
    func auditCount() async throws -> Int {
      try await hall.store.read {
        try $0.value(
          "SELECT count(*) FROM ledger_entries WHERE principal = 'officer:7:clerk' AND facts LIKE 'purpose=service %'")
          ?? 0
      }
    }
    let before = try await auditCount()
    XCTAssertEqual(before, 0)
    _ = try await file(applications, outcome.number)
    let after = try await auditCount()
    XCTAssertEqual(after, 4, "one for each kind of record")
  }

  func testNIKThatDisagreesIsAFinding() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let outcome = try await applications.submit(
      hall.sheet(changing: ["kelamin": "L", "lahir": "1990-08-18"]), for: .passport, submission: "k")
    let file = try await file(applications, outcome.number)
    XCTAssertEqual(file?.findings, ["civil.finding.nik-date", "civil.finding.nik-sex"])
  }

  func testNIKAndPassportOfAnotherApplicationAreFindings() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let first = try await applications.submit(hall.sheet(), for: .passport, submission: "a")
    _ = try await applications.submit(hall.sheet(changing: ["nama": "Orang Lain"]), for: .passport, submission: "b")
    let file = try await file(applications, first.number)
    XCTAssertEqual(file?.findings, ["registration.finding.nik-elsewhere", "registration.finding.passport-elsewhere"])
  }

  func testWithoutTheCatalogueEveryAnswerIsStillShown() async throws {
    let hall = try await Hall()
    let outcome = try await hall.applications().submit(hall.sheet(), for: .passport, submission: "k")
    let file = try await file(hall.applications(catalogue: nil), outcome.number)
    XCTAssertEqual(file?.lines.count, 14)
    XCTAssertEqual(file?.lines.first?.label[.english], "full-name")
  }

  func testUnknownNumberHasNoCase() async throws {
    let hall = try await Hall()
    let file = try await file(hall.applications(), ApplicationNumber(from: SystemRandom()))
    XCTAssertNil(file)
  }
}
