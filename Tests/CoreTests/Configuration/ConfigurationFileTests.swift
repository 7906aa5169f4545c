import Core
import Foundation
import XCTest

/// A file type with every kind of value that the shipped files have.
private struct Sample: Decodable, Equatable {
  enum Keys: String, CodingKey, CaseIterable { case code, days, open, audience, from, at, name, rate, stages }
  enum Audience: String, CaseIterable { case citizens, foreigners }
  struct Stage: Decodable, Equatable {
    enum Keys: String, CodingKey, CaseIterable { case code, fee }
    let code: String
    let fee: Int

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      code = try file.text(.code, characterCountMax: 8)
      fee = try file.value(.fee, or: 0)
    }
  }

  let code: String
  let days: Int
  let open: Bool
  let audience: Audience
  let from: CivilDate
  let at: CivilTime?
  let name: LocalizedText?
  let rate: Double
  let stages: [Stage]

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    code = try file.text(.code)
    days = try file.number(.days, in: 1...60)
    open = try file.value(.open, or: true)
    audience = try file.choice(.audience, or: .citizens)
    from = try file.date(.from)
    at = file.has(.at) ? try file.time(.at) : nil
    name = try file.optional(.name)
    rate = try file.value(.rate, or: 1)
    stages = try file.value(.stages, or: [])
  }
}

final class ConfigurationFileTests: XCTestCase {
  private func file(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(path: "a.json5", bytes: Array(text.utf8))
  }

  private func refusal(_ text: String) -> String {
    do {
      let sample = try file(text).decode(Sample.self)
      return "accepted: \(sample)"
    } catch {
      return String(describing: error)
    }
  }

  private func assertRefused(
    _ text: String, _ message: String, at line: UInt = #line
  ) {
    XCTAssertEqual(refusal(text), message, line: line)
  }

  // MARK: What is accepted

  func testEverythingThatJSON5AllowsButOddNumbersIsRead() throws {
    let sample = try file(
      """
      /* a block
         comment */
      {
        code: 'single', // and a line comment
        "days": 15,
        rate: 5,
        open: false,
        from: "2026-12-31", "at": "08:30",
        name: { id: 'Paspor "biru"', en: "Blue passport", },
        stages: [ { code: "a\\u0041\\x42", fee: 5, }, ],
      }
      """
    ).decode(Sample.self)
    XCTAssertEqual(sample.code, "single")
    XCTAssertEqual(sample.days, 15)
    XCTAssertEqual(sample.rate, 5)
    XCTAssertEqual(sample.at?.description, "08:30")
    XCTAssertEqual(sample.name?[.english], "Blue passport")
    XCTAssertEqual(sample.name?[.indonesian], "Paspor \"biru\"")
    XCTAssertEqual(sample.stages.map(\.code), ["aAB"])
  }

  func testAnEscapedCharacterEndsNoTextAndBeginsNoOtherEscape() throws {
    let texts = try file(
      #"{ a: "satu \"dua\"", b: 'it\'s', c: "C:\\temp\\1", d: "\/", "\\": "e", "\uD83D\uDE00": "f", "\uD83D\uDE01": "g" }"#
    ).decode([String: String].self)
    XCTAssertEqual(
      texts,
      ["a": "satu \"dua\"", "b": "it's", "c": "C:\\temp\\1", "d": "/", "\\": "e", "😀": "f", "😁": "g"])
  }

  func testACommentEndsWithACarriageReturnToo() throws {
    XCTAssertEqual(try file("{ // kata\ra: 'b' }").decode([String: String].self), ["a": "b"])
  }

  /// What the decoder would refuse without a word on where.
  func testWhatOnlyLooksLikeJSON5IsRefusedWhereItStands() {
    let plain = "Type a plain space."
    let cases = [
      ("{\u{A0}code: 'a' }", "1:2: the space U+00A0 stands here, which only looks like one. \(plain)"),
      ("{ code:\u{2028}'a' }", "1:8: the space U+2028 stands here, which only looks like one. \(plain)"),
      ("{ code: 'a' }\u{FEFF}", "1:14: the space U+FEFF stands here, which only looks like one. \(plain)"),
      ("{ code: 'a\\q' }", "1:11: code: a \\ before “q” means nothing. Write \\\\ for a backslash."),
      ("{ code: 'a\tb' }", "1:11: code: a tab stands in this text. Write \\t, or spaces."),
      ("{ code: '\\uD83D' }", "1:10: code: this is only half of a character. Write the character itself."),
      ("{ days: NaN }", "1:9: days: NaN is no whole number in digits. Write digits only, such as 650000."),
      ("{ 😀: 1 }", "1:3: 😀 has a character that cannot stand here without quotes. Put it in quotes: \"…\"."),
      (
        "{ co\u{A0}de: 1 }",
        "1:3: co\u{A0}de has a character that cannot stand here without quotes. Put it in quotes: \"…\"."
      ),
    ]
    for (text, message) in cases { assertRefused(text, "a.json5:\(message)") }
  }

