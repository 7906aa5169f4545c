import Client
import Day
import Foundation
import Measuring

/// How long a sign-in with a wrong password takes: under a name that is no account's, under an officer's, and where the
/// sender has to wait; in turns, so that a noisy neighbour disturbs all alike.
struct TryBench {
  struct Result {
    /// The medians of unknown and delayed names are no further than that from the one of known names, as a part of it.
    static let differenceMax = 0.1

    let unknown: Distribution
    let known: Distribution
    let delayed: Distribution

    /// How far the further of the two medians is from that of known names, as a part of it.
    var difference: Double {
      let usual = known.percentile(0.5)
      return [unknown, delayed].map { abs($0.percentile(0.5) / usual - 1) }.max() ?? 0
    }
  }

  /// A wait of 15 seconds is over after about as many.
  private static let turnsPerWaitMax = 6
  private static let officer = "uji-dikenal"

  let office: OfficeProcess
  let count: Int

  func measure() throws -> Result {
    try office.liftRates()
    // A storm of ours would be another thing to measure.
    try office.rewrite("sign-in.json5") { _ in "{ storm: { failures: 10000, minutes: 1 } }" }
    _ = try office.addOfficer(Self.officer, role: "clerk")
    try office.start()
    var (unknown, known, delayed): ([Duration], [Duration], [Duration]) = ([], [], [])
    var networkCount = 0
    /// A sender of a network that was never here.
    func stranger() throws -> Browser {
      networkCount += 1
      let browser = Browser(port: office.port, timeout: .seconds(60))
      let value = "198.18.\(networkCount / 250).\(networkCount % 250 + 1)"
      browser.headers.append((name: "X-Forwarded-For", value: value))
      _ = try browser.visit("/petugas/masuk")
      return browser
    }
    var waiting = try stranger()
    for turn in 0..<count {
      if turn % Self.turnsPerWaitMax == 0 {
        waiting = try stranger()
        for _ in 0..<5 { _ = try time(waiting, Self.officer, status: 422) }
      }
      unknown.append(try time(stranger(), "rekaan-\(turn)", status: 422))
      known.append(try time(stranger(), Self.officer, status: 422))
      delayed.append(try time(waiting, Self.officer, status: 429))
    }
    return Result(unknown: Distribution(unknown), known: Distribution(known), delayed: Distribution(delayed))
  }

  /// One try.
  ///
  /// - Throws: `Trouble` where it is answered otherwise.
  private func time(_ browser: Browser, _ name: String, status: Int) throws -> Duration {
    let begun = ContinuousClock.now
    let answer = try browser.post("/petugas/masuk", ["nama": name, "sandi": "bukan kata sandinya"])
    let elapsed = ContinuousClock.now - begun
    guard answer.status == status else { throw Trouble("a try to sign in was answered by \(answer.status)") }
    return elapsed
  }
}
