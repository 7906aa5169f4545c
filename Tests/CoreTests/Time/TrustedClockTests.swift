import Core
import Synchronization
import XCTest

/// A machine whose date can be moved while its uptime goes on, and which can be switched off.
private final class Machine: Sendable {
  let wall = ManualClock(Instant(milliseconds: 1_795_399_200_000))
  let uptime = ManualClock(Instant(milliseconds: 50_000))
  private let isSynchronized = Mutex(false)

  func pass(_ time: Duration) {
    wall.advance(by: time)
    uptime.advance(by: time)
  }

  func synchronize() { isSynchronized.withLock { $0 = true } }

  func clock(boot: String? = "first", after seen: ClockReading? = nil) -> TrustedClock {
    let clock = TrustedClock(wall: wall, uptime: uptime, boot: boot) { self.isSynchronized.withLock { $0 } }
    clock.begin(after: seen)
    return clock
  }
}

final class TrustedClockTests: XCTestCase {
  func testDateIsBelievedWhileNothingSpeaksAgainstIt() {
    let machine = Machine()
    let clock = machine.clock()
    for time in [Duration.seconds(1), .hours(5), .hours(24 * 40)] {
      machine.pass(time)
      XCTAssertNil(clock.doubt)
      XCTAssertEqual(clock.now, machine.wall.now)
    }
  }

  func testDateThatIsMovedWhileTheMachineRunsIsDoubtedAndTheHallGoesOnByWhatIsKnown() {
    let cases: [(Duration, ClockDoubt?)] = [
      (.minutes(-5), nil), (.minutes(-6), .behind(.minutes(6))), (.hours(-24 * 365), .behind(.hours(24 * 365))),
      (.minutes(60), nil), (.hours(16), .ahead(.hours(16))), (.hours(24 * 3650), .ahead(.hours(24 * 3650))),
    ]
    for (moved, doubt) in cases {
      let machine = Machine()
      let clock = machine.clock()
      machine.pass(.hours(2))
      let right = machine.wall.now
      machine.wall.advance(by: moved)
      XCTAssertEqual(clock.doubt, doubt, "\(moved)")
      XCTAssertEqual(clock.now, doubt == nil ? machine.wall.now : right, "\(moved)")
      machine.pass(.minutes(1))
      XCTAssertEqual(clock.now, doubt == nil ? machine.wall.now : right + .minutes(1), "\(moved)")
    }
  }

  func testDateThatIsPutRightIsBelievedAgainByItself() {
    let machine = Machine()
    let clock = machine.clock()
    machine.wall.advance(by: .hours(24 * 3650))
    XCTAssertNotNil(clock.doubt)
    clock.review()
    XCTAssertNotNil(clock.doubt, "looking again is no reason to believe it")
    machine.wall.advance(by: .hours(-24 * 3650))
    XCTAssertNil(clock.doubt)
  }

  func testAfterAStartOfTheMachineThreeDaysAreBelievedAndNotMore() throws {
    let cases: [(Duration, ClockDoubt?)] = [
      (.hours(72), nil), (.hours(73), .ahead(.hours(73))), (.minutes(-5), nil), (.minutes(-6), .behind(.minutes(6))),
    ]
    for boot in ["second", nil] {
      for (away, doubt) in cases {
        let machine = Machine()
        let seen = try XCTUnwrap(machine.clock().review())
        machine.uptime.set(Instant(milliseconds: 9_000))
        machine.wall.advance(by: away)
        let clock = machine.clock(boot: boot, after: seen)
        XCTAssertEqual(clock.doubt, doubt, "\(away)")
      }
    }
  }

  func testAMachineThatWakesYearsAgoGoesOnFromTheLatestTimeThatHasBeen() throws {
    let machine = Machine()
    let seen = try XCTUnwrap(machine.clock().review())
    machine.uptime.set(Instant(milliseconds: 9_000))
    machine.wall.advance(by: .hours(-24 * 2000))
    let clock = machine.clock(boot: "second", after: seen)
    XCTAssertEqual(clock.now, seen.wall)
    machine.pass(.hours(1))
    XCTAssertEqual(clock.now, seen.wall + .hours(1))
    XCTAssertEqual(clock.review(), seen, "what is not believed is not kept")
  }

  func testAProgramThatStartsAnewOnARunningMachineIsNotFooledEither() throws {
    let machine = Machine()
    let seen = try XCTUnwrap(machine.clock().review())
    machine.pass(.hours(200))
    XCTAssertNil(machine.clock(after: seen).doubt, "the machine was on all the time and nobody moved its clock")
    machine.wall.advance(by: .hours(16))
    XCTAssertEqual(machine.clock(after: seen).doubt, .ahead(.hours(16)))
  }

  func testWhatOtherClocksSayIsBelieved() {
    let machine = Machine()
    let clock = machine.clock()
    machine.wall.advance(by: .hours(24 * 14))
    XCTAssertNotNil(clock.doubt)
    machine.synchronize()
    XCTAssertEqual(clock.review()?.wall, machine.wall.now)
    XCTAssertNil(clock.doubt)
  }

  func testWhoLooksConfirmsADate() throws {
    let machine = Machine()
    let seen = try XCTUnwrap(machine.clock().review())
    machine.wall.advance(by: .hours(24 * 14))
    let clock = machine.clock(boot: "second", after: seen)
    XCTAssertThrowsError(try clock.requireBelieved()) { XCTAssertEqual(($0 as? Problem)?.code, "clock.doubtful") }
    XCTAssertEqual(clock.believe().wall, machine.wall.now)
    XCTAssertNoThrow(try clock.requireBelieved())
    XCTAssertEqual(clock.now, machine.wall.now)
  }

  func testSmallCorrectionsAddUpWithoutADoubt() {
    let machine = Machine()
    let clock = machine.clock()
    for _ in 0..<30 {
      machine.pass(.hours(1))
      machine.wall.advance(by: .minutes(-1))
      XCTAssertNil(clock.doubt)
      clock.review()
    }
  }
}
