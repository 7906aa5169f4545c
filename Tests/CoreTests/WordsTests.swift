import Core
import XCTest

final class WordsTests: XCTestCase {
  func testArgumentThatRunsFromRightToLeftIsIsolatedFromTheSentence() {
    let words = Locales([.indonesian: ["a": "{name} membayar Rp950.000"]]).words(.indonesian)
    XCTAssertEqual(
      Array(words("a", ["name": "علی"]).unicodeScalars), Array("\u{2068}علی\u{2069} membayar Rp950.000".unicodeScalars))
    XCTAssertEqual(Array(words("a", ["name": "Nguyễn"]).utf8), Array("Nguyễn membayar Rp950.000".utf8))
  }

  private let locales = Locales([
    .indonesian: [
      "queue.take": "Ambil nomor", "queue.ahead": "{count} orang di depan {name}", "only.here": "Hanya di sini",
      "calendar.weekday.7": "Minggu", "calendar.month.11": "November",
      "problem.ticket.gone.title": "Nomor {number} sudah lewat.", "problem.ticket.gone.mend": "Ambil nomor baru.",
    ],
    .english: ["queue.take": "Take a number"],
    Language(rawValue: "jv"): [:],
  ])

  func testLanguagesStandIndonesianFirst() {
    XCTAssertEqual(locales.languages.map(\.rawValue), ["id", "en", "jv"])
  }

  func testMissingTranslationFallsBackOnIndonesianAndThenOnTheKey() {
    let words = locales.words(.english)
    XCTAssertEqual(words("queue.take"), "Take a number")
    XCTAssertEqual(words("only.here"), "Hanya di sini")
    XCTAssertEqual(words("nobody.has.it"), "nobody.has.it")
    XCTAssertEqual(locales.words(Language(rawValue: "xx")).language, .indonesian)
  }

  func testArgumentsAreFilledInOnceAndNotSearchedAgain() {
    let words = locales.words(.indonesian)
    XCTAssertEqual(words("queue.ahead", ["count": "{name}", "name": "{count}"]), "{name} orang di depan {count}")
    XCTAssertEqual(words("queue.ahead", ["count": "5"]), "5 orang di depan {name}")
    let braces = Locales([.indonesian: ["a": "{ {x} } {{x}} {"]])
    XCTAssertEqual(braces.words(.indonesian)("a", ["x": "1"]), "{ 1 } {1} {")
  }

  func testDateAndTimeAreWrittenAsInIndonesia() throws {
    let words = locales.words(.indonesian)
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-22"))
    XCTAssertEqual(words.longDate(day), "Minggu, 22 November 2026")
    XCTAssertEqual(words.date(day), "22 November 2026")
    let half = OfficeZone.wib.instant(day, CivilTime(minuteOfDay: 14 * 60 + 30))
    XCTAssertEqual(words.time(half, in: .wib), "14.30 WIB")
    XCTAssertEqual(words.time(half, in: .wit), "16.30 WIT")
  }

  func testProblemSpeaksTheReadersLanguage() {
    let problem = Problem(.conflict, "ticket.gone", ["number": "A-012"])
    XCTAssertEqual(problem.title(locales.words(.indonesian)), "Nomor A-012 sudah lewat.")
    XCTAssertEqual(problem.mend(locales.words(.english)), "Ambil nomor baru.")
    XCTAssertEqual(problem, Problem(.conflict, "ticket.gone", ["number": "A-012"]))
  }

  func testProblemSaysADateAsAllDatesAreSaid() {
    let problem = Problem(.conflict, "ticket.gone", ["number": "2026-11-22"])
    XCTAssertEqual(problem.title(locales.words(.indonesian)), "Nomor Minggu, 22 November 2026 sudah lewat.")
  }

  func testConfiguredTextFallsBackOnIndonesian() {
    let text = LocalizedText([.indonesian: "Paspor", .english: "Passport"])
    XCTAssertEqual(text[.english], "Passport")
    XCTAssertEqual(text[Language(rawValue: "jv")], "Paspor")
    XCTAssertEqual(text.all, ["Passport", "Paspor"])
    XCTAssertEqual(LocalizedText(inEveryLanguage: "A")[.english], "A")
  }
}

final class RupiahTests: XCTestCase {
  func testAmountsAreWrittenAsInIndonesia() {
    let cases: [(Int64, String)] = [
      (0, "Rp0"), (500, "Rp500"), (1000, "Rp1.000"), (650_000, "Rp650.000"), (1_000_000, "Rp1.000.000"),
      (-25_000, "-Rp25.000"), (.max, "Rp9.223.372.036.854.775.807"), (.min, "-Rp9.223.372.036.854.775.808"),
    ]
    for (amount, text) in cases { XCTAssertEqual(Rupiah(amount).description, text) }
  }

  func testAmountsAddUpAndCompare() {
    XCTAssertEqual(Rupiah(650_000) + Rupiah(300_000), Rupiah(950_000))
    XCTAssertLessThan(Rupiah(-1), Rupiah(0))
  }
}
