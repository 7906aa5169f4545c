import Contracts
import Core
import HTML
import XCTest

@testable import Displays

final class BoardTests: XCTestCase {
  private let passport = ServiceCode("paspor")
  private let permit = ServiceCode("izin")

  private func office(_ services: [[ServiceCode]]) -> Office {
    Office(
      name: LocalizedText([.indonesian: "Contoh", .english: "Example"]), zone: .wib, address: "", telephone: "",
      counters: services.enumerated().map { Office.Counter(number: $0.offset + 1, services: $0.element) })
  }

  private func zone(_ counters: Int...) -> DisplayZone {
    DisplayZone(code: "z", name: nil, counters: counters, ticker: nil)
  }

  private func call(_ number: Int, to counter: Int, calls: Int = 1, isOpen: Bool = true) -> QueueSnapshot.Call {
    QueueSnapshot.Call(number: "A-00\(number)", counter: counter, calls: calls, isOpen: isOpen)
  }

  func testZoneShowsItsOwnCountersAndCountsThoseWhoWaitForThem() {
    var snapshot = QueueSnapshot()
    snapshot.calls = [call(3, to: 3), call(2, to: 2), call(1, to: 1)]
    snapshot.waiting = [
      QueueSnapshot.Waiting(number: "A-004", service: passport),
      QueueSnapshot.Waiting(number: "B-001", service: permit),
    ]
    let office = office([[passport], [passport], [permit]])
    let whole = snapshot.board(of: .wholeHall, in: office)
    XCTAssertEqual(whole.calls.map(\.counter), [3, 2, 1])
    XCTAssertEqual(whole.next, ["A-004", "B-001"])
    XCTAssertFalse(whole.isZone)
    let board = snapshot.board(of: zone(2), in: office)
    XCTAssertEqual(board.calls.map(\.counter), [2])
    XCTAssertEqual(board.waiting, 1)
    XCTAssertEqual(board.next, ["A-004"])
    XCTAssertTrue(board.isZone)
  }

  func testNobodyIsToldToGetReadyWhomNoCounterCalls() throws {
    var snapshot = QueueSnapshot()
    snapshot.waiting = [
      QueueSnapshot.Waiting(number: "A-001", service: passport, isAttended: false),
      QueueSnapshot.Waiting(number: "A-002", service: passport),
    ]
    XCTAssertEqual(snapshot.board(of: .wholeHall, in: office([[]])).next, ["A-002"])
    snapshot.waiting.removeLast()
    let board = snapshot.board(of: .wholeHall, in: office([[]]))
    XCTAssertEqual(board.next, [])
    XCTAssertEqual(board.waiting, 1)
    let words = try DisplayHall.locales().words(.indonesian)
    let shown = BoardView(board: board, words: words, zone: .wib).node.plainText
    XCTAssertTrue(shown.contains(words("queue.display.not-yet")), shown)
    XCTAssertFalse(shown.contains(words("queue.display.nobody")), shown)
  }

  func testThoseStillExpectedGoBeforeThoseWhoHaveComeAndWhatDoesNotFitIsCounted() {
    var snapshot = QueueSnapshot()
    snapshot.calls = [call(3, to: 3), call(2, to: 2, isOpen: false), call(1, to: 1)]
    let office = office(Array(repeating: [], count: 14))
    XCTAssertEqual(snapshot.board(of: .wholeHall, in: office).calls.map(\.counter), [3, 1, 2])
    snapshot.calls = (1...14).map { call($0, to: $0) }
    let board = snapshot.board(of: .wholeHall, in: office)
    XCTAssertEqual(board.calls.count, Board.callCountMax)
    XCTAssertEqual(board.openBeyondCount, 14 - Board.callCountMax)
  }

