internal import People

/// What happens in the hall besides Gapura: people sit, hear their number, walk to a counter, or have left.
actor Hall {
  /// What an officer who has called a number sees.
  enum Presence: Sendable {
    /// The person stands at the counter and shows their papers.
    case here(Person)
    /// Nobody comes yet.
    case notYet
    /// The person has left the building.
    case gone
  }

  private enum Holder {
    case seated
    case atCounter(Person, CheckedContinuation<Void, any Error>)
    case gone
  }

  private var holders: [String: Holder] = [:]
  private var heard: [String: Int] = [:]
  private var listeners: [String: (calls: Int, continuation: CheckedContinuation<Void, any Error>)] = [:]
  private var officers: [String: CheckedContinuation<Void, Never>] = [:]
  /// People who have not got their number in hand yet; it may be called already.
  private var askingCount = 0
  private var isClosed = false

  // MARK: Visitors

  /// Asks for a number, here or on the way.
  func ask() { askingCount += 1 }

  /// Has got a number and sits down with it, or has got none.
  func sit(_ number: String?) {
    askingCount -= 1
    if let number { holders[number] = .seated }
  }

  /// Waits until the number has been announced so many times.
  ///
  /// - Throws: `Trouble` when the hall closes before.
  func hear(_ number: String, calls: Int) async throws {
    guard heard[number, default: 0] < calls else { return }
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      guard !isClosed else { return continuation.resume(throwing: Self.closed) }
      listeners[number] = (calls, continuation)
    }
  }

  /// Walks to the counter and stays until the officer has finished.
  func stepUp(_ number: String, _ person: Person) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      guard !isClosed else { return continuation.resume(throwing: Self.closed) }
      holders[number] = .atCounter(person, continuation)
      officers.removeValue(forKey: number)?.resume()
    }
  }

  /// Leaves the building.
  func leave(_ number: String) {
    holders[number] = .gone
    officers.removeValue(forKey: number)?.resume()
  }

  // MARK: The display

  /// A number was announced for the nth time.
  func announce(_ number: String, calls: Int) {
    heard[number] = max(heard[number, default: 0], calls)
    guard let listener = listeners[number], calls >= listener.calls else { return }
    listeners[number] = nil
    listener.continuation.resume()
  }

  // MARK: Officers

  /// Looks who comes for a number that was called; waits a while when nobody is there yet.
  func whoComes(for number: String, patience: Duration) async -> Presence {
    if case .seated = holders[number, default: .seated], !isClosed {
      let impatience = Task {
        try await Task.sleep(for: patience)
        self.giveUp(number)
      }
      await withCheckedContinuation { officers[number] = $0 }
      impatience.cancel()
    }
    switch holders[number, default: .seated] {
    case .seated where !isClosed: return .notYet
    case .atCounter(let person, _): return .here(person)
    case .seated, .gone: return .gone
    }
  }

  /// Whether the number belongs to nobody whom we know.
  func isStranger(_ number: String) -> Bool { holders[number] == nil && askingCount == 0 }

  /// Says goodbye to the person who stands at the counter.
  func dismiss(_ number: String) {
    guard case .atCounter(_, let continuation) = holders[number] else { return }
    holders[number] = .gone
    continuation.resume()
  }

  private func giveUp(_ number: String) { officers.removeValue(forKey: number)?.resume() }

  // MARK: The end

  /// Ends the day; a person who still waits is told that it failed.
  func close() {
    isClosed = true
    for listener in listeners.values { listener.continuation.resume(throwing: Self.closed) }
    for officer in officers.values { officer.resume() }
    for case .atCounter(_, let continuation) in holders.values { continuation.resume(throwing: Self.closed) }
    (listeners, officers, holders) = ([:], [:], [:])
  }

  private static let closed = Trouble("the hall closed before the visit was over")
}
