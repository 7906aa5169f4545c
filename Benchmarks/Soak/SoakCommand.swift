import Client
import Foundation

/// `gapura-soak`: kills an office again and again, and says what came of it.
enum SoakCommand {
  /// - Returns: 0 when nothing was lost or doubled, 1 otherwise, 64 for a mistake in what was asked.
  static func run(environment: [String: String]) -> Int32 {
    do {
      return try soak(SoakOptions(environment)) ? 0 : 1
    } catch let mistake as SoakOptions.Mistake {
      say("gapura-soak: \(mistake.words)\nusage: KILLS=500 SEED=1 gapura-soak")
      return 64
    } catch {
      say("gapura-soak: \(error)")
      return 1
    }
  }

  /// Appears as it is said, also in a pipe.
  static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private static func soak(_ options: SoakOptions) throws -> Bool {
    say("  seed                    \(options.seed)")
    let office = try SoakOffice()
    let removal = office.removal
    let interrupt = Interrupt { removal.perform() }
    defer { withExtendedLifetime(interrupt) {} }
    say("  office                  \(office.directory.path)")
    let soak = try Soak(options, of: office)
    let isGood = soak.run { say($0) }
    for line in soak.table { say(line) }
    guard isGood else {
      office.kill()
      try office.writeLog()
      say("  kept for a look         \(office.directory.path): state, copies, server.log")
      return false
    }
    office.remove()
    return true
  }
}
