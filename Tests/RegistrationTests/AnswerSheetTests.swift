import Civil
import Contracts
import Core
import XCTest

@testable import Registration

final class AnswerSheetTests: XCTestCase {
  private let today = CivilDate(dayNumber: 20_779)  // 22 November 2026

  private func sheet(
    _ service: OfferedService = .passport, _ typed: [String: String] = Typed.citizen, changing: [String: String] = [:]
  ) -> AnswerSheet {
    let all = typed.merging(changing) { $1 }
    return AnswerSheet(ServiceForm(service: service), today: today) { all[$0] ?? "" }
  }

  func testGoodAnswersAreSortedIntoTheApplicantsRecords() {
    let sheet = sheet()
    XCTAssertTrue(sheet.refusals.isEmpty && sheet.doubts.isEmpty)
    let records = sheet.records
    XCTAssertEqual(
      records.biodata.exposed,
      Biodata(
        fullName: "Ai'nun Planted", nik: "1808995708900001", birthPlace: "Plantedtown", dateOfBirth: "1990-08-17",
        sex: "P", nationality: "IDN"))
    XCTAssertEqual(
      records.contact?.exposed,
      Contact(telephone: "+6281234567890", email: "planted@contoh.id", address: "Jalan Planted 12 Blambangan"))
    XCTAssertEqual(records.travelDocument?.exposed, TravelDocument(number: "X1234567", expiry: nil))
    XCTAssertEqual(
      records.statement?.exposed.answers,
      ["ibu": "Ibu Planted", "tujuan": "Umrah Planted", "alasan": "habis", "berangkat": "2027-03-01"])
  }

  func testForeignersAnswersKeepNationalityAndExpiry() {
    let records = sheet(.stayPermit, Typed.foreigner).records
    XCTAssertEqual(records.biodata.exposed.nationality, "UTO")
    XCTAssertNil(records.biodata.exposed.nik)
    XCTAssertEqual(records.travelDocument?.exposed, TravelDocument(number: "L898902C3", expiry: "2030-04-15"))
    XCTAssertNil(records.statement)
  }

  func testEveryAnswerIsFoundAgainInTheRecords() {
    for (service, typed) in [(OfferedService.passport, Typed.citizen), (.stayPermit, Typed.foreigner)] {
      let sheet = sheet(service, typed)
      let form = ServiceForm(service: service)
      for question in form.questions {
        let kept = sheet.records.answer(to: question, of: form)
        XCTAssertEqual(kept, sheet.answers.exposed[question.name], question.name)
      }
    }
  }

  func testMissingAnswersAreRefusedOnlyWhereTheyAreRequired() {
    let form = ServiceForm(service: .passport)
    let empty = AnswerSheet(form, today: today) { _ in "" }
    XCTAssertEqual(
      empty.refusals.map(\.field.name), form.questions.filter(\.isRequired).map(\.name), "in the order of the form")
    for refusal in empty.refusals {
      let isChosen = ["kelamin", "alasan"].contains(refusal.field.name)
      XCTAssertEqual(refusal.reason, isChosen ? .notChosen : .missing, refusal.field.name)
    }
  }

  func testOneWrongAnswerIsRefusedAndTheOthersStay() {
    let table: [(String, String, Refusal)] = [
      ("nama", "Budi 2", .nameHasDigits), ("nik", "123", .nikLength(found: 3)), ("lahir", "2030-01-01", .dateInFuture),
      ("kelamin", "X", .notOffered), ("telepon", "12", .telephone), ("email", "x", .email),
      ("lama", "12345678", .passportIndonesian), ("alasan", "bohong", .notOffered),
      ("berangkat", "2090-01-01", .dateTooLate), ("tujuan", String(repeating: "a", count: 201), .tooLong(max: 200)),
    ]
    for (name, typed, reason) in table {
      let sheet = sheet(changing: [name: typed])
      XCTAssertEqual(sheet.refusals.map(\.field.name), [name])
      XCTAssertEqual(sheet.refusals.map(\.reason), [reason], name)
    }
  }

  func testNIKIsComparedWithTheApplicantsDateAndSex() {
    XCTAssertEqual(sheet(changing: ["lahir": "1990-08-18"]).doubts.map(\.reason), [.nikDateDiffers])
    XCTAssertEqual(sheet(changing: ["kelamin": "L"]).doubts.map(\.reason), [.nikSexDiffers])
  }

  func testForeignersMayLeaveTheSexUnspecifiedButAreNotIndonesian() {
    XCTAssertTrue(sheet(.stayPermit, Typed.foreigner, changing: ["kelamin": "X"]).refusals.isEmpty)
    XCTAssertEqual(
      sheet(.stayPermit, Typed.foreigner, changing: ["warga": "IDN"]).refusals.map(\.reason), [.notOffered])
    XCTAssertEqual(
      sheet(.stayPermit, Typed.foreigner, changing: ["berlaku": "2026-11-21"]).doubts.map(\.reason), [.passportExpired])
  }

  func testSheetDoesNotPrintWhatItHolds() {
    var printed = ""
    dump(sheet().records, to: &printed)
    printed += "\(sheet().records) \(sheet().answers) \(sheet(changing: ["nama": "H. Planted"]).doubts)"
    XCTAssertFalse(printed.contains("Planted"))
  }
}
