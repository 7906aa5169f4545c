import Client
import Day
import Foundation
import Measuring
import Synchronization

/// An officer who signs in and out again and again, and how long each sign-in takes until the console is there.
final class SigningOfficer: Sendable {
  /// At which browsers.
  enum Kind: Sendable {
    /// The one at which the officer has signed in before, by the hall's listener.
    case own(port: UInt16)
    /// Always another one that was never here, each in a network of its own, by the portal.
    case new(port: UInt16)
  }

  private struct State {
    var isReady = false
    var isStopped = false
    var isDone = false
    var latencies: [Duration] = []
    var refusedCount = 0
  }

  /// After that an officer gives up.
  private static let patience = Duration.seconds(60)

  private let name: String
  private let password: String
  private let kind: Kind
  private let state = Mutex(State())

  init(_ name: String, password: String, at kind: Kind) {
    self.name = name
    self.password = password
    self.kind = kind
  }

  /// How long each sign-in took, those among them that were tried again; and how many officers gave up.
  var outcome: (latencies: [Duration], refusedCount: Int) { state.withLock { ($0.latencies, $0.refusedCount) } }

  /// Signs in and out so often, at a browser that is the officer's own from then on.
  func warm(_ browser: Browser, count: Int) throws {
    for _ in 0..<count {
      guard try enter(browser) else { throw Trouble("an officer is not let in while all is quiet") }
      try leave(browser)
    }
  }

  /// Goes on until it is stopped; returns once the officer has a browser of their own where that is asked for.
  func begin(every interval: Duration) {
    Thread.detachNewThread { [self] in
      let own = ownBrowser()
      state.withLock { $0.isReady = true }
      var number = 0
      while !state.withLock({ $0.isStopped }) {
        number += 1
        signIn(at: own ?? newBrowser(number))
        Thread.sleep(forTimeInterval: interval.seconds)
      }
      state.withLock { $0.isDone = true }
    }
    while !state.withLock({ $0.isReady }) { Thread.sleep(forTimeInterval: 0.05) }
  }

  /// Tells the officer to end, and waits for the sign-in that is under way.
  func stop() {
    state.withLock { $0.isStopped = true }
    while !state.withLock({ $0.isDone }) { Thread.sleep(forTimeInterval: 0.05) }
  }

  /// A browser at which the officer has signed in before; nil where there is to be none.
  private func ownBrowser() -> Browser? {
    guard case .own(let port) = kind else { return nil }
    let browser = Browser(port: port, timeout: .seconds(60))
    try? warm(browser, count: 1)
    return browser
  }

  private func newBrowser(_ number: Int) -> Browser {
    let port =
      switch kind {
      case .own(let port), .new(let port): port
      }
    let browser = Browser(port: port, timeout: .seconds(60))
    browser.headers.append((name: "X-Forwarded-For", value: "203.0.\(113 + number / 250).\(number % 250 + 1)"))
    return browser
  }

  private func signIn(at browser: Browser) {
    let begun = ContinuousClock.now
    while ContinuousClock.now - begun < Self.patience {
      if (try? enter(browser)) == true {
        let elapsed = ContinuousClock.now - begun
        state.withLock { $0.latencies.append(elapsed) }
        try? leave(browser)
        return
      }
      Thread.sleep(forTimeInterval: 1)
    }
    state.withLock { $0.refusedCount += 1 }
  }

  private func enter(_ browser: Browser) throws -> Bool {
    guard let form = try browser.visit("/petugas/masuk").form(to: "/petugas/masuk") else { return false }
    let page = try browser.follow(browser.submit(form.filled(["nama": name, "sandi": password])))
    return page.status == 200 && page.form(to: "/petugas/keluar") != nil
  }

  private func leave(_ browser: Browser) throws { _ = try browser.follow(browser.post("/petugas/keluar", [:])) }
}
