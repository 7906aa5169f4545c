import Foundation
import XCTest

/// A command that a page, a comment, a text or a unit tells people to type is there, with the options that it is given.
final class CommandNameTests: XCTestCase {
  private static let pages = ["README.md", "SECURITY.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
  private static let folders = [
    "docs", "etc", "systemd", "share/locales", "share/guides", "share/proxy", "share/fail2ban",
  ]
  private static let manual = "share/man/gapura.8"

  func testEveryCommandThatIsNamedIsThereWithItsOptions() throws {
    let rule = try CommandNameRule(sources: Repository.sources().map(\.text))
    XCTAssertGreaterThan(rule.commands.count, 25, "the commands were not found")
    let texts = try Self.texts()
    let found = texts.map { rule.findings(in: $0.text, $0.path) }
    XCTAssertGreaterThan(found.map(\.count).reduce(0, +), 80, "what is named was not found")
    for problem in found.joined().compactMap(\.problem) { XCTFail(problem) }
  }

  func testTheManualNamesCommandsThatAreThereWithTheirOptions() throws {
    let rule = try CommandNameRule(sources: Repository.sources().map(\.text))
    let manual = Repository.root.appendingPathComponent(Self.manual)
    let lines = CommandNameRule.plain(manual: try String(contentsOf: manual, encoding: .utf8))
    let found = rule.findings(in: lines, Self.manual)
    XCTAssertGreaterThan(found.count, 12, "the manual's commands were not found")
    for problem in found.compactMap(\.problem) { XCTFail(problem) }
  }

  private static func texts() throws -> [(path: String, text: String)] {
    var paths = pages
    for folder in folders {
      let walker = FileManager.default.enumerator(atPath: Repository.root.appendingPathComponent(folder).path)
      paths += (walker?.compactMap { $0 as? String } ?? []).map { "\(folder)/\($0)" }
    }
    let texts = paths.compactMap { path -> (path: String, text: String)? in
      let file = Repository.root.appendingPathComponent(path)
      // Pictures and folders are no text.
      return (try? String(contentsOf: file, encoding: .utf8)).map { (path, $0) }
    }
    return try texts + Repository.sources().map { ($0.path, $0.text) }
  }

  // MARK: The rule itself

  private let rule = CommandNameRule(sources: [
    #"Command(["vault", "check"], usage: "", summary: "")"#,
    "CommandHelp(\n  [\"backup\"], usage: \"DIRECTORY [--keep COUNT]\", summary: \"\")",
  ])

  private func problems(_ text: String) -> [String] { rule.findings(in: text, "P").compactMap(\.problem) }

  func testACommandOrAnOptionThatIsNotThereIsFoundWithItsLine() {
    let bad = [
      "`gapura status` says it", "run “gapura vault chekc”", "look: gapura stat", "\ngapura backups /srv",
      "ExecStart=/usr/bin/gapura srve", "`gapura vault`", "`gapura backup /srv --keeps 3`", "a && gapura migrat",
      "`gapura vault check --drill`",
    ]
    for text in bad { XCTAssertEqual(problems(text).count, 1, text) }
    XCTAssertEqual(problems("\n`gapura status`"), ["P:2: there is no command gapura status"])
    XCTAssertEqual(problems("`gapura backup --all`"), ["P:1: gapura backup has no option --all"])
  }

  func testWhatIsThereAndWhatIsNoCommandIsLeftAlone() {
    let good = [
      "`gapura backup DIR --keep 3`, and `systemctl stop gapura --all`", "/etc/gapura stays as it is; gapura stays",
      "journalctl -u gapura says why", "the gapura package", "gapura vault check   # --all of it", "`gapura …`",
      "gapura backup /srv --state /var/lib/gapura", "`gapura officer …`",
    ]
    for text in good { XCTAssertEqual(problems(text), [], text) }
  }

  func testTheLinesOfTheManualReadAsTheyAreTyped() {
    let text = ".It Cm backup Ar directory Op Fl -keep Ar count\n.It Cm clock , vault check\n.It Pa /etc\n.Nm Cm help\n"
    XCTAssertEqual(
      CommandNameRule.plain(manual: text),
      "gapura backup DIR --keep DIR\ngapura clock\ngapura vault check\n\ngapura help\n")
  }
}

/// Finds the commands that a text names, and those of them that are not there.
struct CommandNameRule {
  struct Finding {
    /// What is wrong; nil where nothing is.
    let problem: String?
  }

  /// Those of the whole program.
  private static let options: Set<String> = ["config", "state", "runtime", "share", "version", "help"]

  /// The options of each command, by its words.
  let commands: [String: Set<String>]

  /// - Parameter sources: where commands and what help says of them are written.
  init(sources: [String]) {
    var commands: [String: Set<String>] = ["help": []]
    for text in sources {
      for match in text.matches(of: /Command(?:Help)?\(\s*\[("[^\]]+")\],\s*usage:\s*"((?:[^"\\]|\\.)*)"/) {
        let name = match.output.1.replacing("\"", with: "").replacing(",", with: "")
        commands[String(name)] = Self.options(in: match.output.2)
      }
    }
    self.commands = commands
  }

  private static func options(in text: some StringProtocol) -> Set<String> {
    Set(String(text).matches(of: /--([a-z][a-z-]*)/).map { String($0.output.1) })
  }

  func findings(in text: String, _ path: String) -> [Finding] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
      Self.named(in: String(line)).map { Finding(problem: problem($0, "\(path):\(number + 1)")) }
    }
  }

  /// What stands behind `gapura` where it is typed: in a code's marks or quotes, after what leads to it, or first in a line.
  private static func named(in line: String) -> [String] {
    let typed = #/(?:^\s*|[`“"'(:=]|: |&& |/usr/bin/|\$ )gapura +([a-z][^`”"'#|]*)/#
    return line.matches(of: typed).map { String($0.output.1) }.filter { text in
      // A whole family, as comments write it; the directories that a unit lists.
      !text.contains("…") && !text.hasPrefix("gapura-")
    }
  }

  private func problem(_ text: String, _ place: String) -> String? {
    let words = text.prefixMatch(of: /([a-z][a-z-]*)(?: +([a-z][a-z-]*))?/)
    let first = words.map { String($0.output.1) } ?? ""
    let both = words?.output.2.map { "\(first) \($0)" } ?? first
    guard let name = [both, first].first(where: { commands[$0] != nil }), let known = commands[name] else {
      return "\(place): there is no command gapura \(both)"
    }
    let unknown = Self.options(in: text).subtracting(known).subtracting(Self.options)
    return unknown.isEmpty
      ? nil : "\(place): gapura \(name) has no option \(unknown.sorted().map { "--\($0)" }.joined(separator: ", "))"
  }

  /// What the manual's macros show of each line with commands, as it is typed; the other lines stay empty.
  static func plain(manual: String) -> String {
    manual.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard let match = line.wholeMatch(of: /\.(?:It|Nm) Cm (.*)/) else { return "" }
      return match.output.1.split(separator: ",").map { command in
        let words = command.replacing(/\bAr \S+/, with: "DIR").replacing(/\b(?:Op|Oo|Oc|Cm)\b/, with: "")
          .replacing(/\bFl -/, with: "--")
        return "gapura " + words.split(separator: " ").joined(separator: " ")
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
