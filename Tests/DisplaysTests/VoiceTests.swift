import Contracts
import Core
import Foundation
import ModuleHarness
import XCTest

@testable import Displays

final class NumberWordsTests: XCTestCase {
  private func words(_ language: Language) throws -> NumberWords {
    NumberWords(try DisplayHall.locales().words(language))
  }

  func testCountersAreSaidAsIndonesianNumberWords() throws {
    let spoken = try words(.indonesian)
    let said: [(Int, String)] = [
      (1, "satu"), (3, "tiga"), (9, "sembilan"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"),
      (19, "sembilan belas"), (20, "dua puluh"), (21, "dua puluh satu"), (30, "tiga puluh"),
      (99, "sembilan puluh sembilan"),
    ]
    for (number, words) in said { XCTAssertEqual(spoken.cardinal(number), words) }
  }

  func testCountersAreSaidAsEnglishNumberWords() throws {
    let spoken = try words(.english)
    let said: [(Int, String)] = [
      (1, "one"), (10, "ten"), (11, "eleven"), (15, "fifteen"), (20, "twenty"), (21, "twenty-one"), (40, "forty"),
      (99, "ninety-nine"),
    ]
    for (number, words) in said { XCTAssertEqual(spoken.cardinal(number), words) }
  }

  func testEveryCounterHasWordsOfItsOwnInEveryLanguage() throws {
    for language in try DisplayHall.locales().languages {
      let spoken = try words(language)
      let said = (1...99).map(spoken.cardinal)
      XCTAssertEqual(Set(said).count, 99, "\(language)")
      XCTAssertTrue(said.allSatisfy { !$0.contains { $0.isNumber } && $0 == $0.lowercased() }, "\(language): \(said)")
      XCTAssertEqual(Set((0...9).map { spoken.spelled(String($0)) }).count, 10, "\(language)")
    }
  }

  func testTicketNumbersAreSpelledDigitByDigit() throws {
    XCTAssertEqual(try words(.indonesian).spelled("A-012"), "A, nol satu dua")
    XCTAssertEqual(try words(.english).spelled("B-1007"), "B, one zero zero seven")
  }

  func testAFurtherLanguageSaysNumbersByItsFileAlone() {
    let another = Language(rawValue: "qaa")
    let locales = Locales([
      .indonesian: [:],
      another: ["queue.display.digits": "o, i, ii, iii", "queue.display.counters": "primus, secundus"],
    ])
    let spoken = NumberWords(locales.words(another))
    XCTAssertEqual(spoken.cardinal(2), "secundus")
    XCTAssertEqual(spoken.cardinal(3), "iii", "a counter without a word of its own is spelled")
    XCTAssertEqual(spoken.spelled("A-031"), "A, o iii i")
    XCTAssertEqual(spoken.spelled("A-9"), "A, 9", "a digit without a word is left to the voice")
    XCTAssertEqual(spoken.cardinal(0), "o")
  }
}

final class CallPhraseTests: XCTestCase {
  private let call = QueueSnapshot.Call(number: "A-012", counter: 3, calls: 1)

  func testANumberOfTwelveDigitsIsSaidInItsGroups() throws {
    let number = TypedNumber.example(.ticket)
    XCTAssertEqual(number, "5234 5678 9072")
    let locales = try DisplayHall.locales()
    XCTAssertEqual(
      NumberWords(locales.words(.indonesian)).spelled(number),
      "lima dua tiga empat, lima enam tujuh delapan, sembilan nol tujuh dua")
    XCTAssertEqual(
      NumberWords(locales.words(.english)).spelled(number),
      "five two three four, five six seven eight, nine zero seven two")
  }

  func testEspeakPausesBetweenTheGroupsOfANumber() throws {
    let locales = try DisplayHall.locales()
    for language in locales.languages {
      let grouped = NumberWords(locales.words(language)).spelled(TypedNumber.example(.ticket))
      let inOneBreath = grouped.replacing(",", with: "")
      let (paused, hurried) = (try seconds(of: grouped, language), try seconds(of: inOneBreath, language))
      XCTAssertGreaterThan(hurried, 2, "twelve digits take a while")
      XCTAssertGreaterThan(paused, hurried + 0.3, "two pauses")
    }
  }

