import Contracts
import Core
import Web

/// What is going on at a counter, in a few words, for an officer who looks for a free one on the list of counters.
struct CounterState {
  let post: CounterPost?
  /// The number in hand.
  let number: String?
  let words: Words

  var text: String {
    if let number {
      let serving = words("queue.console.serving", ["number": number])
      return post?.officerName.map { words("queue.console.with-officer", ["state": serving, "officer": $0]) } ?? serving
    }
    guard let post, post.state != .closed else {
      let state = words(post == nil ? "queue.console.state.unopened" : "queue.console.state.closed")
      return [state, post?.closeReason?.text(words)].compactMap { $0 }.joined(separator: ": ")
    }
    let state = words(post.state == .open ? "queue.console.state.ready" : "queue.console.state.paused")
    return post.officerName.map { words("queue.console.with-officer", ["state": state, "officer": $0]) } ?? state
  }
}
