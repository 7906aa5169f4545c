import Client
import Day
import Foundation
import Measuring
import Synchronization

/// Senders of networks of their own that try to sign in under names that they have invented, each one try after the other.
final class Attackers: Sendable {
  /// What came of the tries so far, by the answer's status; 0 where none came.
  var answers: [Int: Int] { state.withLock { $0.answers } }

  private struct State {
    var isStopped = false
    var answers: [Int: Int] = [:]
    var runningCount = 0
  }

  private let port: UInt16
  private let interval: Duration
  private let state = Mutex(State())

  /// Begins.
  ///
  /// - Parameters:
  ///   - names: how many each of them tries.
  ///   - duration: in which time, as far as the answers come.
  init(_ count: Int, names: Int, over duration: Duration, port: UInt16) {
    self.port = port
    interval = duration / max(1, names)
    for number in 1...count {
      state.withLock { $0.runningCount += 1 }
      Thread.detachNewThread { [self] in
        attack(number, names)
        state.withLock { $0.runningCount -= 1 }
      }
    }
  }

  /// Tells them to end, and waits until they have.
  func stop() {
    state.withLock { $0.isStopped = true }
    while state.withLock({ $0.runningCount > 0 }) { Thread.sleep(forTimeInterval: 0.05) }
  }

  private func attack(_ number: Int, _ names: Int) {
    let address = "198.51.\(100 + number / 250).\(number % 250 + 1)"
    let browser = Browser(port: port, timeout: .seconds(60))
    browser.headers.append((name: "X-Forwarded-For", value: address))
    guard (try? browser.visit("/petugas/masuk").status) == 200 else { return }
    // Written by hand from here on: what clients do with pages is no part of what is measured.
    let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let head =
      "POST /petugas/masuk HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nX-Forwarded-For: \(address)\r\nCookie: \(cookies)\r\n"
      + "Content-Type: application/x-www-form-urlencoded\r\n"
    var connection: Connection?
    let (clock, begun) = (ContinuousClock(), ContinuousClock.now)
    for name in 0..<names where !state.withLock({ $0.isStopped }) {
      let due = begun + interval * name
      let early = due - clock.now
      if early > .zero { Thread.sleep(forTimeInterval: early.seconds) }
      let body = "_csrf=\(browser.token)&nama=rekaan-\(number)-\(name)&sandi=tebakan+nomor+\(name)&kembali=%2Fpetugas"
      let status = try? send("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)", over: &connection)
      state.withLock { $0.answers[status ?? 0, default: 0] += 1 }
    }
  }

  private func send(_ request: String, over connection: inout Connection?) throws -> Int {
    do {
      let line = try connection ?? Connection(port: port, timeout: .seconds(60))
      connection = line
      try line.send(request)
      let answer = try line.readAnswer()
      if answer.header("connection")?.lowercased() == "close" { connection = nil }
      return answer.status
    } catch {
      connection = nil
      throw error
    }
  }
}
