import Contracts
import Core

extension LiveDisplays: HallBoardService {
  func boards(of zone: String?) -> AsyncStream<HallBoard>? {
    guard configured.zone(zone) != nil else { return nil }
    let snapshots = terminals.watch { snapshot }
    let (boards, continuation) = AsyncStream<HallBoard>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let teller = Task {
      for await snapshot in snapshots {
        // A zone that was taken out of the configuration shows nothing any more.
        guard let board = hallBoard(of: zone, in: snapshot) else { break }
        continuation.yield(board)
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in teller.cancel() }
    return boards
  }

  private func hallBoard(of code: String?, in snapshot: QueueSnapshot) -> HallBoard? {
    guard let zone = configured.zone(code) else { return nil }
    let board = snapshot.board(of: zone, in: office)
    return HallBoard(
      zone: zone.name,
      calls: board.calls.map { HallBoard.Call(number: $0.number, counter: $0.counter, calls: $0.calls) },
      next: board.next, waiting: board.waiting, priority: board.priority.map(priorityText),
      notice: notice(of: board), isClosed: board.isClosed,
      ticker: stopsAhead(of: board) + (board.isQuiet ? [] : zone.ticker ?? configured.ticker))
  }

  /// Why no one is called, or not for everything, or no number is given; nil while all is as usual.
  private func notice(of board: Board) -> LocalizedText? {
    let text = LocalizedText(in: locales) { words in
      let office =
        board.office.isServing && board.office.takesNumbers
        ? []
        : [
          board.office.title(words, in: self.office.zone, isOffice: true),
          board.office.text(words, in: self.office.zone, isOffice: true),
        ]
      return (office + board.stopped.map { $0.text(words, in: self.office.zone) }).joined(separator: " ")
    }
    return text[.indonesian].isEmpty ? nil : text
  }

  /// The stops later today, each as a line that takes its turn at the bottom.
  private func stopsAhead(of board: Board) -> [LocalizedText] {
    board.ahead.map { stop in LocalizedText(in: locales) { stop.sentence($0, in: office.zone) } }
  }

  private func priorityText(_ priority: Board.Priority) -> LocalizedText {
    LocalizedText(in: locales) { priority.text($0) }
  }
}
