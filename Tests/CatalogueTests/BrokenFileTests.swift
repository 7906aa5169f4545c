import Contracts
import Core
import XCTest

@testable import Catalogue

final class BrokenFileTests: XCTestCase {
  /// Spoils one spot of the small service; the problem must be on the line of `mark` in the spoiled file.
  private func assertService(
    _ spot: String, becomes spoiled: String, at mark: String? = nil, _ path: String, _ what: String, _ mend: String,
    line: UInt = #line
  ) throws {
    try assertProblem(
      in: "services/a.json5", SmallCatalogue.service, spot, spoiled, mark ?? spoiled, path, what, mend, line: line)
  }

  private func assertCalendar(
    _ spot: String, becomes spoiled: String, at mark: String? = nil, _ path: String, _ what: String, _ mend: String,
    line: UInt = #line
  ) throws {
    try assertProblem(
      in: "calendar.json5", SmallCatalogue.calendar, spot, spoiled, mark ?? spoiled, path, what, mend, line: line)
  }

  private func assertProblem(
    in name: String, _ text: String, _ spot: String, _ spoiled: String, _ mark: String, _ path: String, _ what: String,
    _ mend: String, line: UInt
  ) throws {
    let files = try SmallCatalogue()
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    let before = catalogue.edition.services
    XCTAssertTrue(text.contains(spot), "nothing to spoil", line: line)
    let broken = text.replacing(spot, with: spoiled, maxReplacements: 1)
    try files.write(broken, to: name)

    XCTAssertThrowsError(try catalogue.editions.reload(), line: line) { error in
      guard let problem = error as? ConfigurationProblem else { return XCTFail("\(error)", line: line) }
      XCTAssertEqual(problem.file, files.directory.appending(name), line: line)
      XCTAssertEqual(problem.path.description, path, line: line)
      XCTAssertEqual(problem.what, what, line: line)
      XCTAssertEqual(problem.mend, mend, line: line)
      let place = broken.firstRange(of: mark).map { broken[..<$0.lowerBound].filter { $0 == "\n" }.count + 1 }
      XCTAssertEqual(problem.line, place, "line of \(problem)", line: line)
    }
    XCTAssertEqual(catalogue.edition.services, before, "what was in force stays in force", line: line)
    XCTAssertTrue(catalogue.isWorkingDay(try day("2026-12-23")), line: line)
    XCTAssertFalse(catalogue.isWorkingDay(try day("2026-12-25")), line: line)
  }

  func testCodesThatCannotStandInAnAddressAreRefused() throws {
    for code in ["Paspor", "paspor/uji", "-a", "a--b", "a-", "9a", "paspör"] {
      try assertService(
        "\"paspor-uji\"", becomes: "\"\(code)\"", "code", "\"\(code)\" cannot stand in an address",
        "Write small letters, digits and single hyphens, beginning with a letter, such as \"paspor-hilang\".")
    }
  }

  func testQueueLetterIsOneCapital() throws {
    for letter in ["a", "AB", "1", "É"] {
      try assertService(
        "queueLetter: \"A\"", becomes: "queueLetter: \"\(letter)\"", "queueLetter",
        "\"\(letter)\" is not one capital letter", "Write one letter from \"A\" to \"Z\".")
    }
  }

  func testUnknownWordsKeysAndBoundsAreRefused() throws {
    try assertService(
      "audience: \"citizens\"", becomes: "audience: \"citizen\"", "audience",
      "\"citizen\" is not one of the words that can stand here",
      "Did you mean \"citizens\"? Write one of: citizens, foreigners.")
    try assertService(
      "validFrom:", becomes: "validfrom:", "validfrom", "this key is unknown",
      "Did you mean \"validFrom\"? Known here: code, name, summary, audience, queueLetter, acceptsWebApplications, "
        + "validFrom, validTo, promisedWorkingDays, legalBasis, requirements, notices, fees, fields, stages, keywords.")
    try assertService(
      "promisedWorkingDays: 4", becomes: "promisedWorkingDays: 0", "promisedWorkingDays", "0 is out of bounds",
      "Write a whole number from 1 to 250.")
    try assertService(
      "amount: 50000 ", becomes: "amount: -1 ", "fees, entry 2, amount", "-1 is out of bounds",
      "Write a whole number from 0 to 50000000.")
    try assertService(
      "[{ id: \"KTP.\", en: \"Identity card.\" }]", becomes: "[]", at: "requirements", "requirements",
      "the list has 0 entries", "Write 1 to 30 entries.")
    try assertService(
      "id: \"KTP.\", ", becomes: "", at: "Identity card.", "requirements, entry 1", "the text is missing in \"id\"",
      "Write { id: \"…\", en: \"…\" }.")
  }