  func testAProblemIsOneLineWhateverItQuotes() {
    assertRefused(
      "{ 'co\\nde': 'a' }",
      #"a.json5:1:3: co\nde: this key is unknown. Did you mean "code"? "#
        + "Known here: code, days, open, audience, from, at, name, rate, stages.")
    let long = refusal("{ code: 'a', days: 4, audience: '\(String(repeating: "x", count: 100_000))' }")
    XCTAssertLessThan(long.count, 3_000)
    XCTAssertTrue(long.hasSuffix("Write one of: citizens, foreigners."), long)
  }

  func testScannerAndDecoderAgreeOnNumbers() throws {
    for number in ["0", "-1", "950000"] {
      XCTAssertNoThrow(try file("[\(number)]").decode([Int].self), number)
    }
    for number in ["07", "1_000", "1.2.3", "0x", "1e", "--1", "1e+", ".", "Infinity", "NaN"] {
      XCTAssertThrowsError(try file("[\(number)]").decode([Int].self), number)
    }
  }

  func testNumbersAreWrittenInDigitsAlone() {
    for number in ["+1", "1.5", ".5", "5.", "1e3", "1E-3", "0xfF"] {
      assertRefused(
        "[\(number)]",
        "a.json5:1:2: entry 1: \(number) is no whole number in digits. Write digits only, such as 650000.")
    }
    for (number, meant) in [("950.000", "950000"), ("1.950.000", "1950000"), ("1.000", "1000")] {
      assertRefused(
        "[\(number)]",
        "a.json5:1:2: entry 1: \(number) is no whole number in digits. Write \(meant), without points between the thousands."
      )
    }
  }

  func testWindowsLinesAndByteOrderMarkAreRead() throws {
    let sample = try file("\u{FEFF}{ code: 'a',\r\n days: 4,\r\n from: '2026-01-01' }\r\n").decode(Sample.self)
    XCTAssertEqual(sample.days, 4)
  }

  // MARK: What does not fit

  func testUnknownKeyIsRefusedWithTheNearestKnownOne() {
    assertRefused(
      "{\n  code: 'a',\n  dasy: 4,\n  from: '2026-01-01',\n}",
      "a.json5:3:3: dasy: this key is unknown. Did you mean \"days\"? Known here: code, days, open, audience, from, at, "
        + "name, rate, stages.")
  }

  func testUnknownKeyFarFromAnyOtherGetsNoGuess() {
    assertRefused(
      "{\n  code: 'a', days: 4, from: '2026-01-01',\n  stages: [\n    { code: 'a' },\n    { code: 'b', colour: 1 },\n  ],\n}",
      "a.json5:5:18: stages, entry 2, colour: this key is unknown. Known here: code, fee.")
  }

  func testMissingKeyIsNamedWithTheObjectThatLacksIt() {
    assertRefused(
      "{\n  code: 'a', days: 4, from: '2026-01-01',\n  stages: [\n    { fee: 1 },\n  ],\n}",
      "a.json5:4:5: stages, entry 1: the key \"code\" is missing. Add code: and its value.")
    assertRefused("\n{}", "a.json5:2:1: the key \"code\" is missing. Add code: and its value.")
  }

  func testWrongKindsOfValueAreNamed() {
    assertRefused(
      "{\n  code: 5 }",
      "a.json5:2:9: code: a text should stand here, not a number. Write it in quotes: \"…\".")
    assertRefused(
      "{ code: 'a',\n days: '4' }",
      "a.json5:2:8: days: a whole number should stand here, not a text. Write a whole number, such as 4, without quotes."
    )
    assertRefused(
      "{ code: 'a', days: 4, open: 'yes' }",
      "a.json5:1:29: open: true or false should stand here, not a text. Write true or false, without quotes.")
    assertRefused(
      "{ code: 'a', days: 4, from: '2026-01-01', stages: { a: 1 } }",
      "a.json5:1:51: stages: a list [ … ] should stand here, not an object { … }. Write a list: [ …, … ].")
    assertRefused(
      "{ code: null }",
      "a.json5:1:9: code: a text should stand here, not null. Write it in quotes: \"…\".")
    assertRefused(
      "['a']",
      "a.json5:1:1: an object { … } should stand here, not a list [ … ]. Write an object: { key: value, … }.")
  }

