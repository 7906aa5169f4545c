internal import Console
public import Core
public import People

/// Somebody who takes a number at a kiosk, apart from any played day.
public struct KioskGuest: Sendable {
  private static let size = Size(columns: 80, rows: 25)

  private let socket: String
  private let name: String
  private let locales: Locales
  private let seed: UInt64

  /// - Parameters:
  ///   - socket: the kiosks' Unix socket.
  ///   - name: what the terminal calls itself.
  ///   - locales: the words that screens are expected to say.
  public init(socket: String, name: String, locales: Locales, seed: UInt64) {
    self.socket = socket
    self.name = name
    self.locales = locales
    self.seed = seed
  }

  /// Takes a number at a terminal of its own, with an application or for a service.
  ///
  /// - Returns: the number on the screen: `A-012`.
  /// - Throws: `Trouble` when the screens do not come, also when the server has gone.
  public func takeNumber(_ person: Person, application: String?, serviceName: String) async throws -> String {
    let terminal = try KioskTerminal(socket: socket, name: name, size: Self.size, measurements: Measurements())
    let visit = KioskVisit(
      terminal: terminal, person: person, plan: Plan(person, seed: seed, offer: Offer(all: [])), locales: locales,
      told: Told())
    return try await visit.takeNumber(application: application, serviceName: serviceName).number
  }
}
