import Web

extension BoardFeed {
  /// An event stream that calls `tell` with the board now and after each change, until its reader goes.
  ///
  /// - Parameter state: what `tell` remembers from one call to the next.
  func response<State: Sendable>(
    _ state: State, _ tell: @escaping @Sendable (EventStream, Update, inout State) async -> Void
  ) -> Response {
    let stream = EventStream()
    let updates = watch()
    let teller = Task {
      var state = state
      for await update in updates where stream.isOpen { await tell(stream, update, &state) }
      stream.close()
    }
    stream.onClose { teller.cancel() }
    return .events(stream)
  }
}
