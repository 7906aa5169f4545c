import Civil
import Client
import Contracts
import Core
import ModuleHarness
import XCTest

@testable import Privacy

/// Whatever way an answer about a person comes, it is taken or refused alike.
final class OneVerdictTests: XCTestCase {
  private static let pile = "Contoh" + String(repeating: "\u{301}", count: 300)

  /// An answer and whether it can be taken, by field.
  private static let samples: [PersonalField: [(typed: String, isTaken: Bool)]] = [
    .fullName: [
      ("Contoh Benar", true), ("Con\u{200D}toh\u{E0041} Benar", true), ("Contoh 2", false), ("Contoh (Uji)", false),
      (pile, false), ("Contoh\u{0}", false),
    ],
    .nik: [
      ("1808991708900001", true), ("1808 9917\u{A0}0890\u{2013}0001", true), ("\u{FEFF}1808\u{200B}991708900001", true),
      ("1111111111111111", false), ("1808991708900000", false), ("123", false), ("18089917089000A1", false),
    ],
    .birthPlace: [("Blambangan", true), (String(repeating: "a", count: 61), false)],
    .dateOfBirth: [
      ("1990-08-17", true), ("0090-08-17", false), ("2090-08-17", false), ("1899-12-31", false), ("1990-02-31", false),
    ],
    .sex: [("L", true), ("X", false), ("Q", false)],
    .telephone: [
      ("\u{202A}+62 812-3456-7890\u{202C}", true), ("0812\u{2013}3456\u{2013}7890", true), ("12", false),
      ("abc", false),
    ],
    .email: [("contoh@contoh.id", true), ("contoh", false), ("a@b", false)],
    .address: [("Jalan Contoh 1\r\nBlambangan", true), (String(repeating: "a", count: 301), false)],
    .passportNumber: [("x 1234567", true), ("X1234\u{2011}567", true), ("12345678", false), ("AB12345678", false)],
  ]

  /// The questions of the shipped service for citizens that has most of them.
  private static let names: [PersonalField: String] = [
    .fullName: "nama", .nik: "nik", .birthPlace: "tempat-lahir", .dateOfBirth: "tanggal-lahir", .sex: "jenis-kelamin",
    .telephone: "telepon", .email: "surel", .address: "alamat", .passportNumber: "paspor-lama",
  ]

  func testEveryAnswerIsJudgedAlikeOnTheApplicationsFormInACorrectionAndAtTheCounter() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let person = try await office.person(number)
    let clerk = await office.officer("CLERK")
    let path = "\(office.own(number))/minta/rectification"
    _ = try await person.get(path)
    _ = try await clerk.get("/petugas/permintaan-data")
    let applicant = office.visitor()
    let service = "/ajukan/paspor-penggantian"
    let opened = try await applicant.get(service)
    let form = try XCTUnwrap(opened.form(to: service))
    var judged = 0
    for (field, answers) in Self.samples {
      let question = try XCTUnwrap(Self.names[field])
      for (typed, isTaken) in answers {
        let parts = Self.parts(typed, field)
        // So slowly that nobody is told to wait.
        office.house.clock.advance(by: .seconds(10))
        var filled = form
        for (name, value) in Self.named(question, parts) { filled = filled.filled([name: value]) }
        let applied = try await applicant.submit(filled)
        let corrected = try await person.post(path, Self.named("isi-\(field.rawValue)", parts))
        let noted = try await clerk.post(
          "/petugas/permintaan-data",
          [("nomor", number.description), ("jenis", "rectification")]
            + Self.named("isi-\(field.rawValue)", parts))
        for answer in [applied, corrected, noted] {
          XCTAssertTrue([200, 303, 422].contains(answer.status), "\(field)")
        }
        let verdicts = [
          !Self.isRefused(question, in: applied), !Self.isRefused("isi-\(field.rawValue)", in: corrected),
          !Self.isRefused("isi-\(field.rawValue)", in: noted), Self.validator(typed, field),
        ]
        XCTAssertEqual(verdicts, [Bool](repeating: isTaken, count: 4), "\(field) \(typed.prefix(40).debugDescription)")
        judged += 1
      }
    }
    XCTAssertGreaterThan(judged, 30)
    await office.end()
  }

  func testAfterACorrectionThePersonIsStillFoundByTheirDate() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let person = try await office.person(number)
    let path = "\(office.own(number))/minta/rectification"
    for year in ["90", "2090"] {
      let refused = try await person.post(
        path,
        [("isi-dateOfBirth-hari", "17"), ("isi-dateOfBirth-bulan", "8"), ("isi-dateOfBirth-tahun", year)])
      XCTAssertEqual(refused.status, 422, year)
      XCTAssertEqual(refused.faults, [])
    }
    _ = try await office.person(number)
    await office.end()
  }

  private static func validator(_ typed: String, _ field: PersonalField) -> Bool {
    guard let today = CivilDate(year: 2026, month: 11, day: 22) else { return false }
    return (try? PersonalReader(isForCitizens: true, today: today).read(typed, as: field)) != nil
  }

  /// Day, month and year for a date; else the answer as it is.
  private static func parts(_ typed: String, _ field: PersonalField) -> [String: String] {
    guard field == .dateOfBirth else { return ["": typed] }
    let parts = typed.split(separator: "-").map(String.init)
    return ["-hari": parts[2], "-bulan": parts[1], "-tahun": parts[0]]
  }

  private static func named(_ name: String, _ parts: [String: String]) -> [(name: String, value: String)] {
    parts.map { (name + $0.key, $0.value) }
  }

  /// Whether the page says an error beside the field.
  private static func isRefused(_ name: String, in answer: Answer) -> Bool {
    answer.text.contains("id=\"f-\(name)-error\"")
  }
}
