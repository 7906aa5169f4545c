internal import Synchronization

/// Lets the requests of each client to the handlers, a few at a time; the rest wait in line.
///
/// However many requests one client has under way, another's meets no more than the share of each before it.
final class ClientGate: Sendable {
  /// How many are at work at once, together and of one client, and how many of one client may wait.
  struct Share: Sendable {
    var countMax: Int
    var perClientMax: Int
    var waitingPerClientMax: Int
  }

  private struct Presence {
    var working = 0
    var waiting = 0
  }

  private struct Waiter {
    let client: RemoteAddress
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var working = 0
    var clients: [RemoteAddress: Presence] = [:]
    var line: [Waiter] = []
  }

  private let share: Share
  private let state = Mutex(State())

  init(_ share: Share) { self.share = share }

  /// Whether one more of that client would neither pass nor find a place in the line.
  func isFull(for client: RemoteAddress) -> Bool {
    state.withLock { ($0.clients[client.network]?.waiting ?? 0) >= share.waitingPerClientMax }
  }

  /// Does the work when it is the client's turn.
  func pass<Value>(_ client: RemoteAddress, _ work: () async -> Value) async -> Value {
    let client = client.network
    await withCheckedContinuation { continuation in
      let passes = state.withLock { state in
        let passes = mayWork(client, state)
        if passes {
          begin(client, &state)
        } else {
          state.clients[client, default: Presence()].waiting += 1
          state.line.append(Waiter(client: client, continuation: continuation))
        }
        return passes
      }
      if passes { continuation.resume() }
    }
    defer { leave(client) }
    return await work()
  }

  /// Waits in the client's line, without a turn: for an answer that is to come late.
  func linger<Value>(_ client: RemoteAddress, _ work: () async -> Value) async -> Value {
    let client = client.network
    state.withLock { $0.clients[client, default: Presence()].waiting += 1 }
    defer {
      state.withLock { state in
        state.clients[client]?.waiting -= 1
        forgetIfAbsent(client, &state)
      }
    }
    return await work()
  }

  private func leave(_ client: RemoteAddress) {
    let next = state.withLock { state -> [Waiter] in
      state.working -= 1
      state.clients[client]?.working -= 1
      forgetIfAbsent(client, &state)
      var next: [Waiter] = []
      while state.working < share.countMax, let place = state.line.firstIndex(where: { mayWork($0.client, state) }) {
        let waiter = state.line.remove(at: place)
        state.clients[waiter.client]?.waiting -= 1
        begin(waiter.client, &state)
        next.append(waiter)
      }
      return next
    }
    for waiter in next { waiter.continuation.resume() }
  }

  private func mayWork(_ client: RemoteAddress, _ state: State) -> Bool {
    state.working < share.countMax && (state.clients[client]?.working ?? 0) < share.perClientMax
  }

  private func begin(_ client: RemoteAddress, _ state: inout State) {
    state.working += 1
    state.clients[client, default: Presence()].working += 1
  }

  private func forgetIfAbsent(_ client: RemoteAddress, _ state: inout State) {
    if let presence = state.clients[client], presence.working <= 0, presence.waiting <= 0 {
      state.clients[client] = nil
    }
  }
}
