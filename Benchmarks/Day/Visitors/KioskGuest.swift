internal import Console
public import Core
public import People

/// A person who takes a number at a kiosk, apart from any played day.
public struct KioskGuest: Sendable {
  private enum Terminal {
    case socket(String)
    case program(KioskProgram)
  }

  private static let size = Size(columns: 80, rows: 25)

  private let terminal: Terminal
  private let name: String
  private let locales: Locales
  private let seed: UInt64

  /// At a terminal of each visit's own.
  ///
  /// - Parameters:
  ///   - socket: the kiosks' Unix socket.
  ///   - name: what the terminal calls itself.
  ///   - locales: the words that screens are expected to say.
  public init(socket: String, name: String, locales: Locales, seed: UInt64) {
    self.init(.socket(socket), name: name, locales: locales, seed: seed)
  }

  /// At a terminal on which the kiosk program runs, as in the hall.
  ///
  /// - Parameter command: the program's path and arguments.
  public init(running command: [String], name: String, locales: Locales, seed: UInt64) {
    self.init(
      .program(KioskProgram(command, name: name, locales: locales)), name: name, locales: locales, seed: seed)
  }

  private init(_ terminal: Terminal, name: String, locales: Locales, seed: UInt64) {
    self.terminal = terminal
    self.name = name
    self.locales = locales
    self.seed = seed
  }

  /// Waits before the kiosk until it greets.
  ///
  /// - Throws: `KioskAway` while it cannot; `Trouble` when it ought to and does not.
  public func arrive() async throws {
    guard case .program(let program) = terminal else { return }
    let greeting = locales.words(.indonesian)("language.name")
    do {
      try await program.terminal().press("") { $0.text.contains(greeting) || $0.isFirstOfSeveral }
    } catch let trouble as Trouble {
      await program.switchOff()
      throw trouble
    }
  }

  /// Takes a number, with an application or for a service.
  ///
  /// - Returns: the number on the screen: `A-012`.
  /// - Throws: `Trouble` when the screens do not come, also when the server has gone; `KioskAway`.
  public func takeNumber(_ person: Person, application: String?, serviceName: String) async throws -> String {
    switch terminal {
    case .socket(let path):
      let terminal = try KioskTerminal(socket: path, name: name, size: Self.size, measurements: Measurements())
      return try await visit(terminal, person).takeNumber(application: application, serviceName: serviceName).number
    case .program(let program):
      do {
        return try await visit(program.terminal(), person)
          .takeNumber(application: application, serviceName: serviceName).number
      } catch let trouble as Trouble {
        // Whatever stands on the screen is nobody's any more.
        await program.switchOff()
        throw trouble
      }
    }
  }

  private func visit(_ terminal: KioskTerminal, _ person: Person) -> KioskVisit {
    KioskVisit(
      terminal: terminal, person: person, plan: Plan(person, seed: seed, offer: Offer(all: [])), locales: locales,
      told: Told())
  }
}
