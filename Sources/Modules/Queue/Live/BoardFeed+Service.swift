import Contracts
import Core

extension BoardFeed: HallBoardService {
  var office: Availability { live.survey.office }
  var closures: [PlannedClosure] { live.survey.closures }

  func boards(of zone: String?) -> AsyncStream<HallBoard>? {
    guard live.hasZone(zone) else { return nil }
    let updates = watch()
    let (boards, continuation) = AsyncStream<HallBoard>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let teller = Task { [live] in
      for await _ in updates {
        // A zone that was taken out of the configuration shows nothing any more.
        guard let board = live.hallBoard(of: zone) else { break }
        continuation.yield(board)
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in teller.cancel() }
    return boards
  }
}

extension LiveHall {
  func hasZone(_ code: String?) -> Bool { configured.zone(code) != nil }

  func hallBoard(of code: String?) -> HallBoard? {
    guard let zone = configured.zone(code), let board = board(of: code) else { return nil }
    return HallBoard(
      zone: zone.name,
      calls: board.calls.map { HallBoard.Call(number: $0.number, counter: $0.counter, calls: $0.calls) },
      next: board.next, waiting: board.waiting, priority: board.priority.map(priorityText),
      notice: notice(of: board), isClosed: board.isClosed,
      ticker: board.isQuiet ? [] : zone.ticker ?? configured.ticker)
  }

  /// Why nobody is called, or not for everything, or no number is given; nil while all is as usual.
  private func notice(of board: Board) -> LocalizedText? {
    let text = LocalizedText(in: locales) { words in
      let office =
        board.office.isServing && board.office.takesNumbers
        ? []
        : [
          board.office.title(words, in: officeZone, isOffice: true),
          board.office.text(words, in: officeZone, isOffice: true),
        ]
      return (office + board.stopped.map { $0.text(words, in: officeZone) }).joined(separator: " ")
    }
    return text[.indonesian].isEmpty ? nil : text
  }

  private func priorityText(_ priority: Board.Priority) -> LocalizedText {
    LocalizedText(in: locales) { priority.text($0) }
  }
}
