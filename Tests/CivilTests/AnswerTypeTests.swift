import Core
import XCTest

@testable import Civil

/// The types that read single answers, one table each.
final class AnswerTypeTests: XCTestCase {
  private func refusal<T>(_ body: () throws(Refusal) -> T) -> Refusal? {
    do throws(Refusal) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  func testNamesAreTakenAsTypedWithSingleSpaces() throws {
    for name in ["Sukarno", "Ai'nun", "Ai’nun", "Jean-Pierre", "M. Firman", "Kumar A/L Raju", "Đặng Thị Ánh", "王伟"] {
      XCTAssertEqual(try PersonName(name).text, name)
    }
    XCTAssertEqual(try PersonName("  Tuti \t Sriwati ").text, "Tuti Sriwati")
  }

  func testNamesAreFreedOfWhatNobodySeesAndPilesOfAccentsAreRefused() throws {
    XCTAssertEqual(try PersonName("Bu\u{200D}di\u{E0041} \u{FEFF}Rahma").text, "Budi Rahma")
    let decomposed = try PersonName("Rene\u{301}e").text
    XCTAssertEqual(Array(decomposed.unicodeScalars), Array("Ren\u{E9}e".unicodeScalars))
    let pile = "Budi" + String(repeating: "\u{301}", count: 300)
    XCTAssertEqual(refusal { () throws(Refusal) in try PersonName(pile) }, .text(.marks))
    XCTAssertEqual(refusal { () throws(Refusal) in try PersonName("Budi\u{0}") }, .text(.control("\u{0}")))
  }

  func testNamesWithDigitsOrSymbolsAreRefused() {
    XCTAssertEqual(refusal { () throws(Refusal) in try PersonName("Budi 2") }, .nameHasDigits)
    XCTAssertEqual(refusal { () throws(Refusal) in try PersonName("Budi ٢") }, .nameHasDigits)
    for name in ["<Budi>", "Budi@x", "Budi 😀", "'", "-", "Budi;"] {
      XCTAssertEqual(refusal { () throws(Refusal) in try PersonName(name) }, .nameHasSymbols, name)
    }
    XCTAssertEqual(
      refusal { () throws(Refusal) in try PersonName(String(repeating: "a", count: 101)) }, .tooLong(max: 100))
  }

  func testPassportSpellingLeavesOutPunctuationTitlesAndDegrees() throws {
    let table = [
      "Ai'nun": "Ainun", "M. Firman": "M Firman", "Hj. Tuti Sriwati, S.E": "Tuti Sriwati", "Mido' Putra": "Mido Putra",
      "H. Budi": "Budi", "Sukarno": "Sukarno", "Siti-Aminah": "Siti Aminah",
    ]
    for (name, spelling) in table { XCTAssertEqual(try PersonName(name).inPassport, spelling, name) }
  }

  func testOnlyWhatThePassportChangesVisiblyIsDoubted() throws {
    XCTAssertEqual(try PersonName("Ai'nun").doubts, [], "an apostrophe is accepted as typed")
    XCTAssertEqual(try PersonName("Sukarno").doubts, [], "one word is a whole name")
    XCTAssertEqual(try PersonName("H. Budi").doubts, [.nameInPassport(Personal("Budi"))])
    XCTAssertEqual(try PersonName(String(repeating: "a", count: 34)).doubts, [])
    XCTAssertEqual(try PersonName(String(repeating: "a", count: 35)).doubts, [.nameLong])
  }

  func testDatesAreReadAsPeopleTypeThem() throws {
    let date = CivilDate(year: 1990, month: 8, day: 7)
    for typed in ["07-08-1990", "7/8/1990", "7.8.1990", "07 08 1990", "07081990", "1990-08-07", "7 Agustus 1990"] {
      XCTAssertEqual(try TypedDate.read(typed), date, typed)
    }
    for typed in [
      "31-02-1990", "7-8-90", "1990", "08-1990", "7 Agustus 90", "-7-8-1990x", "", "0000-00-00", "٧-٨-١٩٩٠",
    ] {
      XCTAssertEqual(refusal { () throws(Refusal) in try TypedDate.read(typed) }, .dateUnreadable, typed)
    }
  }

  func testBirthLiesInThePastAndAtMost120YearsAgo() throws {
    let today = try XCTUnwrap(CivilDate(year: 2026, month: 11, day: 22))
    func check(_ iso: String) -> Refusal? {
      refusal { () throws(Refusal) in try DateRule.checkBirth(try TypedDate.read(iso), today: today) }
    }
    XCTAssertNil(check("2026-11-22"))
    XCTAssertEqual(check("2026-11-23"), .dateInFuture)
    XCTAssertNil(check("1905-11-23"))
    XCTAssertEqual(check("1905-11-22"), .dateTooEarly)
  }

  func testTelephoneNumbersBecomeE164() throws {
    let table = [
      "081234567890": "+6281234567890", "0812-3456-7890": "+6281234567890", "62 812 3456 7890": "+6281234567890",
      "+62 (0)812 3456 7890": "+6281234567890", "81234567890": "+6281234567890", "(0752) 628269": "+62752628269",
      "+65 6123 4567": "+6561234567", "0049 30 901820": "+4930901820", "+1 (202) 555-0143": "+12025550143",
      "\u{202A}+62 812-3456-7890\u{202C}": "+6281234567890", "0812–3456–7890": "+6281234567890",
      "\u{FEFF}0812\u{A0}3456\u{2011}7890": "+6281234567890", "＋６２８１２３４５６７８９０": "+6281234567890",
    ]
    for (typed, e164) in table { XCTAssertEqual(try TelephoneNumber(typed).e164, e164, typed) }
  }

  func testWhatIsNoTelephoneNumberIsRefused() {
    for typed in [
      "", "+", "abc", "0812", "08123456789012345", "+62812", "+0123456789", "12345", "+62 812 3456 789a",
      "٠٨١٢٣٤٥٦٧٨٩٠",
    ] {
      XCTAssertEqual(refusal { () throws(Refusal) in try TelephoneNumber(typed) }, .telephone, typed)
    }
  }

  func testEmailAddressesAreCheckedLightly() {
    for typed in ["a@b.id", "nama.lengkap+x@contoh.co.id", "ä@bücher.de"] {
      XCTAssertNil(refusal { () throws(Refusal) in try EmailAddress(typed) }, typed)
    }
    let long = String(repeating: "a", count: 65) + "@b.id"
    for typed in [
      "a", "a@b", "@b.id", "a@", "a b@c.id", "a@b@c.id", "a@.id", "a@b..id", "a@-b.id", long,
    ] {
      XCTAssertEqual(refusal { () throws(Refusal) in try EmailAddress(typed) }, .email, typed)
    }
    XCTAssertEqual(
      refusal { () throws(Refusal) in try EmailAddress("a@b.id\u{0}") }, .text(.control("\u{0}")))
  }

  func testIndonesianPassportNumbersHaveOneLetterAndSevenDigits() throws {
    XCTAssertEqual(try PassportNumber("x 1234567", isIndonesian: true).text, "X1234567")
    XCTAssertEqual(try PassportNumber("Ｘ１２３４５６７", isIndonesian: true).text, "X1234567", "a full-width keyboard")
    for typed in ["A123456", "A12345678", "1A234567", "AB123456", "A123456٧"] {
      XCTAssertEqual(
        refusal { () throws(Refusal) in try PassportNumber(typed, isIndonesian: true) }, .passportIndonesian, typed)
    }
  }

  func testForeignPassportNumbersMayBeLongButAreThenDoubted() throws {
    XCTAssertEqual(try PassportNumber("l898902c3", isIndonesian: false).text, "L898902C3", "ICAO 9303-4's specimen")
    XCTAssertEqual(try PassportNumber("L898902C3", isIndonesian: false).doubts, [])
    XCTAssertEqual(try PassportNumber("L898902C36", isIndonesian: false).doubts, [.passportNumberLong])
    for typed in ["1234", "ABCDEFGH", "1234567890123456", "12345<"] {
      XCTAssertEqual(
        refusal { () throws(Refusal) in try PassportNumber(typed, isIndonesian: false) }, .passportForeign, typed)
    }
  }

  func testNationalitiesHaveACodeOfIcaoAndANameInEveryLanguage() throws {
    XCTAssertTrue(["IDN", "UTO", "D", "XXA", "SGP"].allSatisfy(Nationality.isKnown))
    XCTAssertFalse(["DEU", "ID", "", "idn"].contains(where: Nationality.isKnown))
    let locales = try TestLocales.load()
    for language in locales.languages {
      let options = Nationality.options(locales.words(language), withSpecimen: true)
      XCTAssertEqual(options.count, Nationality.codes.count - 1, "every state but Indonesia")
      let real = Nationality.options(locales.words(language), withSpecimen: false)
      XCTAssertEqual(Set(options.map(\.code)).subtracting(real.map(\.code)), ["UTO"], "nobody comes from Utopia")
      for option in options { XCTAssertFalse(option.name.hasPrefix("registration."), option.code) }
    }
  }
}