  func testThePriorityLineIsTheZonesWhereItsCountersServeTheService() {
    var snapshot = QueueSnapshot()
    snapshot.waiting = [QueueSnapshot.Waiting(number: "A-001", service: passport, isPriority: true)]
    snapshot.prioritySlots = [
      passport: SlotsLeft(free: 2, returning: 1),
      permit: SlotsLeft(free: 4, returning: 0),
    ]
    let office = office([[passport], [permit], [ServiceCode("lain")]])
    let whole = snapshot.board(of: .wholeHall, in: office).priority
    XCTAssertEqual(whole, Board.Priority(waiting: 1, free: 6, returning: 1))
    let first = snapshot.board(of: zone(1), in: office).priority
    XCTAssertEqual(first, Board.Priority(waiting: 1, free: 2, returning: 1))
    XCTAssertNil(snapshot.board(of: zone(3), in: office).priority)
  }

  func testWhileTheOfficeIsStoppedNoCallThatIsOverIsShownAsTheLatest() throws {
    var snapshot = QueueSnapshot()
    snapshot.calls = [call(2, to: 2, isOpen: false), call(1, to: 1)]
    snapshot.office = .stopped(reason: StopReason(cause: .power), resumesAt: nil, next: nil)
    let office = office([[], []])
    XCTAssertEqual(snapshot.board(of: .wholeHall, in: office).calls.map(\.number), ["A-001"], "who is still expected")
    snapshot.calls = [call(2, to: 2, isOpen: false)]
    let words = try DisplayHall.locales().words(.indonesian)
    let shown = BoardView(board: snapshot.board(of: .wholeHall, in: office), words: words, zone: .wib).node.plainText
    XCTAssertFalse(shown.contains("A-002"), shown)
    XCTAssertTrue(shown.contains("Pelayanan di kantor ini sedang dihentikan."), shown)
    XCTAssertTrue(shown.contains("listrik padam"), shown)
  }

  func testABoardSaysWhatIsStoppedLaterTodayOfWhatItsCountersServe() throws {
    let day = CivilDate(dayNumber: 20_780)
    func stop(_ service: ServiceCode?, _ cause: StopReason.Cause, isToday: Bool = true) throws -> StopAhead {
      StopAhead(
        service: service, name: service.map { LocalizedText(inEveryLanguage: $0.rawValue) },
        period: StopPeriod(
          first: day, from: try XCTUnwrap(CivilTime("14:00")), last: day, to: StopPeriod.endOfDay),
        reason: StopReason(cause: cause), isToday: isToday)
    }
    var snapshot = QueueSnapshot()
    snapshot.ahead = [
      try stop(nil, .ceremony), try stop(passport, .staff), try stop(permit, .system),
      try stop(nil, .power, isToday: false),
    ]
    let office = office([[passport], [permit]])
    let causes = { (zone: DisplayZone) in snapshot.board(of: zone, in: office).ahead.map(\.reason.cause) }
    XCTAssertEqual(causes(.wholeHall), [.ceremony, .staff, .system])
    XCTAssertEqual(causes(zone(1)), [.ceremony, .staff])
    for (language, said) in [
      (Language.indonesian, "Kantor tidak melayani hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan."),
      (.english, "The office does not serve people today from 14.00 WIB. Reason: official ceremony."),
    ] {
      let view = BoardView(
        board: snapshot.board(of: zone(1), in: office), words: try DisplayHall.locales().words(language), zone: .wib)
      XCTAssertTrue(view.node.plainText.contains(said), view.node.plainText)
    }
  }

  func testCallsSinceAnEarlierSnapshotAreNewOnesAndRepeatedOnesOldestFirst() {
    var earlier = QueueSnapshot()
    earlier.calls = [call(1, to: 1)]
    XCTAssertEqual(earlier.calls(since: earlier), [])
    var later = QueueSnapshot()
    later.calls = [call(1, to: 1, calls: 2), call(2, to: 2)]
    XCTAssertEqual(later.calls(since: earlier).map(\.number), ["A-002", "A-001"])
    var come = QueueSnapshot()
    come.calls = [call(1, to: 1, calls: 2, isOpen: false), call(2, to: 2)]
    XCTAssertEqual(come.calls(since: later), [], "whoever has come is not called again")
  }
}
