import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

final class IdleTests: XCTestCase {
  private func dump(_ model: KioskModel) -> String {
    var text = "\(model)\n" + String(reflecting: model) + "\n"
    Swift.dump(model, to: &text)
    return text
  }

  private func visitorWhoTyped() throws -> Visitor {
    var visitor = try Visitor()
    visitor.type("12\(Sample.number)")
    visitor.press(.enter)
    visitor.type("17081990")
    return visitor
  }

  func testQuietVisitorIsAskedAfterSixtySecondsWithTwentyToAnswer() throws {
    var visitor = try visitorWhoTyped()
    visitor.wait(.seconds(59))
    XCTAssertFalse(visitor.sees("Masih di sana?"))
    visitor.wait(.seconds(1))
    XCTAssertEqual(visitor.effects, [.bell])
    XCTAssertTrue(visitor.sees("Layar tertutup dalam 20 detik."))
    XCTAssertFalse(visitor.sees("1990"), "what was typed is hidden meanwhile")
    visitor.wait(.seconds(19))
    XCTAssertTrue(visitor.sees("dalam 1 detik"))
    XCTAssertEqual(visitor.effects, [])
  }

  func testAnyKeyAnswersAndDoesNothingElseAsOftenAsOneLikes() throws {
    var visitor = try visitorWhoTyped()
    for _ in 0..<15 {
      visitor.wait(.seconds(70))
      XCTAssertTrue(visitor.sees("Masih di sana?"))
      visitor.press(.character("5"))
      XCTAssertTrue(visitor.sees("17-08-1990"))
    }
  }

  func testVisitorIsForgottenAfterTheWarning() throws {
    var visitor = try visitorWhoTyped()
    visitor.wait(.seconds(60))
    visitor.wait(.seconds(20))
    XCTAssertEqual(visitor.effects, [.wipe, .refreshOffer])
    XCTAssertEqual(visitor.model.screen, .language)
    XCTAssertTrue(visitor.sees("Data Anda sudah dihapus dari layar ini."))
    XCTAssertTrue(visitor.sees("Your data has been removed from this screen."), "who comes next may read that only")
    XCTAssertNil(visitor.model.draft.application)
    XCTAssertEqual(visitor.model.entry, Personal(""))
    XCTAssertEqual(visitor.model.trail, [])
    visitor.press(.escape)
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testWhatIsSaidOnTheFirstScreenIsForWhoHasJustLeftAndGoesAfterTwentySeconds() throws {
    var left = try visitorWhoTyped()
    left.wait(.seconds(60))
    left.wait(.seconds(20))
    var mistaken = try Visitor()
    mistaken.scan("https://example.org/menu")
    for (visitor, said) in [(left, "Data Anda sudah dihapus"), (mistaken, "Kode ini tidak dikenal.")] {
      var visitor = visitor
      visitor.wait(.seconds(19))
      XCTAssertTrue(visitor.sees(said), visitor.screen)
      visitor.take(.hall(Sample.closedHall))
      visitor.wait(.seconds(1))
      XCTAssertFalse(visitor.sees(said), visitor.screen)
    }
  }

  func testNobodyIsToldThatDataIsGoneWhoGaveNone() throws {
    for keys in ["1", "9", "12", "111", "0"] {
      var visitor = try Visitor()
      visitor.type(keys)
      visitor.wait(.seconds(60))
      visitor.wait(.seconds(20))
      XCTAssertEqual(visitor.model.screen, .language)
      XCTAssertFalse(visitor.sees("Data Anda"), "after \(keys)\n\(visitor.screen)")
    }
    var visitor = try Visitor()
    visitor.scan("https://antre.example.go.id/lacak/\(Sample.number)")
    visitor.wait(.seconds(60))
    visitor.wait(.seconds(20))
    XCTAssertTrue(visitor.sees("Data Anda"), "a scanned number was theirs\n\(visitor.screen)")
  }

  func testDumpOfTheModelTellsNothingThatWasTypedOrFound() throws {
    var visitor = try visitorWhoTyped()
    let secrets = [
      Sample.number.description, String(Sample.number.value), "17081990", "1990", Sample.ticket().code.description,
    ]
    var texts = [dump(visitor.model)]
    visitor.press(.enter)
    texts.append(dump(visitor.model))
    texts.append("\(visitor.effects)")
    visitor.take(.progress(Sample.progress))
    texts.append(dump(visitor.model))
    visitor.press(.enter)
    visitor.type("111\(Sample.number)")
    visitor.press(.enter)
    visitor.type("17081990")
    visitor.press(.enter)
    texts.append("\(visitor.effects)")
    visitor.take(.opened(Sample.opened))
    texts.append(dump(visitor.model))
    visitor.type("1")
    visitor.press(.enter, .enter)
    texts.append("\(visitor.effects)")
    visitor.take(.ticket(Sample.ticket()))
    texts.append(dump(visitor.model))
    XCTAssertTrue(texts.contains { $0.contains("<personal>") })
    for text in texts {
      for secret in secrets { XCTAssertFalse(text.contains(secret), "\(secret) stands in \(text.prefix(2000))") }
    }
  }

  func testAnswerForAForgottenVisitorIsDropped() throws {
    var visitor = try visitorWhoTyped()
    visitor.press(.enter)
    let work = visitor.model.work
    visitor.wait(.seconds(10))
    visitor.wait(.seconds(80))
    visitor.wait(.seconds(1))
    visitor.wait(.seconds(90))
    XCTAssertEqual(visitor.model.screen, .language)
    _ = visitor.flow.update(&visitor.model, .result(.progress(Sample.progress), work: work), at: visitor.now)
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testEmptyKioskIsNeverAsked() throws {
    var visitor = try Visitor()
    visitor.wait(.seconds(100_000))
    XCTAssertFalse(visitor.sees("Masih di sana?"))
    XCTAssertEqual(visitor.effects, [.refreshOffer], "only the office is asked")
  }

  func testLargePrintOfTheLastVisitorDoesNotStay() throws {
    var visitor = try Visitor()
    visitor.type("9")
    visitor.wait(.seconds(60))
    visitor.wait(.seconds(20))
    XCTAssertFalse(visitor.model.isLarge)
  }

  func testClockSetBackDoesNotForgetAnybody() throws {
    var visitor = try visitorWhoTyped()
    visitor.wait(.seconds(-3600))
    XCTAssertFalse(visitor.sees("Masih di sana?"))
    XCTAssertEqual(visitor.effects, [])
  }
}