  /// How long espeak-ng speaks the words: the size of its sound, which has 22050 samples of 16 bits a second.
  private func seconds(of text: String, _ language: Language) throws -> Double {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).wav").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let child = ChildProgram(
      program: "espeak-ng", arguments: ["-v", language.rawValue, "-s", "135", "-w", file, text])
    guard case .ended(0) = child.run(atMost: .seconds(60)) else { throw CocoaError(.executableLoad) }
    return Double(try XCTUnwrap(FileManager.default.contents(atPath: file)).count) / 44_100
  }

  func testPhraseIsASentenceInEachLanguage() throws {
    let locales = try DisplayHall.locales()
    XCTAssertEqual(
      CallPhrase(call, in: .indonesian, locales: locales).text, "Nomor A, nol satu dua, silakan ke loket tiga.")
    XCTAssertEqual(
      CallPhrase(call, in: .english, locales: locales).text, "Number A, zero one two, please go to counter three.")
  }

  func testAnnouncementNamesCaptionsAndRecordings() throws {
    let announcement = Announcement(call, languages: [.indonesian], locales: try DisplayHall.locales())
    XCTAssertEqual(announcement.id, "A-012/3/1")
    XCTAssertEqual(announcement.sentences.map(\.caption), ["Nomor A-012, silakan ke loket 3."])
    XCTAssertTrue(announcement.sentences[0].sound.hasPrefix("/suara/id-A-012-3.wav?v="))
    XCTAssertTrue(announcement.json.contains("\"say\":\"Nomor A, nol satu dua, silakan ke loket tiga.\""))
  }
}

final class SpeakerTests: XCTestCase {
  private var directory = ""

  override func setUp() {
    directory = FileManager.default.temporaryDirectory.appending(path: "suara-\(UUID().uuidString)").path
  }

  override func tearDown() { try? FileManager.default.removeItem(atPath: directory) }

  private func phrase(_ number: String = "A-012") throws -> CallPhrase {
    CallPhrase(
      QueueSnapshot.Call(number: number, counter: 3, calls: 1), in: .indonesian, locales: try DisplayHall.locales())
  }

  private func speaker(_ program: String, _ clock: ManualClock = ManualClock(ModuleOffice.start)) -> Speaker {
    Speaker(directory: directory, program: program, clock: clock, log: SilentLog())
  }

  /// A script in place of espeak-ng; it notes each time that it runs.
  private func program(_ body: String) throws -> String {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let path = directory + "/program"
    try "#!/bin/sh\necho run >> \(directory)/runs\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  private var runCount: Int {
    (try? String(contentsOfFile: directory + "/runs", encoding: .utf8).split(separator: "\n").count) ?? 0
  }

  func testEspeakSpeaksTheSentence() async throws {
    let recording = await speaker("espeak-ng").recording(of: try phrase())
    let bytes = try XCTUnwrap(recording, "espeak-ng is installed by scripts/dependencies")
    XCTAssertEqual(Array(bytes.prefix(4)), Array("RIFF".utf8))
    XCTAssertEqual(Array(bytes[8..<12]), Array("WAVE".utf8))
    // 22,050 samples of two bytes a second: a sentence lasts between two and eight seconds.
    XCTAssertTrue((2 * 44_100...8 * 44_100).contains(bytes.count), "\(bytes.count) bytes")
  }

  func testPhraseIsMadeOnceAndKept() async throws {
    // The draft's path is the argument after -w.
    let program = try program("while [ \"$1\" != -w ]; do shift; done; echo spoken > \"$2\"")
    let first = await speaker(program).recording(of: try phrase())
    let second = await speaker(program).recording(of: try phrase())
    XCTAssertEqual(first, Array("spoken\n".utf8))
    XCTAssertEqual(second, first)
    XCTAssertEqual(runCount, 1)
  }

  func testManyWhoAskAtOnceGetOneRecording() async throws {
    let program = try program("while [ \"$1\" != -w ]; do shift; done; echo spoken > \"$2\"")
    let speaker = speaker(program)
    let phrase = try phrase()
    let made = await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { await speaker.recording(of: phrase) } }
      return await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
    }
    XCTAssertEqual(made, 50)
    XCTAssertEqual(runCount, 1)
  }

  func testMissingProgramGivesNoRecording() async throws {
    let recording = await speaker("no-such-program-\(UUID().uuidString)").recording(of: try phrase())
    XCTAssertNil(recording)
  }

  func testFailingProgramIsLeftAloneForAWhile() async throws {
    let clock = ManualClock(ModuleOffice.start)
    let speaker = speaker(try program("exit 1"), clock)
    for _ in 0..<5 {
      let recording = await speaker.recording(of: try phrase())
      XCTAssertNil(recording)
    }
    XCTAssertEqual(runCount, 1)
    clock.advance(by: Speaker.restAfterFailure)
    _ = await speaker.recording(of: try phrase())
    XCTAssertEqual(runCount, 2)
    clock.set(ModuleOffice.start - .hours(24 * 3650))
    _ = await speaker.recording(of: try phrase())
    XCTAssertEqual(runCount, 3, "the date was wrong: it does not rest for ten years")
  }

  func testChildThatHangsIsEnded() {
    let child = ChildProgram(program: "sleep", arguments: ["30"])
    XCTAssertEqual(child.run(atMost: .milliseconds(100)), .tookTooLong)
    XCTAssertEqual(ChildProgram(program: "false", arguments: []).run(atMost: .seconds(5)), .ended(1))
  }
}