  func testDecimalsAndHugeNumbersAreRefusedWhereWholeOnesAreWanted() {
    assertRefused(
      "{ code: 'a', days: 99999999999999999999999 }",
      "a.json5:1:20: days: 99999999999999999999999 is too large a number. The largest one is 9223372036854775807.")
    assertRefused(
      "{ code: 'a', days: 4.5 }",
      "a.json5:1:20: days: 4.5 is no whole number in digits. Write digits only, such as 650000.")
  }

  func testNumberOutOfBoundsIsRefusedWithTheBounds() {
    assertRefused(
      "{ code: 'a', days: 61 }", "a.json5:1:20: days: 61 is out of bounds. Write a whole number from 1 to 60.")
  }

  func testTextWithWhatNobodySeesIsRefusedByName() {
    for (hidden, code) in [("\u{202E}", "202E"), ("\u{200B}", "200B"), ("\u{AD}", "00AD"), ("\\u0000", "0000")] {
      assertRefused(
        "{ code: 'a\(hidden)b' }",
        "a.json5:1:9: code: this text holds the character U+\(code), which nobody sees. Type the text anew.")
    }
  }

  func testEmptyAndOverlongTextsAreRefused() {
    assertRefused("{ code: ' ' }", "a.json5:1:9: code: the text is empty. Write something between the quotes.")
    assertRefused(
      "{ code: 'a', days: 1, from: '2026-01-01', stages: [{ code: '123456789' }] }",
      "a.json5:1:60: stages, entry 1, code: the text has 9 characters, more than the 8 that fit. Shorten it.")
  }

  func testWordOutsideAClosedSetIsRefusedWithTheWholeSet() {
    assertRefused(
      "{ code: 'a', days: 4, audience: 'foreigner' }",
      "a.json5:1:33: audience: \"foreigner\" is not one of the words that can stand here. "
        + "Did you mean \"foreigners\"? Write one of: citizens, foreigners.")
  }

  func testDaysAndTimesThatDoNotExistAreRefused() {
    assertRefused(
      "{ code: 'a', days: 4,\n\n from: '2026-02-29' }",
      "a.json5:3:8: from: \"2026-02-29\" is not a day of the calendar. "
        + "Write year, month and day, such as \"2026-12-31\".")
    assertRefused(
      "{ code: 'a', days: 4, from: '2026-01-01', at: '8.30' }",
      "a.json5:1:47: at: \"8.30\" is not a time of day. Write \"08:30\".")
  }

  func testTextWithoutIndonesianOrWithAnEmptyLanguageIsRefused() {
    let start = "{ code: 'a', days: 4, from: '2026-01-01',\n name: "
    for name in ["{ en: 'Passport' }", "{ id: '', en: 'Passport' }", "{}"] {
      assertRefused(
        "\(start)\(name) }", "a.json5:2:8: name: the text is missing in \"id\". Write { id: \"…\", en: \"…\" }.")
    }
    assertRefused(
      "\(start){ id: 'Paspor', en: '' } }",
      "a.json5:2:8: name: the text is missing in \"en\". Write it, or leave en out: Indonesian stands for it then.")
  }

  func testALanguageThatATextLeavesOutFallsBackOnIndonesian() throws {
    let start = "{ code: 'a', days: 4, from: '2026-01-01', name: "
    let alone = try XCTUnwrap(file("\(start){ id: 'Paspor' } }").decode(Sample.self).name)
    XCTAssertEqual([alone[.indonesian], alone[.english]], ["Paspor", "Paspor"])
    let another = Language(rawValue: "qaa")
    let further = try XCTUnwrap(file("\(start){ id: 'Paspor', qaa: 'Uji' } }").decode(Sample.self).name)
    XCTAssertEqual([further[another], further[.english]], ["Uji", "Paspor"])
  }

  // MARK: Grammar

