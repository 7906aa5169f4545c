import Contracts
import Core
import Expectations
import Foundation
import ModuleHarness
import XCTest

@testable import Officers

final class PasswordRuleTests: XCTestCase {
  private static let directory = PasswordListsDirectory(path: ModuleOffice.repository + "/share/passwords")

  func testAPasswordAloneHasFifteenCharactersAndOneBesideASecondFactorEight() throws {
    XCTAssertEqual(try refusal("gerimis kemari"), .tooShort(characterCountMin: 15))
    XCTAssertNil(try refusal("gerimis kemari7"))
    XCTAssertEqual(try refusal("dqx wfz", besideFactor: true), .tooShort(characterCountMin: 8))
    XCTAssertNil(try refusal("dqx wfzk", besideFactor: true))
  }

  func testAPaperWithCodesIsNoSecondFactorForThePassword() throws {
    XCTAssertEqual(Factor.Kind.allCases.filter(\.isBesidePassword), [.passkey, .timeCode])
  }

  func testCharactersAreCountedAndNotBytes() throws {
    XCTAssertEqual(try refusal("éééééééé"), .tooShort(characterCountMin: 15))
    XCTAssertNil(try refusal("日本語の長い合言葉です。はい、そう"))
  }

  func testPasswordOverItsLimitIsRefused() throws {
    let long = String(repeating: "kuda laut hijau ", count: 9)
    XCTAssertEqual(try refusal(long), .tooLong)
    XCTAssertNil(try refusal(String(long.prefix(128))))
  }

  func testThereIsNoRuleAboutKindsOfCharacters() throws {
    XCTAssertNil(try refusal("hujan turun di pasar"))
    XCTAssertNil(try refusal("190845120033771"))
    XCTAssertNil(try refusal("PAYUNGTEDUHHIJAU"))
  }

  func testWhatIsTriedFirstIsRefusedWhateverStandsAroundItAndHoweverItIsWritten() throws {
    let rule = try rule()
    for common in [
      "P@ssw0rd2024", "sunshine2024", "iloveindonesia", "iloveindonesia2024", "1l0v31nd0n3s1a!!", "Password1234",
      "PASSWORD-2024-!!", "p a s s w o r d 2024", "Indonesia123!", "bismillah1234", "qwertyuiop12345", "1q2w3e4r5t6y",
      "sunshine sunshine sunshine", "123456789012345", "987654321098765", "aaaaaaaaaaaaaaa", "abcabcabcabcabc",
      "121212121212121", "!!!!!!!!!!!!!!!", "- - - - - - - - ", "20242024202420242024", "Merdeka17081945",
    ] {
      // With a second factor, so that no length stands in the way.
      let refusal = try rule.refusal(of: Personal(common), for: owner(besideFactor: true))
      XCTAssertEqual(refusal, .common, common)
    }
  }

  func testEachOfTheListIsRefused() throws {
    let rule = try rule()
    XCTAssertGreaterThan(rule.words.common.count, 19_000)
    let owner = try owner(besideFactor: true)
    let seed = TestSeed.drawn()
    let random = SeededRandom(seed: seed)
    let words = rule.words.common.filter { $0.count >= 8 }.sorted()
    XCTAssertGreaterThan(words.count, 5_000)
    for _ in 0..<300 {
      let word = words[Int(random.uint64() % UInt64(words.count))]
      let around = word.allSatisfy(\.isLetter) ? [word + "2024", "!" + word + "77"] : []
      for written in [word, word.uppercased()] + around {
        XCTAssertNotNil(rule.refusal(of: Personal(written), for: owner), "\(written), seed \(seed)")
      }
    }
  }

  func testWhatIsMadeOfTheOfficesTheProgramsOrTheOfficersWordsIsRefused() throws {
    for own in [
      "Imigrasi2026", "Petugas-2026", "siti.rahma12", "siti rahma siti rahma", "kantor imigrasi contoh",
      "S1ti Rahma @ Kant0r", "P4spor!Imigr4si", "gapura-gapura-gapura", "Lestari12345", "sample office 2026",
    ] { XCTAssertEqual(try refusal(own, besideFactor: true), .ownWords, own) }
    XCTAssertNil(try refusal("siti.rahma suka bakso urat"), "a name is no fault in a long one")
    XCTAssertNil(try refusal("imigrasi naik delman ke pasar"))
  }

