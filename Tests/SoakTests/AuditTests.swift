import Core
import XCTest

@testable import gapura_soak

/// The soak's own eyes: it must see what it is there for.
final class AuditTests: XCTestCase {
  private let ticket = Thing(.ticket, "2026-12-02 A-001")

  private func day(_ day: Int) throws -> CivilDate { try XCTUnwrap(CivilDate(year: 2026, month: 12, day: day)) }

  private func row(_ thing: Thing, _ state: String, form: String? = nil, counter: Int? = nil) -> Row {
    var row = Row(thing, state)
    (row.form, row.counter) = (form, counter)
    return row
  }

  private func kinds(_ books: Books, _ rows: [Row]) throws -> [Finding.Kind] {
    Audit(books: books, rows: rows, today: try day(2)).findings.map(\.kind)
  }

  func testWhatWasAcknowledgedIsMissedWhenItIsGoneAndWhenItStandsElsewhere() throws {
    var books = Books()
    XCTAssertNil(books.tell(ticket, as: "waiting", by: "form", on: try day(2)))
    XCTAssertEqual(try kinds(books, [row(ticket, "waiting")]), [])
    XCTAssertEqual(try kinds(books, []), [.lost])
    books.tell(ticket, isNow: "finished", on: try day(2))
    XCTAssertEqual(try kinds(books, [row(ticket, "waiting")]), [.lost])
  }

  func testAnActWithoutAnAnswerMayHaveBeenDoneOnceAndNotTwice() throws {
    var books = Books()
    books.send("form")
    let other = Thing(.ticket, "2026-12-02 A-002")
    XCTAssertEqual(try kinds(books, []), [])
    XCTAssertEqual(try kinds(books, [row(ticket, "waiting", form: "form")]), [])
    XCTAssertEqual(
      try kinds(books, [row(ticket, "waiting", form: "form"), row(other, "waiting", form: "x")]), [.doubled])
    XCTAssertEqual(try kinds(books, [row(ticket, "waiting", form: "form"), row(ticket, "waiting")]).first, .doubled)
  }

  func testACallWithoutAnAnswerExplainsOneCallAtThatCounter() throws {
    var books = Books()
    for number in [ticket, Thing(.ticket, "2026-12-02 A-002")] {
      XCTAssertNil(books.tell(number, as: "waiting", by: number.name, on: try day(2)))
    }
    books.beginCall(at: 1)
    let rows = books.things.keys.map { row($0, "called", counter: 1) }
    XCTAssertEqual(try kinds(books, rows), [.lost])
    XCTAssertNil(books.endCall(at: 1, of: ticket, on: try day(2)))
    XCTAssertEqual(books.endCall(at: 2, of: ticket, on: try day(2))?.kind, .doubled, "two counters called it")
  }

  func testANumberThatTwoPeopleHoldIsDoubledAndAFormSentAgainIsNot() throws {
    var books = Books()
    XCTAssertNil(books.tell(ticket, as: "waiting", by: "form", on: try day(2)))
    XCTAssertNil(books.tell(ticket, as: "waiting", by: "form", on: try day(2)))
    XCTAssertEqual(books.tell(ticket, as: "waiting", by: "other", on: try day(2))?.kind, .doubled)
  }

  func testARestoreTurnsTheBooksBackAndKeepsErasures() throws {
    var earlier = Books()
    let (before, during, after) = (Thing(.application, "1"), Thing(.application, "2"), Thing(.application, "3"))
    _ = earlier.tell(before, as: "1", by: "a", on: try day(2), application: "1")
    var later = earlier
    _ = later.tell(during, as: "1", by: "b", on: try day(2), application: "2")
    var present = later
    _ = present.tell(after, as: "1", by: "c", on: try day(2), application: "3")
    present.endErasure(of: "1")
    let books = Books.restored(from: earlier, to: later, present: present)
    func application(_ thing: Thing, _ state: String) -> Row {
      var row = Row(thing, state)
      row.application = thing.name
      return row
    }
    let ended = application(before, Row.ended)
    XCTAssertEqual(try kinds(books, [ended]), [], "what came while the copy was made may be missing")
    XCTAssertEqual(try kinds(books, [ended, application(during, "1")]), [])
    XCTAssertEqual(try kinds(books, [ended, application(after, "1")]), [.doubled], "it came after the copy")
    XCTAssertEqual(try kinds(books, [application(before, "1")]), [.lost], "the erasure is undone")
    XCTAssertEqual(try kinds(books, []), [.lost])
  }

  func testPeopleMayBeRemovedWhenTheirTimeHasComeAndNotBefore() throws {
    var books = Books()
    let (old, young) = (Thing(.application, "1"), Thing(.application, "2"))
    _ = books.tell(old, as: "1", by: "a", on: try day(2).adding(days: -SoakOffice.keptDays), application: "1")
    _ = books.tell(young, as: "1", by: "b", on: try day(2).adding(days: 1 - SoakOffice.keptDays), application: "2")
    let rows = [old, young].map { Row($0, Row.ended).of($0.name) }
    XCTAssertEqual(try kinds(books, rows), [.lost], "the younger one")
    let complaint = Thing(.complaint, "3")
    for (age, found) in [(SoakOffice.keptDays, []), (SoakOffice.keptDays - 1, [Finding.Kind.lost])] {
      var books = Books()
      _ = books.tell(complaint, as: "received", by: "c", on: try day(2).adding(days: -age))
      XCTAssertEqual(try kinds(books, [row(complaint, "lapsed")]), found)
      XCTAssertEqual(try kinds(books, [row(complaint, "closed")]), [.lost], "nobody has answered it")
      books.tell(complaint, isNow: "answered", on: try day(2).adding(days: -age))
      XCTAssertEqual(try kinds(books, [row(complaint, "closed")]), found)
    }
    books.settle(rows, today: try day(2))
    XCTAssertEqual(books.retiredCount, 2)
    XCTAssertEqual(try kinds(books, [row(old, "1"), row(young, "1")].map { $0.of($0.thing.name) }), [.lost, .lost])
  }
}

extension Row {
  fileprivate func of(_ application: String) -> Row {
    var row = self
    row.application = application
    return row
  }
}