  func testPeriodThatEndsBeforeItBeginsIsRefused() throws {
    try assertService(
      "validFrom: \"2026-01-01\",", becomes: "validFrom: \"2026-01-01\",\n  validTo: \"2025-12-31\",", at: "validTo",
      "validTo",
      "the last day, 2025-12-31, lies before the first, 2026-01-01",
      "Write a day on or after validFrom, or leave validTo out.")
    try assertService(
      "\"2026-01-01\"", becomes: "\"2026-02-30\"", "validFrom", "\"2026-02-30\" is not a day of the calendar",
      "Write year, month and day, such as \"2026-12-31\".")
  }

  func testStagesNeedOneEndAndAVisit() throws {
    try assertService(
      "ending: \"officer\"", becomes: "ending: \"none\"", "stages, entry 2, ending",
      "nothing ends this stage, so the stages after it are never reached",
      "Write \"visit\" or \"officer\"; \"none\" belongs to the last stage.")
    try assertService(
      "mover: \"office\", ending: \"none\"", becomes: "mover: \"office\", ending: \"visit\"", "stages, entry 3, ending",
      "the last stage leads nowhere", "Write \"none\", or add the stage that comes after it.")
    try assertService(
      "ending: \"visit\"", becomes: "ending: \"officer\"", at: "stages:", "stages",
      "no stage ends with a visit to a counter, from which the promised days are counted",
      "Write ending: \"visit\" in the stage in which the person comes to the office.")
    try assertService(
      "\"selesai\"", becomes: "\"periksa\"",
      at:
        "{ code: \"periksa\", name: { id: \"a\", en: \"a\" }, explanation: { id: \"b\", en: \"b\" }, mover: \"office\", ending: \"none\"",
      "stages, entry 3, code", "\"periksa\" already stands in entry 2",
      "Give each entry a name of its own.")
  }

  func testFieldsMustAskWhatTheHouseNeeds() throws {
    try assertService(
      "kind: \"full-name\"", becomes: "kind: \"text\"", at: "fields:", "fields",
      "no field asks for \"full-name\", by which the person is called at the counter",
      "Add a field with kind: \"full-name\".")
    try assertService(
      "kind: \"date-of-birth\"", becomes: "kind: \"date\"", at: "fields:", "fields",
      "no field asks for \"date-of-birth\", with which the person follows the application",
      "Add a field with kind: \"date-of-birth\".")
    try assertService(
      "kind: \"nik\"", becomes: "kind: \"text\"", at: "fields:", "fields",
      "no field asks for \"nik\", by which a citizen is recognised", "Add a field with kind: \"nik\".")
    try assertService(
      "audience: \"citizens\"", becomes: "audience: \"foreigners\"", at: "fields:", "fields",
      "no field asks for \"passport-number\", by which a foreigner is recognised",
      "Add a field with kind: \"passport-number\".")
    try assertService(
      "kind: \"nik\",", becomes: "kind: \"nik\", required: false,", "fields, entry 2, required",
      "\"nik\" must be answered, by which a citizen is recognised", "Write required: true, or leave required out.")
  }

  func testFieldsGoByOneNameAndSingleKindsComeOnce() throws {
    try assertService(
      "name: \"lahir\"", becomes: "name: \"nik\"", at: "name: \"nik\", kind: \"date-of-birth\"",
      "fields, entry 3, name",
      "\"nik\" already stands in entry 2", "Give each entry a name of its own.")
    try assertService(
      "{ name: \"tujuan\"",
      becomes: "{ name: \"dua\", kind: \"full-name\", label: { id: \"a\", en: \"a\" } },\n    { name: \"tujuan\"",
      "fields, entry 4, kind", "\"full-name\" is already asked by entry 1",
      "Ask it once; for anything else of the kind use \"text\", \"date\" or \"choice\".")
    try assertService(
      "name: \"tujuan\"", becomes: "name: \"Tujuan\"", "fields, entry 4, name", "\"Tujuan\" cannot name a field",
      "Write small letters, digits and single hyphens, beginning with a letter, such as \"paspor-hilang\".")
  }

  func testChoicesBelongToFieldsOfThatKind() throws {
    try assertService(
      "kind: \"choice\"", becomes: "kind: \"text\"", "fields, entry 4, choices",
      "a field of kind \"text\" takes no choices", "Remove choices, or write kind: \"choice\".")
    try assertService(
      "kind: \"full-name\"", becomes: "kind: \"choice\"", "fields, entry 1",
      "a field of kind \"choice\" has no choices",
      "Add choices: [ { value: \"…\", label: { id: \"…\", en: \"…\" } }, … ].")
    try assertService(
      "value: \"kerja\"", becomes: "value: \"wisata\"", at: "value: \"wisata\", label: { id: \"Kerja\"",
      "fields, entry 4, choices, entry 2, value", "\"wisata\" already stands in entry 1",
      "Give each entry a name of its own.")
  }

