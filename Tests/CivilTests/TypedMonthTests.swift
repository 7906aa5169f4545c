import Civil
import Core
import XCTest

/// Months are typed as numbers and as words, as people write them.
final class TypedMonthTests: XCTestCase {
  func testMonthsMayBeWordsInBothLanguagesShortAndLong() throws {
    let right = try XCTUnwrap(CivilDate(iso: "1990-05-03"))
    for typed in ["3 Mei 1990", "3 mei 1990", "3 MAY 1990", "03-Mei-1990", "3 5 1990", "3/05/1990", "3. Mei 1990"] {
      XCTAssertEqual(try TypedDate.read(typed), right, typed)
    }
    let words = [
      ["Januari", "Jan", "January", "jan."], ["Februari", "Feb", "February", "Pebruari"], ["Maret", "Mar", "March"],
      ["April", "Apr"], ["Mei", "May"], ["Juni", "Jun", "June"], ["Juli", "Jul", "July"],
      ["Agustus", "Agu", "Agt", "Ags", "August", "Aug"], ["September", "Sep", "Sept."],
      ["Oktober", "Okt", "October", "Oct"], ["November", "Nov", "Nopember", "Nop"],
      ["Desember", "Des", "December", "Dec"],
    ]
    for (place, names) in words.enumerated() {
      for name in names { XCTAssertEqual(MonthName.number(name), place + 1, name) }
    }
  }

  func testYearsOfTwoDigitsAndWordsThatNameNoMonthAreRefused() {
    for typed in [
      "3 mei 90", "3 Ma 1990", "3 Ju 1990", "3 Xyz 1990", "Mei 1990", "3 Mei", "31 April 1990", "3 13 1990",
    ] {
      XCTAssertThrowsError(try TypedDate.read(typed), typed)
    }
    for text in ["", "0", "13", "j", "ma", "maretan", "-5"] { XCTAssertNil(MonthName.number(text), text) }
  }
}
