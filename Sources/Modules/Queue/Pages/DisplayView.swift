import Core
import HTML
import Web

/// The call display: the latest call as large as the screen allows, those before it beside it.
struct DisplayView {
  let board: Board
  let words: Words

  @NodeBuilder var node: Node {
    h1(.class("unseen")) { words("queue.display.title") }
    liveRegion("papan", events: "/display/peristiwa") {
      callBoard(
        board.calls.map { BoardCall($0.number, place: words("queue.counter", ["counter": String($0.counter)])) },
        latestLabel: words("queue.display.latest"), othersLabel: words("queue.display.others"),
        empty: words("queue.display.empty"))
      p(.class("board-waiting")) { words("queue.display.waiting", ["count": String(board.waiting)]) }
    }
  }
}
