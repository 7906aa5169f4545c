import Contracts
import Core

/// What `gapura help` says of one command.
struct CommandHelp: Equatable {
  /// The words that name it.
  let path: [String]
  /// The rest of the line.
  let usage: String
  let summary: String

  init(_ path: [String], usage: String, summary: String) {
    self.path = path
    self.usage = usage
    self.summary = summary
  }

  /// The help of a module's command.
  init(_ command: Command) { self.init(command.path, usage: command.usage, summary: command.summary) }

  /// The commands that no module has, in the order in which help lists them.
  static let ofProgram = [
    CommandHelp(["serve"], usage: "[--port PORT] [--hall-port PORT]", summary: "Run the server."),
    CommandHelp(["kiosk"], usage: "[--socket PATH] [--name NAME]", summary: "Open a kiosk on this terminal."),
    CommandHelp(
      ["display"], usage: "[--socket PATH] [--zone CODE]", summary: "Show the hall's calls on this terminal."),
    CommandHelp(
      ["backup"], usage: "DIRECTORY [--keep COUNT]",
      summary: "Copy the database and the sealed documents, while the server runs; keep only the newest copies."),
    CommandHelp(
      ["restore"], usage: "COPY [--ring FILE|DIRECTORY] [--drill] [--force] [--confirm]",
      summary: "Prove a copy of the data and put it in the place of what is there; with --drill, only prove it."),
    CommandHelp(
      ["migrate"], usage: "", summary: "Bring the tables of the data to this version, as a start of the service does."),
    CommandHelp(
      ["clock"], usage: "[trust]",
      summary: "Say whether the machine's date is believed, or confirm it: in doubt nothing is erased or settled."),
    CommandHelp(
      ["loss"], usage: "[accept]",
      summary: "Say whether the data has everything that was acknowledged; go on without what is missing."),
    CommandHelp(
      ["verify-receipt"], usage: "FILE|TEXT --public-key FILE|KEY",
      summary: "Check a receipt with nothing but the office's public key: no state, no root key."),
  ]

  var lines: [String] { ["  " + (usage.isEmpty ? name : "\(name) \(usage)"), "      \(summary)"] }

  private var name: String { path.joined(separator: " ") }

  /// The commands that the words of a line mean: one whose words it begins with, or all that begin with its words.
  static func meant(by words: [String], among known: [CommandHelp]) -> [CommandHelp] {
    known.filter { words.starts(with: $0.path) || $0.path.starts(with: words) }
  }

  /// What is said where no command has the words of a line.
  static func unknown(_ words: [String], among known: [CommandHelp]) -> String {
    let siblings = known.filter { $0.path.count > 1 && $0.path.first == words.first }.map(\.name)
    var hint = ""
    if let name = likeliest(words, among: known) {
      hint = "did you mean \"\(name)\"? "
    } else if !siblings.isEmpty {
      hint = "there are: \(siblings.joined(separator: ", ")); "
    }
    return "there is no command \"\(words.joined(separator: " "))\"; \(hint)`gapura help` lists them"
  }

  /// The command that was most likely meant; what stands behind its words is not looked at.
  private static func likeliest(_ words: [String], among known: [CommandHelp]) -> String? {
    for count in [2, 1] where words.count >= count {
      let names = known.filter { $0.path.count == count }.map(\.name)
      let text = words.prefix(count).joined(separator: " ")
      if let name = KnownWords.likeliest(text, among: names) { return name }
    }
    return nil
  }
}