  func testFeesGoByOneCode() throws {
    try assertService(
      "\"EXTRA\"", becomes: "\"PAS-E-10\"", at: "\"PAS-E-10\", name: { id: \"Beban\"", "fees, entry 2, code",
      "\"PAS-E-10\" already stands in entry 1", "Give each entry a name of its own.")
  }

  func testBrokenGrammarIsRefusedWithItsLine() throws {
    try assertService(
      "audience: \"citizens\",", becomes: "audience: \"citizens\"", "", "a comma is missing here",
      "Write a comma between two entries.")
  }

  func testBrokenCalendarsAreRefused() throws {
    try assertCalendar(
      "\"2026-12-25\"", becomes: "\"2027-12-25\"", "years, entry 1, holidays, entry 1, date",
      "2027-12-25 is not in 2026",
      "Correct the day, or move it to its own year.")
    try assertCalendar(
      "\"2026-12-24\"", becomes: "\"24-12-2026\"", "years, entry 1, collectiveLeave, entry 1, date",
      "\"24-12-2026\" is not a day of the calendar", "Write year, month and day, such as \"2026-12-31\".")
    try assertCalendar(
      "from: \"13:00\"", becomes: "from: \"11:00\"", "openingHours, monday, entry 2, from",
      "11:00 lies before the end of the stretch above it", "Write the stretches of a day in order, without overlap.")
    try assertCalendar(
      "to: \"11:30\"", becomes: "to: \"07:30\"", "openingHours, friday, entry 1, to", "07:30 is not after 08:00",
      "Write a time later on the same day.")
    try assertCalendar(
      "friday:", becomes: "jumat:", "openingHours, jumat", "this key is unknown",
      "Known here: monday, tuesday, wednesday, thursday, friday, saturday, sunday.")
    try assertCalendar(
      "closures: [", becomes: "closures: [ { date: \"2026-12-28\", name: { id: \"a\", en: \"b\" } },\n",
      at: "{ date: \"2026-12-28\", name: { id: \"Pindah", "closures, entry 2, date",
      "\"2026-12-28\" already stands in entry 1", "Give each entry a name of its own.")
  }

  func testExceptionsThatOpenNothingOverlapOrContradictAClosureAreRefused() throws {
    try assertCalendar(
      "open: [{ from: \"09:00\", to: \"24:00\" }]", becomes: "open: []", "exceptions, entry 1, open",
      "the office would be closed on this day",
      "Write open: [{ from: \"08:00\", to: \"12:00\" }], or move the day to closures.")
    try assertCalendar(
      "from: \"10:30\"", becomes: "from: \"09:30\"", "exceptions, entry 2, open, entry 2, from",
      "09:30 lies before the end of the stretch above it", "Write the stretches of a day in order, without overlap.")
    try assertCalendar(
      "from: \"09:00\", to: \"24:00\"", becomes: "from: \"24:00\", to: \"24:00\"",
      "exceptions, entry 1, open, entry 1, from", "\"24:00\" is not a time of day",
      "Write hours and minutes, such as \"08:30\".")
    try assertCalendar(
      "{ date: \"2026-12-20\"", becomes: "{ date: \"2026-12-28\"", at: "{ date: \"2026-12-28\", name: { id: \"Minggu",
      "exceptions, entry 1, date", "2026-12-28 is also among the closures", "Keep the day in one of the two lists.")
    try assertCalendar(
      "{ date: \"2026-12-20\"", becomes: "{ date: \"2026-12-24\"", at: "{ date: \"2026-12-24\", name: { id: \"Layanan",
      "exceptions, entry 2, date", "\"2026-12-24\" already stands in entry 1", "Give each entry a name of its own.")
  }

  // MARK: Across files

  func testTwoServicesMayNotShareACodeOrALetter() throws {
    let files = try SmallCatalogue()
    try files.write(SmallCatalogue.service.replacing("\"A\"", with: "\"B\""), to: "services/b.json5")
    let first = files.directory.appending("services/a.json5")
    let second = files.directory.appending("services/b.json5")
    XCTAssertEqual(
      EditionReading(files.directory).problems.map(\.description),
      ["\(second):2:9: code: \"paspor-uji\" is already the code of \(first). Give each service its own code."])
    try files.write(SmallCatalogue.service.replacing("paspor-uji", with: "lain"), to: "services/b.json5")
    XCTAssertEqual(
      EditionReading(files.directory).problems.map(\.description),
      [
        "\(second):6:16: queueLetter: \"A\" is already the letter of \(first). "
          + "Give each service its own letter, so that no number is called twice."
      ])
  }

  func testMissingFilesAreNamed() throws {
    let files = try SmallCatalogue()
    try files.remove("calendar.json5")
    try files.remove("services/a.json5")
    XCTAssertEqual(
      EditionReading(files.directory).problems.map(\.what),
      ["there is no such file, or its directory may not be entered", "the directory has no *.json5 file"])
    XCTAssertThrowsError(try Edition.read(ConfigurationDirectory(path: "\(files.directory.path)/absent")))
  }
}
