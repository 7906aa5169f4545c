import Contracts
import Web

extension HallFeed {
  /// An event stream that calls `tell` with the hall now and after each change, until its reader goes.
  ///
  /// - Parameter state: what `tell` remembers from one call to the next.
  func response<State: Sendable>(
    _ state: State, _ tell: @escaping @Sendable (EventStream, QueueSnapshot, inout State) async -> Void
  ) -> Response {
    let stream = EventStream()
    let snapshots = watch()
    let teller = Task {
      var state = state
      for await snapshot in snapshots where stream.isOpen { await tell(stream, snapshot, &state) }
      stream.close()
    }
    stream.onClose { teller.cancel() }
    return .events(stream)
  }
}
