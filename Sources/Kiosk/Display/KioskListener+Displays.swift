internal import Console
internal import Contracts
internal import Core

extension KioskListener {
  /// Makes the connection a call display of that zone.
  func watch(_ zone: String?, size: Size, on connection: TerminalConnection) {
    guard let hall, let boards = hall.boards.boards(of: zone) else { return bye(.unknownZone, to: connection) }
    let (display, output) = HallTerminal.open(hall, size: size)
    connection.display = display
    log.info("display.opened", ["display.zone": zone ?? "", "display.size": size.description])
    send(DaemonMessage.output(output).bytes, to: connection)
    let id = connection.id
    connection.following = Task { [weak self] in
      for await board in boards { await self?.show(board, on: id) }
    }
  }

  private func show(_ board: HallBoard, on id: Int) {
    guard let connection = connections[id] else { return }
    draw(connection) { $0.show(board) }
  }

  /// Sends what has changed on the screen.
  func draw(_ connection: TerminalConnection, _ change: (inout HallTerminal) -> [UInt8]) {
    guard var display = connection.display else { return }
    let bytes = change(&display)
    connection.display = display
    if !bytes.isEmpty { send(DaemonMessage.output(bytes).bytes, to: connection) }
  }
}