  func testKeyThatStandsTwiceIsRefused() {
    assertRefused(
      "{\n  code: 'a',\n  name: { id: 'a',\n    en: 'b',\n    \"id\": 'c' } }",
      "a.json5:5:5: name: the key \"id\" stands here twice, first on line 3. Remove one of the two.")
  }

  func testSyntaxErrorsAreFoundWhereTheyAre() {
    let cases: [(text: String, message: String)] = [
      ("", "1:1: the file is empty. Write an object: { … }."),
      ("// nothing\n", "2:1: the file is empty. Write an object: { … }."),
      ("{\n  code: 'a'\n  days: 4\n}", "2:12: a comma is missing here. Write a comma between two entries."),
      ("{ code: 'a',, days: 4 }", "1:13: there is a comma too many. Remove it."),
      (
        "{\n  code: 'a,\n  days: 4 }",
        "2:9: code: this text is not closed on its line. Write ' at its end."
      ),
      (
        "{\n  code: Paspor }",
        "2:9: code: Paspor is neither a number nor true or false. Put texts in quotes: \"Paspor\"."
      ),
      ("{\n  stages: [\n    1,\n", "2:11: stages: this [ is never closed. Write the missing ]."),
      ("{\n  stages: [ 1 }", "2:15: stages: } does not close the [ of line 2. Write ] here."),
      (
        "{ code: 'a' } }",
        "1:15: there is something after the end of the value. Remove it, or move it before the last bracket."
      ),
      (
        "{\n  open-now: 1 }",
        "2:7: a colon should stand after the key \"open\". Write open: and then its value; "
          + "a key with other characters than letters, digits, _ and $ stands in quotes."
      ),
      (
        "{ 'code' = 'a' }",
        "1:10: a colon should stand after the key \"code\". Write code: and then its value; "
          + "a key with other characters than letters, digits, _ and $ stands in quotes."
      ),
      ("{ 1: 'a' }", "1:3: a key should stand here, not “1”. Write a name such as code: and then its value."),
      (
        "{ days: 1_000 }",
        "1:9: days: 1_000 is not a number. Write digits only, such as 650000, or put a text in quotes."
      ),
      ("{ days: 007 }", "1:9: days: 007 is not a number. Write digits only, such as 650000, or put a text in quotes."),
      ("{ /* open\n code: 'a' }", "1:3: this comment is never closed. Write */ at its end."),
      (
        "{ # note\n code: 'a' }",
        "1:3: a key should stand here, not “#”. Write a name such as code: and then its value."
      ),
      ("{ code: / }", "1:9: a single / means nothing here. Write // before a comment."),
      (
        "{ code: }",
        "1:9: code: a value should stand here, not “}”. "
          + "Write a text in quotes, a number, true, false, a list or an object."
      ),
      ("{ code:", "1:8: code: the file ends where a value should stand. Write the value, and close what is open."),
      (
        "{ code: 'one\\\n two' }", "1:13: code: a text cannot go on on the next line. Write the whole text on one line."
      ),
      ("{ code: '\\u12' }", "1:10: code: 4 hexadecimal digits should follow here. Write \\\\ for a backslash."),
    ]
    for (text, message) in cases { assertRefused(text, "a.json5:\(message)") }
  }

  func testColumnsCountCharactersNotBytes() {
    assertRefused(
      "{ code: 'é→', days: 'x' }",
      "a.json5:1:21: days: a whole number should stand here, not a text. "
        + "Write a whole number, such as 4, without quotes.")
  }

  func testDeepNestingIsRefusedRatherThanOverflowingTheStack() {
    let text = String(repeating: "[", count: 100_000)
    XCTAssertTrue(
      refusal(text).contains("this is nested more than 64 deep. Make it flatter."), refusal(text).suffix(80).description
    )
  }

  func testBrokenBytesAreFound() {
    XCTAssertThrowsError(try ConfigurationFile(path: "a.json5", bytes: Array("{\n code: '".utf8) + [0xC3, 0x28])) {
      error in
      XCTAssertEqual(
        String(describing: error), "a.json5:2:9: the file is not UTF-8 from here on. Save it with the encoding UTF-8.")
    }
  }

