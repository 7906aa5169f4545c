import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

/// A key that is held down, bounces, is pressed twice, or comes before the screen that it meets.
final class HeldKeyTests: XCTestCase {
  /// As a Linux console repeats a held key: after a quarter of a second, then thirty times a second.
  private static let holding = [Duration.milliseconds(250)] + Array(repeating: Duration.milliseconds(33), count: 300)

  private func visitorAtConfirmation() throws -> Visitor {
    var visitor = try Visitor()
    visitor.type("11211")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .confirm)
    return visitor
  }

  /// Every way to a result, and the key that brings it.
  private func results() throws -> [(name: String, visitor: Visitor, key: Key)] {
    var ticket = try visitorAtConfirmation()
    ticket.press(.enter)
    ticket.take(.ticket(Sample.ticket()))
    var chosen = try visitorAtConfirmation()
    chosen.type("1")
    chosen.take(.ticket(Sample.ticket()))
    var family = try visitorAtConfirmation()
    family.press(.enter)
    family.take(.tickets([Sample.ticket("A-012"), Sample.ticket("A-013")]))
    var progress = try Visitor()
    progress.type("12\(Sample.number)")
    progress.press(.enter)
    progress.type("17081990")
    progress.press(.enter)
    progress.take(.progress(Sample.progress))
    return [
      ("ticket", ticket, .enter), ("ticket by its digit", chosen, .character("1")), ("family", family, .enter),
      ("progress", progress, .enter),
    ]
  }

  func testASecondEnterWithinTheTimeOfAHandKeepsTheResult() throws {
    for (name, before, _) in try results() {
      for pause in stride(from: 0, to: 1500, by: 50) {
        var visitor = before
        visitor.press(.enter, after: .milliseconds(pause))
        XCTAssertEqual(visitor.model.screen, before.model.screen, "\(name) is gone after \(pause) ms")
        XCTAssertEqual(visitor.effects, [])
      }
    }
  }

  func testAHeldKeyKeepsTheResultForAsLongAsItIsHeld() throws {
    for (name, before, key) in try results() {
      var visitor = before
      for pause in Self.holding { visitor.press(key, after: pause) }
      XCTAssertEqual(visitor.model.screen, before.model.screen, name)
    }
  }

  func testAResultNamesEnterAsSoonAsEnterClosesItAndNotBefore() throws {
    for (name, before, _) in try results() {
      var visitor = before
      let hint = "Enter \(visitor.flow.words(visitor.model)("kiosk.key.finish"))"
      XCTAssertFalse(visitor.sees(hint), "\(name)\n\(visitor.screen)")
      visitor.wait(.milliseconds(1400))
      XCTAssertFalse(visitor.sees(hint), name)
      visitor.wait(.milliseconds(100))
      XCTAssertTrue(visitor.sees(hint), "\(name)\n\(visitor.screen)")
      visitor.press(.enter, after: .milliseconds(1))
      XCTAssertEqual(visitor.model.screen, .language, name)
      XCTAssertTrue(visitor.sees("Data Anda sudah dihapus dari layar ini."), name)
    }
  }

  func testAnotherKeyThatLeadsBackClosesAResultAtOnce() throws {
    for (name, before, _) in try results() {
      for key in [Key.character("*"), .escape, .backspace] {
        var visitor = before
        visitor.press(key, after: .milliseconds(300))
        XCTAssertEqual(visitor.model.screen, .language, "\(name) by \(key)")
        XCTAssertTrue(visitor.sees("Data Anda sudah dihapus dari layar ini."), name)
      }
    }
  }

  func testKeysThatMeanNothingOnAResultLeaveItThere() throws {
    for (name, before, _) in try results() {
      var visitor = before
      for key in "123456".map(Key.character) + [.tab, .home, .insert, .delete, .character("x")] { visitor.press(key) }
      XCTAssertEqual(visitor.model.screen, before.model.screen, name)
    }
  }

  func testAHeldKeyTakesOneStepOnEveryScreen() throws {
    for key in [Key.enter, .escape, .backspace, .character("*"), .character("0"), .character("+"), .character("9")]
      + "123456".map(Key.character)
    {
      var visitor = try visitorAtConfirmation()
      visitor.press(key)
      let (place, isLarge) = (visitor.model.screen, visitor.model.isLarge)
      for pause in Self.holding { visitor.press(key, after: pause) }
      XCTAssertEqual(visitor.model.screen, place, "\(key)")
      XCTAssertEqual(visitor.model.isLarge, isLarge, "a held 9 flickers")
    }
  }

  func testAHeldDigitFillsAFieldAndAHeldBackspaceEmptiesItAndStaysThere() throws {
    var visitor = try Visitor()
    visitor.type("111")
    for _ in 0..<20 { visitor.press(.character("5"), after: .milliseconds(33)) }
    XCTAssertTrue(visitor.sees("5555 5555"), visitor.screen)
    for _ in 0..<60 { visitor.press(.backspace, after: .milliseconds(33)) }
    XCTAssertEqual(visitor.model.screen, .enterApplication, "a held Backspace left the screen")
    visitor.press(.backspace)
    XCTAssertEqual(visitor.model.screen, .haveApplication)
  }

  func testAHeldEnterSubmitsAnEntryOnceAndNotTheNextOne() throws {
    var visitor = try Visitor()
    visitor.type("12\(Sample.number)")
    visitor.press(.enter)
    for pause in Self.holding { visitor.press(.enter, after: pause) }
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    XCTAssertFalse(visitor.sees("Tanggal ini tidak ada."), "an empty date was submitted")
    visitor.press(.enter)
    XCTAssertTrue(visitor.sees("Tanggal ini tidak ada."), "a fresh Enter submits")
  }

  func testKeysThatCameBeforeAScreenWasDrawnNeitherChooseNorConfirmOnIt() throws {
    var visitor = try Visitor()
    for key in "1211".map(Key.character) + [.enter, .escape, .character("0")] { visitor.press(key, after: .zero) }
    XCTAssertEqual(visitor.model.screen, .language, "a key as old as the first screen")
    visitor.press(.character("1"))
    for key in "2210".map(Key.character) + [.enter, .escape] {
      visitor.press(key, after: .zero)
      XCTAssertEqual(visitor.effects, [])
      XCTAssertEqual(visitor.model.screen, .menu)
    }
    visitor.press(.character("2"), after: .milliseconds(1))
    XCTAssertEqual(visitor.model.screen, .enterApplication)
    // What is typed into a field may be typed ahead.
    for character in "12345678" { visitor.press(.character(character), after: .zero) }
    XCTAssertTrue(visitor.sees("1234 5678"))
    visitor.press(.enter, after: .zero)
    XCTAssertFalse(visitor.sees("Nomor ini tidak tepat."))
  }

  func testKeysPressedWhileTheKioskWorksDoNothingWhenTheResultIsThere() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    for _ in 0..<8 { visitor.press(.enter, after: .milliseconds(500)) }
    visitor.take(.ticket(Sample.ticket()))
    let place = visitor.model.screen
    for _ in 0..<8 { visitor.press(.enter, after: .milliseconds(500)) }
    XCTAssertEqual(visitor.model.screen, place, "an impatient visitor lost the number")
    visitor.press(.enter, after: .milliseconds(700))
    XCTAssertEqual(visitor.model.screen, .language, "after a rest Enter closes")
  }

  func testAFailureIsNotLeftByTheEnterThatBroughtIt() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    visitor.take(.problem(Problem(.unavailable, "kiosk.no-answer")))
    let place = visitor.model.screen
    for pause in Self.holding { visitor.press(.enter, after: pause) }
    XCTAssertEqual(visitor.model.screen, place)
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .confirm)
  }

  func testAKeyThatLiesUnderABookKeepsNobodysDataOnTheScreen() throws {
    for (name, before, key) in try results() {
      var visitor = before
      for _ in 0..<900 {
        visitor.press(key, after: .milliseconds(100))
        visitor.wait(.zero)
      }
      XCTAssertEqual(visitor.model.screen, .language, "\(name) still stands after 90 s")
      for _ in 0..<100 { visitor.press(key, after: .milliseconds(100)) }
      XCTAssertEqual(visitor.model.screen, .language, "the held key chose for the next visitor")
    }
  }
}
