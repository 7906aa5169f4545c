import Core
import Forecast

/// Why a ticket was called, in words: "why this one?".
struct CallWords {
  let words: Words

  func explanation(of call: CallTable.Entry) -> String {
    switch call.cause {
    case .chosen: return words("queue.why.chosen", ["reason": call.reason ?? words("queue.why.reason-erased")])
    case .due: return words("queue.why.due", ["terms": terms(call.score)])
    case .score: break
    }
    guard let runnerUp = call.runnerUp, let other = call.runnerUpScore else {
      return words("queue.why.alone", ["terms": terms(call.score)])
    }
    return words(
      "queue.why.score",
      [
        "total": String(max(0, call.score.total)), "terms": terms(call.score), "other": runnerUp,
        "other-total": String(max(0, other.total)), "other-terms": terms(other),
      ])
  }

  /// `menunggu 12 + prioritas 30`: only what counts.
  /// Also of older calls, for which a person who came early counted as having waited less than nothing.
  private func terms(_ score: Score) -> String {
    let named: [(MessageKey, Int)] = [
      ("queue.why.waited", max(0, score.waited)), ("queue.why.priority", score.priority),
      ("queue.why.appointment", score.appointment), ("queue.why.in-progress", score.inProgress),
      ("queue.why.language", score.language), ("queue.why.sent-here", score.sentHere),
    ]
    return named.enumerated().filter { $0.offset == 0 || $0.element.1 > 0 }
      .map { words($0.element.0, ["minutes": String($0.element.1)]) }.joined(separator: " + ")
  }
}
