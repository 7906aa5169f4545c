import Core
import Foundation
import Synchronization

/// One life of the server, as its clients see it: they act until it is over.
final class Life: Sendable {
  private static let pause: TimeInterval = 0.02

  private struct State {
    var isOver = false
    var surprises: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// The office's day.
  let day: CivilDate

  init(day: CivilDate) { self.day = day }

  var isOver: Bool { state.withLock { $0.isOver } }
  /// What clients did not expect of a server that lives, by how often.
  var surprises: [String: Int] { state.withLock { $0.surprises } }

  /// The server is killed now: what does not come from now on is nobody's fault.
  func end() { state.withLock { $0.isOver = true } }

  /// A client is surprised, and waits a little before the next act.
  func surprise(_ error: any Error, to client: String) {
    let isOver = state.withLock { state in
      if !state.isOver { state.surprises["\(client): \(error)", default: 0] += 1 }
      return state.isOver
    }
    if !isOver { Thread.sleep(forTimeInterval: Self.pause) }
  }
}

/// An answer that the client did not expect.
struct Surprise: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ status: Int, _ heading: String?) { description = "\(what): \(status) \(heading ?? "")" }
}
