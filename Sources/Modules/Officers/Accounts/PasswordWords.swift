internal import Contracts
internal import Core
import FoundationEssentials

/// The words that are tried first as a password, read once at the start from `share/passwords`.
struct PasswordWords: Sendable {
  /// What opens most accounts elsewhere.
  let common: Set<String>
  /// Those of the work, of this program and of the office.
  let office: Set<String>

  init(common: Set<String>, office: Set<String>) {
    self.common = common
    self.office = office
  }

  /// - Throws: `ConfigurationProblem` when a list is missing, or so short that it is not the one that was shipped.
  init(reading directory: PasswordListsDirectory, office: Office) throws(ConfigurationProblem) {
    common = try Self.list(directory.appending("common.txt"), countMin: 10_000)
      .union(Self.list(directory.appending("indonesia.txt")))
    self.office = try Self.list(directory.appending("office.txt"))
      .union(office.name.all.flatMap { Self.words(of: $0) })
  }

  /// The words of a name, in small letters; those of one or two letters say nothing.
  static func words(of name: String) -> Set<String> {
    Set(name.lowercased().split { !$0.isLetter }.filter { $0.count > 2 }.map(String.init))
  }

  private static func list(_ path: String, countMin: Int = 1) throws(ConfigurationProblem) -> Set<String> {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ConfigurationProblem(
        file: path, what: "the list of passwords that are tried first cannot be read",
        mend: "Put the shipped file back, and give the service's user the right to read it.")
    }
    let lines = [UInt8](bytes).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    // Shorter ones are no pieces of a password.
    let words = Set(lines.filter { !$0.hasPrefix("# ") && $0.count > 2 }.map { $0.lowercased() })
    guard words.count >= countMin else {
      throw ConfigurationProblem(
        file: path, what: "the list of passwords that are tried first has \(words.count) words, and not \(countMin)",
        mend: "Put the shipped file back.")
    }
    return words
  }
}
