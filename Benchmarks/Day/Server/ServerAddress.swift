/// Where a server of Gapura is reached from this machine.
public struct ServerAddress: Sendable, Equatable {
  /// On 127.0.0.1.
  public let port: UInt16
  /// The kiosks' Unix socket.
  public let kioskSocket: String
  /// The database, opened for reading when the day is over.
  public let database: String

  public init(port: UInt16, kioskSocket: String, database: String) {
    self.port = port
    self.kioskSocket = kioskSocket
    self.database = database
  }

  /// The usual names below a state directory.
  public init(port: UInt16, state: String) {
    self.init(port: port, kioskSocket: "\(state)/run/kiosk", database: "\(state)/gapura.db")
  }
}
