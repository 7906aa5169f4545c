import Client
import Core
import Foundation
import XCTest

/// An office that was left with work to be done by itself. It is put back to that moment again and again, and the work falls
/// due while the disk fails in one way or another; what comes of it in the end must always be the same.
final class JobWalk {
  enum Fault {
    case none
    /// One call, counted from the moment at which the work falls due.
    case call(Int64, Int32)
    /// All calls, until health names what could not be done.
    case every(Int32)
  }

  /// When something falls due: minutes of a day, which may go beyond its end.
  struct Due {
    let day: CivilDate
    let minute: Int

    /// Far enough apart for everything to come round between two of them: the slowest rounds take ten minutes.
    func moment(_ step: Int) -> String {
      let minute = minute + 12 * step
      let day = day.adding(days: minute / 1440)
      return "\(day) \(Self.padded(minute / 60 % 24)):\(Self.padded(minute % 60))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  }

  private static let stepCountMax = 8
  private static let patience: TimeInterval = 40
  /// Within which what can be done is done; then time goes on.
  private static let roundTime: TimeInterval = 5
  private static let errors: [Int32] = [EIO, EROFS, EIO, ENOSPC]

  let office: OfficeProcess
  private let disk: OfficeDisk
  /// The same from life to life.
  private let port: UInt16
  private let left: String
  private let due: Due
  private let traces: [String]
  private let template: String
  private var undone: [String] = []
  private var done: [String] = []
  /// How many calls the work makes on a disk that is well.
  private var callCount: Int64 = 0
  /// How often a single call failed, and how often health said so before it was made up for.
  private(set) var hitCount = 0
  private(set) var saidCount = 0

  /// - Parameters:
  ///   - office: one that was killed after its work was prepared.
  ///   - left: when that was, `YYYY-MM-DD HH:MM`.
  ///   - traces: what the database says of the work.
  init(_ office: OfficeProcess, left: String, due: Due, traces: [String]) throws {
    self.office = office
    port = office.port
    self.left = left
    self.due = due
    self.traces = traces
    disk = try OfficeDisk(of: office)
    template = office.directory.appendingPathComponent("left").path
    try FileManager.default.moveItem(atPath: office.state, toPath: template)
  }

  /// Goes through all of it.
  ///
  /// - Parameters:
  ///   - jobs: what health must name while no call succeeds; of one of them at least it tells the figures.
  ///   - meanwhile: looked at while it does.
  func walk(naming jobs: [String], meanwhile: () throws -> Void = {}) throws {
    try run(.none)
    for (trace, (before, after)) in zip(traces, zip(undone, done)) {
      XCTAssertNotEqual(before, after, "nothing was to be done: \(trace)")
    }
    for error in [EIO, EROFS, ENOSPC] { try run(.every(error), naming: jobs, meanwhile: meanwhile) }
    let calls = WriteWalk.isThorough ? Array(1...max(1, callCount)) : [1, 3, 9, 30]
    for (place, call) in calls.enumerated() { try run(.call(call, Self.errors[place % Self.errors.count])) }
    XCTAssertGreaterThan(hitCount, 2, "hardly anything has failed")
    XCTAssertGreaterThan(saidCount, 0, "health never said so")
  }

  private func run(_ fault: Fault, naming jobs: [String] = [], meanwhile: () throws -> Void = {}) throws {
    let what = "\(fault)"
    try putBack()
    let start = try look()
    if undone.isEmpty { undone = start }
    XCTAssertEqual(start, undone, what)
    let earlier = disk.changeCount
    switch fault {
    case .none: break
    case .call(let call, let error): disk.fail(call: call, with: error)
    case .every(let error): disk.failure = error
    }
    try office.clock.set(due.moment(0))
    switch fault {
    case .none: try passUntilAllHasChanged()
    case .every:
      // With the figures of what comes round: a sysadmin learns how often, and since when.
      try wait("\(what): health names \(jobs) and how often they failed") {
        let said = try self.health()
        return jobs.allSatisfy { said.contains($0) } && said.contains(" since the start, ")
      }
      try meanwhile()
      XCTAssertEqual(try look(), undone, "\(what): done on a disk that takes nothing")
    case .call:
      let isSaid = try waitForHit()
      if disk.hasFailed { hitCount += 1 }
      if isSaid { saidCount += 1 }
    }
    disk.mend()
    if case .none = fault {
      callCount = disk.changeCount - earlier
      done = try look()
    } else {
      try makeUp(what)
    }
    XCTAssertEqual(office.stop(), 0, office.log)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"), what)
    XCTAssertNoThrow(try office.command(["loss"]), what)
  }

  /// As it was left, with a disk that is well.
  private func putBack() throws {
    try? FileManager.default.removeItem(atPath: office.state)
    try FileManager.default.copyItem(atPath: template, toPath: office.state)
    try office.clock.set(left)
    try office.start(port: port, environment: disk.environment(office.clock))
  }

  /// Some of it follows from something else that is done, and comes a round later.
  private func passUntilAllHasChanged() throws {
    var step = 0
    repeat {
      step += 1
      try pass(to: step)
    } while try step < Self.stepCountMax && !zip(undone, look()).prefix(traces.count).allSatisfy { $0 != $1 }
    try pass(to: step + 1)
  }

  /// Time goes by until what is done with it is: the time is kept, which is one of these things.
  private func pass(to step: Int) throws {
    let moment = due.moment(step)
    try office.clock.set(moment)
    let instant = office.clock.now
    try wait("\(moment) is kept") {
      Int64(try self.office.query("SELECT wall FROM store_clock")) ?? 0 >= instant.milliseconds
    }
  }

  /// - Returns: whether health has said that something could not be done.
  private func waitForHit() throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: Self.roundTime)
    while Date() < deadline {
      if try health().contains("work: degraded") { return true }
      if try look() == done { return false }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return false
  }

  /// Time goes on, and what was left is done; once, and nothing more after that.
  private func makeUp(_ what: String) throws {
    var step = 0
    repeat {
      step += 1
      guard step < Self.stepCountMax else {
        XCTAssertEqual(try look(), done, what)
        return XCTFail("\(what): still said: \(try health())")
      }
      try pass(to: step)
    } while try !isMadeUp()
    try pass(to: step + 1)
    XCTAssertEqual(try look(), done, "\(what): done again")
    try wait("\(what): the reserve is laid up") {
      FileManager.default.fileExists(atPath: "\(self.office.state)/reserve")
    }
  }

  private func isMadeUp() throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: Self.roundTime)
    repeat {
      if try look() == done, try !health().contains("work:") { return true }
      Thread.sleep(forTimeInterval: 0.05)
    } while Date() < deadline
    return false
  }

  private func health() throws -> String { try Browser(port: office.hallPort).get("/kesehatan").text }

  /// What the traces say, and the files: keys that were destroyed, documents that lie there.
  private func look() throws -> [String] {
    let ring = try ChildProcess.ask("\(office.state)/keyring.db", "SELECT count(*) FROM keyring_tombstones")
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(office.state)/documents")
    return try office.query(traces.joined(separator: "; SELECT '--'; ")).components(separatedBy: "--")
      + ["\(ring.filter(\.isNumber)) keys destroyed, \(files.count) files"]
  }

  private func wait(_ fact: String, _ holds: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while try !holds() {
      guard Date() < deadline else {
        throw OfficeProcess.Failure(
          description: "never: \(fact). Health says:\n\(try health())\n\(office.log.suffix(3000))")
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}
