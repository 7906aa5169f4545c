import Client
import Day
import Foundation
import Measuring

/// An office at work while a hundred senders, each in a network of its own, try to sign in under names that they have
/// invented: its calls, the sign-ins of its officers, and what is kept of all the names.
struct StormBench {
  struct Result {
    /// A call in the storm takes at most so many times as long as when all is quiet.
    static let slownessMax = 2.0
    /// So much of one processor the attackers get.
    static let processorMax = 0.5
    /// An officer is in at the browser that is theirs after so many seconds at the latest.
    static let signInSecondsMax = 2.0
    /// As many rows as are kept of failures, and some more until it is looked.
    static let rowCountMax = 25_000.0

    let quiet: Distribution
    let stormy: Distribution
    /// Sign-ins at officers' own browsers, and at browsers that were never here.
    let own: Distribution
    let new: Distribution
    /// Officers who gave up.
    let refusedCount: Int
    /// What the attackers cost the server, in processor time of each second.
    let processors: Double
    /// What the attackers were answered.
    let answers: [Int: Int]
    /// What is kept of failures.
    let rowCount: Int
    let grownKiB: Int

    /// How many times as long a call takes that a hundredth of all exceeds.
    var slowness: Double { stormy.percentile(0.99) / quiet.percentile(0.99) }
  }

  private struct Calls {
    let latencies: [Duration]
    let processorTime: Duration
    let elapsed: Duration
  }

  static let attackerCount = 100
  private static let quietCallCount = 200
  private static let stormyCallCount = 400
  private static let warmSignInCount = 6

  let office: OfficeProcess
  /// How many names each attacker tries.
  let names: Int
  let duration: Duration

  func measure() async throws -> Result {
    Flood.makeRoom(for: 4096)
    let ticketCount = Self.quietCallCount * 2 + Self.stormyCallCount
    _ = try await FollowBench(office: office, displayCount: 1, phoneCount: ticketCount).takeNumbers()
    let passwords = try ["uji-loket", "uji-sendiri", "uji-baru"].map { try office.addOfficer($0, role: "clerk") }
    try office.start()
    let caller = try CallingOfficer(port: office.hallPort, name: "uji-loket", password: passwords[0])
    let own = SigningOfficer("uji-sendiri", password: passwords[1], at: .own(port: office.hallPort))
    let new = SigningOfficer("uji-baru", password: passwords[2], at: .new(port: office.port))
    let load = try ServerLoad(of: office)
    _ = try calls(caller, Self.quietCallCount, over: .seconds(10))
    let signInCost = try cost(of: own, load)
    let quiet = try calls(caller, Self.quietCallCount, over: .seconds(20))
    let before = try load.residentKiB()

    own.begin(every: .seconds(5))
    let attackers = Attackers(Self.attackerCount, names: names, over: duration, port: office.port)
    new.begin(every: .seconds(10))
    let stormy = try calls(caller, Self.stormyCallCount, over: duration)
    own.stop()
    new.stop()
    attackers.stop()
    let (ownSignIns, newSignIns) = (own.outcome, new.outcome)
    let callCost = quiet.processorTime / quiet.latencies.count
    let signInCount = ownSignIns.latencies.count + newSignIns.latencies.count
    let officers = callCost * stormy.latencies.count + signInCost * signInCount
    return Result(
      quiet: Distribution(quiet.latencies), stormy: Distribution(stormy.latencies),
      own: Distribution(ownSignIns.latencies), new: Distribution(newSignIns.latencies),
      refusedCount: ownSignIns.refusedCount + newSignIns.refusedCount,
      processors: (stormy.processorTime - officers) / stormy.elapsed, answers: attackers.answers,
      rowCount: try rowCount(), grownKiB: max(0, try load.residentKiB() - before))
  }

  /// What a sign-in costs the server while all is quiet.
  private func cost(of officer: SigningOfficer, _ load: ServerLoad) throws -> Duration {
    let browser = Browser(port: office.hallPort, timeout: .seconds(60))
    try officer.warm(browser, count: 1)
    let before = try load.processorTime()
    try officer.warm(browser, count: Self.warmSignInCount)
    return (try load.processorTime() - before) / Self.warmSignInCount
  }

  /// Calls with what ends the one before each, spread over a time; only the calls are timed.
  private func calls(_ officer: CallingOfficer, _ count: Int, over duration: Duration) throws -> Calls {
    let (clock, load) = (ContinuousClock(), try ServerLoad(of: office))
    let (begun, timeBefore) = (clock.now, try load.processorTime())
    let latencies = try (0..<count).map { number in
      let due = begun + duration * number / count
      let early = due - clock.now
      if early > .zero { Thread.sleep(forTimeInterval: early.seconds) }
      try officer.serve()
      let start = clock.now
      try officer.call()
      return clock.now - start
    }
    let rest = duration - (clock.now - begun)
    if rest > .zero { Thread.sleep(forTimeInterval: rest.seconds) }
    return Calls(
      latencies: latencies, processorTime: try load.processorTime() - timeBefore, elapsed: clock.now - begun)
  }

  private func rowCount() throws -> Int {
    let rows = try office.query(
      "SELECT (SELECT count(*) FROM officers_delay) + (SELECT count(*) FROM officers_signin WHERE account IS NULL)")
    guard let count = Int(rows) else { throw Trouble("the database does not say how many rows there are") }
    return count
  }
}
