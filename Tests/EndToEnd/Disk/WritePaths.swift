import Client
import Foundation

/// Every way in which something is written, as the sources have them.
enum WritePaths {
  /// The patterns of the routes of a method; those that take forms without one.
  static func routes(_ method: String = "post") throws -> Set<String> {
    var found: Set<String> = []
    for text in try sources() {
      for match in text.matches(of: /Route\(\s*\.(get|post),\s*"([^"]+)"/) where match.output.1 == method {
        found.insert(String(match.output.2))
      }
    }
    return found
  }

  /// The commands, by their words.
  static func commands() throws -> Set<String> {
    var found: Set<String> = []
    for text in try sources() {
      for match in text.matches(of: /Command\(\s*\[("[^\]]+)\]/) {
        found.insert(String(match.output.1).replacing("\"", with: "").replacing(",", with: ""))
      }
    }
    let program = OfficeProcess.repository.appendingPathComponent("Sources/App/CommandLine/Program.swift")
    for match in try String(contentsOf: program, encoding: .utf8).matches(of: /case "([a-z-]+)": return/) {
      found.insert(String(match.output.1))
    }
    return found
  }

  /// What a kiosk's session may ask for, by its effects' names.
  static func kioskEffects() throws -> Set<String> {
    let file = OfficeProcess.repository.appendingPathComponent("Sources/Kiosk/Session/KioskEvent.swift")
    let text = try String(contentsOf: file, encoding: .utf8)
    guard let effects = text.firstMatch(of: /enum KioskEffect\b[^{]*\{([\s\S]*?)\n\}/)?.output.1 else { return [] }
    // Without what they carry, so that several may stand in one line.
    let names = effects.matches(of: /\n  case (.+)/).flatMap { line in
      line.output.1.replacing(/\(.*?\)(?=,|$)/, with: "").split(separator: ",")
    }
    return Set(names.map { $0.trimmingCharacters(in: .whitespaces) })
  }

  /// What waits until it is time: sources by their names, and the units that do.
  static func jobs() throws -> Set<String> {
    let sources = try namedSources().filter {
      $0.text.contains(/Periodic\(every|Task\.sleep\(|makeTimerSource\(|asyncAfter\(/)
    }
    let units = try FileManager.default.contentsOfDirectory(
      atPath: OfficeProcess.repository.appendingPathComponent("systemd").path)
    return Set(sources.map(\.name)).union(units.filter { $0.hasSuffix(".timer") })
  }

  private static func sources() throws -> [String] { try namedSources().map(\.text) }

  private static func namedSources() throws -> [(name: String, text: String)] {
    let root = OfficeProcess.repository.appendingPathComponent("Sources")
    guard let files = FileManager.default.enumerator(atPath: root.path) else { return [] }
    return try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map { path in
      let file = root.appendingPathComponent(path)
      return (file.deletingPathExtension().lastPathComponent, try String(contentsOf: file, encoding: .utf8))
    }
  }
}
