import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

/// A person who types sees on one page what is asked, what they have typed, what is wrong with it and which keys there are: on
/// every screen with a field, at every size, in both prints and both languages, at each key of a whole entry.
final class FieldTests: XCTestCase {
  private struct Field {
    let screen: KioskModel.Screen
    let label: MessageKey
    let typed: String
    let wrong: String
  }

  private static let fields = [
    Field(
      screen: .enterApplication, label: "kiosk.application.enter", typed: "123456789092", wrong: "1234567890123456"),
    Field(screen: .enterCode, label: "appointment.kiosk.enter", typed: "223456789073", wrong: "9971011708900001"),
    Field(screen: .enterBirthDate, label: "kiosk.birth.enter", typed: "17081990", wrong: "31021990"),
  ]
  private static let sizes = [(40, 12), (40, 24), (60, 16), (79, 20), (80, 24), (80, 25), (100, 30), (132, 43)].map {
    Size(columns: $0.0, rows: $0.1)
  }

  private func everyField(_ check: (inout Visitor, Field, String) throws -> Void) throws {
    for language in [Language.indonesian, .english] {
      for size in Self.sizes {
        for isLarge in [false, true] {
          for field in Self.fields {
            var visitor = try Visitor(size: size, language: language)
            visitor.model.language = language
            visitor.model.isLarge = isLarge
            visitor.model.screen = field.screen
            visitor.model.draft.purpose = .lookUp
            try check(&visitor, field, "\(field.label) in \(language) at \(size), large: \(isLarge)")
          }
        }
      }
    }
  }

  /// The question, what is wrong, the field's present content and the keys, all on the page that is shown.
  private func expectField(_ visitor: Visitor, _ field: Field, _ name: String, line: UInt = #line) {
    let reader = ScreenReader([visitor.flow.view(visitor.model)], size: visitor.model.size)
    let content = visitor.flow.screen(visitor.model)
    for item in content.items {
      XCTAssertTrue(reader.shows(item), "\(item) of \(name)\n\(visitor.screen)", line: line)
    }
    XCTAssertTrue(content.items.contains(where: \.isEntry), name, line: line)
    let label = visitor.flow.words(visitor.model)(field.label)
    XCTAssertTrue(reader.shows(.text(label)), "\(name): no label\n\(visitor.screen)", line: line)
    let keys = (reader.screenKeys + reader.fixedKeys).joined()
    for hint in content.actions + content.fixedKeys {
      XCTAssertTrue(keys.contains(hint.text.squeezed), "\(name): no \(hint)\n\(visitor.screen)", line: line)
    }
  }

  func testFieldAndItsQuestionAreOnThePageAtEveryKeyOfAnEntry() throws {
    try everyField { visitor, field, name in
      expectField(visitor, field, name)
      for key in field.typed {
        visitor.type(String(key))
        expectField(visitor, field, "\(name) at \(key)")
      }
      for _ in 0..<3 { visitor.press(.backspace) }
      expectField(visitor, field, "\(name), taken back")
    }
  }

  func testWhatIsWrongIsOnThePageWithWhatWasTyped() throws {
    try everyField { visitor, field, name in
      visitor.type(field.wrong)
      visitor.press(.enter)
      XCTAssertNotNil(visitor.model.notice, name)
      expectField(visitor, field, "\(name), wrong")
      visitor.press(.down)
      expectField(visitor, field, "\(name), after the key of the next page")
    }
  }

  func testARefusedCodeIsOnThePageWithTheField() throws {
    try everyField { visitor, field, name in
      for code in [nil, ScannedCode.proof, .other(.dataRequest)] {
        visitor.type("12")
        visitor.model.notice = .noCode(code.map { Personal($0) })
        expectField(visitor, field, "\(name), \(String(describing: code))")
        for _ in 0..<2 { visitor.press(.backspace) }
      }
    }
  }

  func testADateIsTypedInLargeLettersInLargePrint() throws {
    var visitor = try Visitor()
    visitor.model.isLarge = true
    visitor.model.screen = .enterBirthDate
    visitor.type("17081990")
    let reader = ScreenReader([visitor.flow.view(visitor.model)], size: visitor.model.size)
    XCTAssertTrue(reader.showsLarge("17-08-1990", scale: .small), visitor.screen)
    visitor.model.screen = .enterApplication
    visitor.model.entry = Personal("123456789092")
    let number = ScreenReader([visitor.flow.view(visitor.model)], size: visitor.model.size)
    XCTAssertTrue(number.showsLarge("1234 5678", scale: .small), visitor.screen)
    XCTAssertTrue(number.showsLarge("9092", scale: .small), visitor.screen)
  }
}
