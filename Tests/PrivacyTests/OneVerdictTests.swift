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

  /// What foreigners are asked besides, or asked otherwise.
  private static let foreignSamples: [PersonalField: [(typed: String, isTaken: Bool)]] = [
    .fullName: [("Contoh", true), ("Contoh 2", false), (pile, false)],
    .dateOfBirth: [("1990-08-17", true), ("0090-08-17", false), ("2090-08-17", false)],
    .sex: [("L", true), ("X", true), ("Q", false)],
    .nationality: [("MYS", true), ("IDN", false), ("XYZ", false), ("mys", false)],
    .passportNumber: [("x 1234567", true), ("AB12345678", true), ("A-1234/5", false), ("12", false)],
    .passportExpiry: [("2030-01-31", true), ("2030-02-31", false), ("0030-01-31", false), ("2930-01-31", false)],
    .telephone: [("+60 12\u{2011}345 6789", true), ("abc", false)],
  ]

  /// A shipped service's form.
  private struct Sheet {
    let service: String
    let isForCitizens: Bool
    let names: [PersonalField: String]
    let samples: [PersonalField: [(typed: String, isTaken: Bool)]]
  }

  /// The one for citizens that has most of the questions, and one for foreigners.
  private static let sheets = [
    Sheet(
      service: "paspor-penggantian", isForCitizens: true,
      names: [
        .fullName: "nama", .nik: "nik", .birthPlace: "tempat-lahir", .dateOfBirth: "tanggal-lahir",
        .sex: "jenis-kelamin", .telephone: "telepon", .email: "surel", .address: "alamat",
        .passportNumber: "paspor-lama",
      ], samples: samples),
    Sheet(
      service: "izin-tinggal-kunjungan", isForCitizens: false,
      names: [
        .fullName: "nama", .dateOfBirth: "tanggal-lahir", .sex: "jenis-kelamin", .nationality: "kewarganegaraan",
        .passportNumber: "paspor", .passportExpiry: "paspor-berlaku", .telephone: "telepon",
      ], samples: foreignSamples),
  ]

  func testEveryKindOfAnswerHasSamples() {
    XCTAssertEqual(Set(Self.sheets.flatMap { $0.samples.keys }), Set(PersonalField.allCases))
  }

  func testEveryAnswerOfACitizenIsJudgedAlikeOnTheApplicationsFormInACorrectionAndAtTheCounter() async throws {
    try await judge(Self.sheets[0])
  }

  func testEveryAnswerOfAForeignerIsJudgedAlikeOnTheApplicationsFormInACorrectionAndAtTheCounter() async throws {
    try await judge(Self.sheets[1])
  }

  private func judge(_ sheet: Sheet) async throws {
    let office = try await RightsOffice()
    let number = sheet.isForCitizens ? try await office.apply() : try await foreigner(sheet.service, in: office)
    let person = try await office.person(number)
    let clerk = await office.officer("CLERK")
    let path = "\(office.own(number))/minta/rectification"
    _ = try await person.get(path)
    _ = try await clerk.get("/petugas/permintaan-data")
    let applicant = office.visitor()
    let service = "/ajukan/\(sheet.service)"
    let opened = try await applicant.get(service)
    let form = try XCTUnwrap(opened.form(to: service))
    var judged = 0
    for (field, answers) in sheet.samples {
      let question = try XCTUnwrap(sheet.names[field])
      for (typed, isTaken) in answers {
        let parts = Self.parts(typed, field)
        // So slowly that nobody is told to wait.
        office.base.clock.advance(by: .seconds(10))
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
          !Self.isRefused("isi-\(field.rawValue)", in: noted), Self.validator(typed, field, sheet),
        ]
        XCTAssertEqual(verdicts, [Bool](repeating: isTaken, count: 4), "\(field) \(typed.prefix(40).debugDescription)")
        judged += 1
      }
    }
    XCTAssertGreaterThan(judged, 20)
    await office.end()
  }

  /// A person applies for a stay permit.
  private func foreigner(_ service: String, in office: RightsOffice) async throws -> ApplicationNumber {
    let path = "/ajukan/\(service)"
    let browser = office.visitor()
    let page = try await browser.get(path)
    let form = try XCTUnwrap(page.form(to: path)).filled([
      "nama": "Contoh", "paspor": "AB1234567", "paspor-berlaku--hari": "31", "paspor-berlaku--bulan": "1",
      "paspor-berlaku--tahun": "2030", "tempat-lahir": "Contoh", "tanggal-lahir--hari": "17",
      "tanggal-lahir--bulan": "08", "tanggal-lahir--tahun": "1990", "jenis-kelamin": "P", "kewarganegaraan": "MYS",
      "telepon": "+60123456789", "surel": "contoh@contoh.id", "alamat": "Jalan Contoh 1", "izin-berakhir--hari": "20",
      "izin-berakhir--bulan": "12", "izin-berakhir--tahun": "2026",
    ])
    let answer = try await browser.submit(form)
    let receipt = try XCTUnwrap(answer.location, answer.text)
    return try XCTUnwrap(receipt.split(separator: "/").last?.removingPercentEncoding.flatMap { ApplicationNumber($0) })
  }

  func testAfterACorrectionThePersonIsStillFoundByTheirDate() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let person = try await office.person(number)
    let path = "\(office.own(number))/minta/rectification"
    for year in ["90", "2090"] {
      let refused = try await person.post(
        path,
        [("isi-dateOfBirth--hari", "17"), ("isi-dateOfBirth--bulan", "8"), ("isi-dateOfBirth--tahun", year)])
      XCTAssertEqual(refused.status, 422, year)
      XCTAssertEqual(refused.faults, [])
    }
    _ = try await office.person(number)
    await office.end()
  }

  private static func validator(_ typed: String, _ field: PersonalField, _ sheet: Sheet) -> Bool {
    guard let today = CivilDate(year: 2026, month: 11, day: 22) else { return false }
    return (try? PersonalReader(isForCitizens: sheet.isForCitizens, today: today).read(typed, as: field)) != nil
  }

  /// Day, month and year for a date; else the answer as it is.
  private static func parts(_ typed: String, _ field: PersonalField) -> [String: String] {
    guard field == .dateOfBirth || field == .passportExpiry else { return ["": typed] }
    let parts = typed.split(separator: "-").map(String.init)
    return ["--hari": parts[2], "--bulan": parts[1], "--tahun": parts[0]]
  }

  private static func named(_ name: String, _ parts: [String: String]) -> [(name: String, value: String)] {
    parts.map { (name + $0.key, $0.value) }
  }

  /// Whether the page says an error beside the field.
  private static func isRefused(_ name: String, in answer: Answer) -> Bool {
    answer.text.contains("id=\"f-\(name)-error\"")
  }
}
