internal import Synchronization

/// The open event streams of officers' pages. Each ends soon after the session under which it was opened has ended, is locked,
/// or goes on under another token: its page then asks anew, and learns how the session stands.
final class OfficerStreams: Sendable {
  /// How soon.
  private static let interval = Duration.seconds(2)

  private struct State {
    var streams: [Int: (stream: EventStream, token: String)] = [:]
    var nextNumber = 0
    /// Whether a task looks after them, which it does while there are any.
    var isWatched = false
  }

  private let gatekeeper: (any Gatekeeper)?
  private let state = Mutex(State())

  init(gatekeeper: (any Gatekeeper)?) { self.gatekeeper = gatekeeper }

  func follow(_ stream: EventStream, of token: String) {
    let (number, isFirst) = state.withLock { state in
      state.nextNumber += 1
      state.streams[state.nextNumber] = (stream, token)
      defer { state.isWatched = true }
      return (state.nextNumber, !state.isWatched)
    }
    stream.onClose { [weak self] in self?.remove(number) }
    if isFirst { Task { await watch() } }
  }

  private func remove(_ number: Int) { state.withLock { $0.streams[number] = nil } }

  private func watch() async {
    while goesOn() {
      try? await Task.sleep(for: Self.interval)
      for token in tokens {
        if await !isOpen(token) { end(token) }
      }
    }
  }

  private var tokens: Set<String> { state.withLock { state in Set(state.streams.values.map { $0.token }) } }

  private func goesOn() -> Bool {
    state.withLock { state in
      state.isWatched = !state.streams.isEmpty
      return state.isWatched
    }
  }

  private func isOpen(_ token: String) async -> Bool {
    // What cannot be read ends no page; the next act is refused if it must be.
    guard let standing = try? await gatekeeper?.standing(of: token, isAct: false) else { return true }
    return standing.officer != nil
  }

  private func end(_ token: String) {
    let streams = state.withLock { state in state.streams.values.filter { $0.token == token }.map { $0.stream } }
    for stream in streams { stream.close() }
  }
}
