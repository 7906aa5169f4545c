import Client
import Core
import Day
import Foundation
import Measuring

/// What an office of five years takes longer for than one of ten days, both by the real executable, asked in turns.
struct YearsBench {
  static let young = "ten-days"
  static let old = "five-years"

  /// Half of the times that a page took, in milliseconds, round by round.
  struct Pages {
    var metrics: [Double] = []
    var workList: [Double] = []
  }

  struct Month {
    let report: Distribution
    let unknownTable: Distribution
    let portalQuiet: Distribution
    let portalMeanwhile: Distribution
    let addedKiB: Int
  }

  private static let roundCount = 7
  private static let pageCount = 60
  private static let reportCount = 20
  private static let portalCount = 2000

  /// An office and those who ask it.
  private final class Asked {
    let office: OfficeProcess
    let supervisor: Browser
    let within: Browser

    init(_ name: String) throws {
      let office = try PastOffice.open(name)
      do {
        // It makes the tables of modules that the simulator plays without, such as the officers'.
        try office.start()
        let password = try office.addOfficer("uji-penyelia", role: "supervisor")
        let browser = Browser(port: office.port, timeout: .seconds(60))
        try YearsBench.signIn(browser, "uji-penyelia", password)
        (self.office, supervisor) = (office, browser)
        within = Browser(port: office.hallPort, timeout: .seconds(60))
      } catch {
        office.remove()
        throw error
      }
    }

    func metrics() throws { _ = try YearsBench.get("/metrics", 200, within) }
    func workList() throws { _ = try YearsBench.get("/petugas/berkas", 200, supervisor) }
  }

  // MARK: both, in turns

  /// - Returns: the young office's pages and the old one's.
  func comparePages() throws -> (young: Pages, old: Pages) {
    let young = try Asked(Self.young)
    defer { young.office.remove() }
    let old = try Asked(Self.old)
    defer { old.office.remove() }
    var pages = (young: Pages(), old: Pages())
    for round in 0...Self.roundCount {
      // The first round only fills caches.
      let (small, large) = (try measure(young), try measure(old))
      guard round > 0 else { continue }
      pages.young.metrics.append(small.metrics)
      pages.young.workList.append(small.workList)
      pages.old.metrics.append(large.metrics)
      pages.old.workList.append(large.workList)
    }
    return pages
  }

  private func measure(_ asked: Asked) throws -> (metrics: Double, workList: Double) {
    (
      try Self.times(Self.pageCount) { _ in try asked.metrics() }.percentile(0.5).inMilliseconds,
      try Self.times(Self.pageCount) { _ in try asked.workList() }.percentile(0.5).inMilliseconds
    )
  }

  // MARK: the month report of the old one

  func month() async throws -> Month {
    let asked = try Asked(Self.old)
    let office = asked.office
    defer { office.remove() }
    let load = try ServerLoad(of: office)
    let portal = Visitor(port: office.port)
    _ = try await portal.with { try Self.portalTimes($0, count: Self.portalCount / 4) }
    let quiet = try await portal.with { try Self.portalTimes($0, count: Self.portalCount) }
    let before = try load.residentKiB()
    let report = try Self.times(Self.reportCount) { _ in _ = try Self.get(PastOffice.monthPath, 200, asked.supervisor) }
    let unknown = try Self.times(Self.reportCount) { _ in
      _ = try Self.get(PastOffice.unknownTablePath, 404, asked.supervisor)
    }
    let meanwhile = try await portalTimesWhileReporting(portal, office)
    try await Task.sleep(for: .seconds(5))
    return Month(
      report: report, unknownTable: unknown, portalQuiet: quiet, portalMeanwhile: meanwhile,
      addedKiB: try load.residentKiB() - before)
  }

  /// The portal's pages while another supervisor looks at the month again and again.
  private func portalTimesWhileReporting(_ portal: Visitor, _ office: OfficeProcess) async throws -> Distribution {
    let password = try office.addOfficer("uji-penyelia-2", role: "supervisor")
    let reader = Visitor(port: office.port, timeout: .seconds(60))
    try await reader.with { browser in
      try Self.signIn(browser, "uji-penyelia-2", password)
      _ = try Self.get(PastOffice.monthPath, 200, browser)
    }
    let reading = Task {
      var count = 0
      while !Task.isCancelled {
        try await reader.with { _ = try Self.get(PastOffice.monthPath, 200, $0) }
        count += 1
      }
      return count
    }
    let times: Distribution
    do {
      times = try await portal.with { try Self.portalTimes($0, count: Self.portalCount) }
    } catch {
      reading.cancel()
      throw error
    }
    reading.cancel()
    guard try await reading.value > 0 else { throw Trouble("no report was made meanwhile") }
    return times
  }

  private static func portalTimes(_ browser: Browser, count: Int) throws -> Distribution {
    let paths = ["/", "/antrean", "/janji", "/lacak"]
    return try times(count) { turn in _ = try get(paths[turn % paths.count], 200, browser) }
  }

  // MARK: asking

  private static func times(_ count: Int, _ ask: (Int) throws -> Void) rethrows -> Distribution {
    let clock = ContinuousClock()
    return Distribution(
      try (0..<count).map { turn in
        let start = clock.now
        try ask(turn)
        return clock.now - start
      })
  }

  private static func get(_ path: String, _ status: Int, _ browser: Browser) throws -> Answer {
    let answer = try browser.get(path)
    guard answer.status == status else { throw Trouble("\(path) answered \(answer.status)") }
    return answer
  }

  private static func signIn(_ browser: Browser, _ name: String, _ password: String) throws {
    guard let form = try browser.visit("/petugas/masuk").form(to: "/petugas/masuk") else {
      throw Trouble("no form to sign in")
    }
    let answer = try browser.follow(browser.submit(form.filled(["nama": name, "sandi": password])))
    guard answer.status == 200 else { throw Trouble("a supervisor could not sign in: \(answer.status)") }
  }
}
