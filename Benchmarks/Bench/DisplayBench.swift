import Client
import Core
import Day
import Foundation
import Measuring

/// Many call displays, and what they add to what a visit costs the server: each visit at a pace at which every display has
/// got the call before the next thing happens.
struct DisplayBench {
  struct Result {
    /// The server's processor time for each visit.
    let without: Duration
    let with: Duration
    let missedCount: Int
    let byteCountPerVisit: Int
  }

  /// What the displays may add to a visit.
  static let millisecondsMax = 8.0
  private static let visitCount = 100
  /// Longer than any stream may take; what has not come by then is counted as missed.
  private static let waitMax = Duration.seconds(5)
  /// Between two visits.
  private static let pause = Duration.milliseconds(100)

  let office: OfficeProcess
  let displayCount: Int

  /// - Parameter watch: is given the visits with the displays to play them, and may look at the server meanwhile.
  func measure(
    watch: (() async throws -> Void) async throws -> Void = { try await $0() }
  ) async throws -> Result {
    Flood.makeRoom(for: 16_384)
    try office.liftRates()
    // Numbers for warming up, for the visits without displays and for those with them.
    _ = try await FollowBench(office: office, displayCount: 1, phoneCount: 3 * Self.visitCount).takeNumbers()
    let password = try office.addOfficer("uji-loket", role: "clerk")
    try office.start()
    let officer = try CallingOfficer(port: office.hallPort, name: "uji-loket", password: password)
    _ = try visits(officer, watchedBy: nil)
    let without = try visits(officer, watchedBy: nil)
    let crowd = try StreamCrowd(
      port: office.port, paths: [String](repeating: "/display/peristiwa", count: displayCount))
    defer { crowd.close() }
    try crowd.awaitBeginnings()
    var with: (processorTime: Duration, missedCount: Int, byteCount: Int) = (.zero, 0, 0)
    try await watch { with = try visits(officer, watchedBy: crowd) }
    return Result(
      without: without.processorTime, with: with.processorTime, missedCount: with.missedCount,
      byteCountPerVisit: with.byteCount / Self.visitCount / displayCount)
  }

  private func visits(_ officer: CallingOfficer, watchedBy crowd: StreamCrowd?) throws -> (
    processorTime: Duration, missedCount: Int, byteCount: Int
  ) {
    let load = try ServerLoad(of: office)
    let before = try load.processorTime()
    var (missedCount, byteCount) = (0, 0)
    for _ in 0..<Self.visitCount {
      crowd?.begin()
      try officer.call()
      if let crowd { missedCount += crowd.wait(atMost: Self.waitMax).count { $0 == nil } }
      try officer.serve()
      if let crowd { crowd.drain(quietFor: Self.pause) } else { usleep(UInt32(Self.pause.inMilliseconds) * 1000) }
      byteCount += crowd?.byteCount ?? 0
    }
    return ((try load.processorTime() - before) / Self.visitCount, missedCount, byteCount)
  }
}