  func testAPassphraseOfCommonWordsIsFineOnceThereAreThreeOfThem() throws {
    XCTAssertEqual(try refusal("sunshine battery", besideFactor: true), .common)
    XCTAssertNil(try refusal("sunshine battery monkey"))
    XCTAssertNil(try refusal("correct horse battery staple"))
  }

  func testRandomPasswordsAreNotMistakenForWords() throws {
    let rule = try rule()
    let owner = try owner(besideFactor: true)
    let seed = TestSeed.drawn()
    let random = SeededRandom(seed: seed)
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let drawn = (0..<1_000).map { _ in
      String((0..<12).map { _ in letters[Int(random.uint64() % UInt64(letters.count))] })
    }
    let refused = drawn.filter { rule.refusal(of: Personal($0), for: owner) != nil }
    XCTAssertLessThan(refused.count, 30, "seed \(seed): \(refused)")
  }

  func testInitialPasswordsPassTheRuleAndDiffer() throws {
    let random = SeededRandom(seed: 7)
    let drawn = (0..<50).map { _ in InitialPassword.draw(from: random).exposed }
    XCTAssertEqual(Set(drawn).count, 50)
    for password in drawn { XCTAssertNil(try refusal(password), "an initial password is refused") }
  }

  func testEachRefusalHasASentenceThatHelpsInEveryLanguage() throws {
    let locales = try Locales.load(directory: ModuleOffice.repository + "/share/locales")
    for language in locales.languages {
      let words = locales.words(language)
      for refusal in [
        PasswordRule.Refusal.tooShort(characterCountMin: 15), .tooLong, .common, .ownWords,
      ] {
        let (title, mend) = (refusal.problem.title(words), refusal.problem.mend(words))
        XCTAssertTrue(title.hasSuffix("."), "\(language) \(title)")
        XCTAssertTrue(mend.hasSuffix("."), "\(language) \(mend)")
        XCTAssertFalse("\(title)\(mend)".contains("{"), "\(language) \(mend)")
        XCTAssertFalse("\(title)\(mend)".contains("problem."), "\(language) \(mend)")
      }
    }
  }

  // MARK: The lists

  func testAListThatIsMissingOrCutOffIsToldWithItsFile() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gapura-words-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let directory = PasswordListsDirectory(path: folder)
    let office = try ModuleOffice().office
    for (content, said) in [(nil, "cannot be read"), ("# a comment\nsayang\n", "has 1 words")] as [(String?, String)] {
      try content?.write(toFile: folder + "/common.txt", atomically: true, encoding: .utf8)
      XCTAssertThrowsError(try PasswordWords(reading: directory, office: office)) { error in
        let problem = error as? ConfigurationProblem
        XCTAssertEqual(problem?.file, folder + "/common.txt")
        XCTAssertEqual(problem?.what.contains(said), true, "\(error)")
      }
    }
  }

  func testCommentsOfTheListsAreNoWords() throws {
    let words = try rule().words
    XCTAssertEqual(words.common.union(words.office).filter { $0.contains("copyright") || $0.hasPrefix("# ") }, [])
    XCTAssertTrue(words.office.isSuperset(of: ["kantor", "imigrasi", "contoh", "sample", "office", "gapura"]))
  }

  func testUserNamesAreForgivenCapitalsAndSpacesButNothingElse() {
    XCTAssertEqual(Username(" Siti.Rahma ")?.description, "siti.rahma")
    for bad in ["", "si", "9lives", "siti@kanim", "sité", String(repeating: "a", count: 41), "siti;drop"] {
      XCTAssertNil(Username(bad), bad)
    }
  }

  private func rule() throws -> PasswordRule {
    PasswordRule(words: try PasswordWords(reading: Self.directory, office: ModuleOffice().office))
  }

  private func owner(besideFactor: Bool = false) throws -> PasswordOwner {
    PasswordOwner(
      username: try XCTUnwrap(Username("siti.rahma")), displayName: "Siti Rahma Lestari", hasSecondFactor: besideFactor)
  }

  private func refusal(_ password: String, besideFactor: Bool = false) throws -> PasswordRule.Refusal? {
    try rule().refusal(of: Personal(password), for: owner(besideFactor: besideFactor))
  }
}