  /// Cutting a sound file anywhere gives a problem with a place, never a crash or an acceptance.
  func testEveryPrefixOfAFileIsRefusedWithALine() throws {
    let text =
      "{ code: 'a\\u0041', days: -4, open: false, stages: [ { code: \"b\" }, ], /* c */ from: '2026-01-01' }"
    for count in 0..<text.count {
      XCTAssertThrowsError(try file(String(text.prefix(count))).decode(Sample.self), "\(count)") { error in
        XCTAssertNotNil((error as? ConfigurationProblem)?.line, "\(error)")
      }
    }
  }
}

final class ConfigurationReadingTests: XCTestCase {
  private var directory = ""

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "gapura-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  override func tearDown() { try? FileManager.default.removeItem(atPath: directory) }

  private func write(_ text: String, to name: String) throws -> String {
    let path = "\(directory)/\(name)"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  func testFileIsLoadedAndItsProblemsNameIt() throws {
    let good = try write("{ a: 1 }", to: "good.json5")
    XCTAssertEqual(try ConfigurationFile.load([String: Int].self, from: good), ["a": 1])
    let bad = try write("{ a: 'x' }", to: "bad.json5")
    XCTAssertThrowsError(try ConfigurationFile.load([String: Int].self, from: bad)) { error in
      XCTAssertTrue("\(error)".hasPrefix("\(bad):1:6: a: a whole number should stand here"), "\(error)")
    }
  }

  func testWhatIsNoReadableFileIsRefused() throws {
    let cases = [
      ("absent.json5", "there is no such file, or its directory may not be entered"),
      ("", "this is not a file"),
    ]
    for (name, what) in cases {
      XCTAssertThrowsError(try ConfigurationFile(reading: "\(directory)/\(name)")) { error in
        XCTAssertEqual((error as? ConfigurationProblem)?.what, what)
        XCTAssertNil((error as? ConfigurationProblem)?.line)
      }
    }
    let large = try write("// " + String(repeating: "x", count: ConfigurationFile.byteCountMax), to: "large.json5")
    XCTAssertThrowsError(try ConfigurationFile(reading: large)) { error in
      XCTAssertTrue("\(error)".contains("more than the 1048576 a configuration may have"), "\(error)")
    }
  }

  func testDirectoryIsListedInTheOrderOfNames() throws {
    for name in ["b.json5", "a.json5", ".hidden.json5", "a.json5~", "note.txt"] { _ = try write("{}", to: name) }
    XCTAssertEqual(try ConfigurationFile.paths(in: directory), ["\(directory)/a.json5", "\(directory)/b.json5"])
    XCTAssertThrowsError(try ConfigurationFile.paths(in: "\(directory)/absent"))
  }

  // MARK: Locales

  func testLocalesAreFlattenedToDottedNames() throws {
    _ = try write("{ queue: { take: 'Ambil nomor', 'x.y': { z: 'Z' } }, top: 'T' }", to: "id.json5")
    _ = try write("{ queue: { take: 'Take a number' } }", to: "en.json5")
    let locales = try Locales.load(directory: directory)
    XCTAssertEqual(locales.languages, [.indonesian, .english])
    XCTAssertEqual(locales.keys(of: .indonesian), ["queue.take", "queue.x.y.z", "top"])
    XCTAssertEqual(locales.words(.english)("queue.take"), "Take a number")
    XCTAssertEqual(locales.words(.english)("top"), "T")
  }

  func testLocalesWithoutIndonesianAreRefused() throws {
    _ = try write("{}", to: "en.json5")
    XCTAssertThrowsError(try Locales.load(directory: directory)) { error in
      XCTAssertEqual((error as? ConfigurationProblem)?.what, "the Indonesian texts are missing")
    }
  }

  func testMessageThatIsNoTextIsRefusedWithItsLine() throws {
    let path = try write("{ queue: {\n take: 5 } }", to: "id.json5")
    XCTAssertThrowsError(try Locales.load(directory: directory)) { error in
      XCTAssertEqual(
        "\(error)",
        "\(path):2:8: queue, take: this is neither a message nor a group of messages. "
          + "Write a text in quotes, or an object { … } of such texts.")
    }
  }

  func testMessageThatStandsTwiceUnderTwoSpellingsIsRefused() throws {
    _ = try write("{ 'a.b': 'x',\n a: { b: 'y' } }", to: "id.json5")
    XCTAssertThrowsError(try Locales.load(directory: directory)) { error in
      XCTAssertEqual((error as? ConfigurationProblem)?.what, "the message a.b stands in this file twice")
    }
  }
}
