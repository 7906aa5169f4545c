import Core
import Expectations
import Synchronization
import XCTest

@testable import Officers

final class SignInLineTests: XCTestCase {
  /// A try whose password takes until it is let go.
  private struct Slow: Sendable {
    let end: @Sendable () -> Void
    let done: Task<Void, any Error>
  }

  /// Numbers in the order of their coming.
  private final class Noted: Sendable {
    private let numbers = Mutex<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func note(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  /// A try that has its turn.
  private func slow(_ rank: SignInLine.Rank, in line: SignInLine) async -> Slow {
    let (entered, entering) = AsyncStream.makeStream(of: Void.self)
    let (ended, ending) = AsyncStream.makeStream(of: Void.self)
    let done = Task {
      try await line.pass(rank, isStorm: true) {
        entering.finish()
        for await _ in ended {}
      }
    }
    for await _ in entered {}
    return Slow(end: { ending.finish() }, done: done)
  }

  func testStrangersPassOneByOneThoseWithTheFewestFailuresFirst() async throws {
    let line = SignInLine()
    let first = await slow(.stranger(failureCount: 9), in: line)
    let order = Noted()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (place, failureCount) in [5, 1, 3, 1].enumerated() {
        group.addTask {
          try await line.pass(.stranger(failureCount: failureCount), isStorm: true) {
            order.note(place)
          }
        }
        while line.waitingCount <= place { await Task.yield() }
      }
      first.end()
      try await group.waitForAll()
    }
    try await first.done.value
    XCTAssertEqual(order.all, [1, 3, 2, 0])
    XCTAssertEqual(line.waitingCount, 0)
  }

  func testAKnownBrowserWaitsForNoStranger() async throws {
    let line = SignInLine()
    let stranger = await slow(.stranger(failureCount: 1), in: line)
    let isRight = try await line.pass(.known, isStorm: true) { true }
    XCTAssertTrue(isRight)
    let isRightInQuiet = try await line.pass(.stranger(failureCount: 40), isStorm: false) { true }
    XCTAssertTrue(isRightInQuiet, "only a storm makes strangers wait for each other")
    stranger.end()
    try await stranger.done.value
  }

  func testWhereTooManyWaitTheOneWithTheMostFailuresIsSentAway() async throws {
    let line = SignInLine()
    let first = await slow(.stranger(failureCount: 1), in: line)
    let refused = Noted()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for place in 1...SignInLine.waitingCountMax {
        group.addTask {
          do {
            try await line.pass(.stranger(failureCount: place), isStorm: true) {}
          } catch let problem as Problem {
            XCTAssertEqual(problem.code, "vault.passwords-busy")
            refused.note(place)
          }
        }
        while line.waitingCount < place { await Task.yield() }
      }
      group.addTask { try await line.pass(.stranger(failureCount: 1), isStorm: true) {} }
      while refused.all.isEmpty { await Task.yield() }
      first.end()
      try await group.waitForAll()
    }
    try await first.done.value
    XCTAssertEqual(refused.all, [SignInLine.waitingCountMax])
  }

  func testAfterARestTheNextOneHasItsTurnAlsoWhereTheOneBeforeFailed() async throws {
    let line = SignInLine()
    for _ in 0..<3 {
      let error = await failure {
        try await line.pass(.stranger(failureCount: 1), isStorm: true) { () async throws -> Void in
          throw CancellationError()
        }
      }
      XCTAssertTrue(error is CancellationError)
    }
    let isRight = try await line.pass(.stranger(failureCount: 1), isStorm: true) { true }
    XCTAssertTrue(isRight)
  }

  func testTheUsualTimeIsTheMiddleOfTheLatest() {
    let time = UsualTime()
    XCTAssertNil(time.median)
    for milliseconds in [900, 30, 10] { time.note(.milliseconds(milliseconds)) }
    XCTAssertEqual(time.median, .milliseconds(30))
    for _ in 0..<UsualTime.sampleCount { time.note(.milliseconds(70)) }
    XCTAssertEqual(time.median, .milliseconds(70))
  }
}
