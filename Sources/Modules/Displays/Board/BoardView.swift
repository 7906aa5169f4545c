import Contracts
import Core
import HTML
import Web

/// The live part of the call display: the latest call as large as the screen allows, those before it beside it, and
/// who should get ready.
struct BoardView {
  let board: Board
  let words: Words
  let zone: OfficeZone

  @NodeBuilder var node: Node {
    if board.isClosed { closed } else { hall }
  }

  /// Nothing that invites: that it is closed, and when it opens.
  private var closed: Node {
    closedBoard(
      title: words("queue.display.closed"), reason: board.office.title(words, in: zone, isOffice: true),
      next: board.office.text(words, in: zone, isOffice: true))
  }

  @NodeBuilder private var hall: Node {
    callBoard(
      board.calls.map {
        BoardCall($0.number, place: words("queue.counter", ["counter": String($0.counter)]), isOpen: $0.isOpen)
      },
      latestLabel: words("queue.display.latest"), othersLabel: words("queue.display.others"),
      empty: isUsual || board.office.isServing && board.waiting > 0
        ? words("queue.display.empty") : board.office.title(words, in: zone, isOffice: true),
      more: board.openBeyondCount > 0 ? words("queue.display.more", ["count": String(board.openBeyondCount)]) : nil,
      next: BoardNext(
        numbers: board.next, label: words("queue.display.next"),
        none: words(board.waiting == 0 ? "queue.display.nobody" : "queue.display.not-yet"),
        waiting: words(Board.waitingMessage(isZone: board.isZone), ["count": String(board.waiting)])))
    for stopped in board.stopped { p(.class("board-notice")) { stopped.text(words, in: zone) } }
    for stop in board.ahead { p(.class("board-notice")) { stop.sentence(words, in: zone) } }
    if !isUsual { p(.class(board.isQuiet ? "board-notice board-quiet" : "board-notice")) { notice } }
    if let priority = board.priority { p(.class("board-priority")) { priority.text(words) } }
  }
}

extension BoardView {
  /// Whether people are called and numbers are given.
  private var isUsual: Bool { board.office.isServing && board.office.takesNumbers }

  /// Why no one is called now, or no number is given, and when the office opens.
  private var notice: String {
    let text = board.office.text(words, in: zone, isOffice: true)
    // Without any call the title stands in the middle already.
    let isTold = board.calls.isEmpty && !(board.office.isServing && board.waiting > 0)
    return isTold ? text : "\(board.office.title(words, in: zone, isOffice: true)) \(text)"
  }
}

extension Board.Priority {
  /// How the priority line stands, in a sentence or two.
  func text(_ words: Words) -> String {
    let now = words(
      free > 0 ? "queue.display.priority" : "queue.display.priority-full",
      ["waiting": String(waiting), "free": String(free)])
    return returning > 0 ? "\(now) \(words("queue.display.priority-returning", ["count": String(returning)]))" : now
  }
}
