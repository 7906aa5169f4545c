@testable internal import Catalogue
@testable internal import Core
internal import Foundation
@testable internal import Vault

/// Configuration files, as the service reads them: what is refused names file and place and how to mend it, what is taken
/// is what Foundation's decoder and other readers of JSON take it for.
struct ConfigurationEntry: FuzzEntry {
  static let name = "json5"
  /// The longest of the files that are shipped.
  static let byteCountMax = 12_000

  private static let path = "uji.json5"

  /// What valid JSON may be refused for, in the reader's words.
  private static let strictness = [
    "stands here twice", "nested more than", "which nobody sees", "is no whole number in digits", "is not UTF-8",
    "half of a character", "is too large a number",
  ]

  static let seeds =
    [
      "{}", "[]", "{ code: \"antre\", days: 4, }", "// kata\n{ 'a-b': [1, -2, 3], /* x */ $d_1: null }",
      #"{ "satu \"dua\"": "C:\\temp\\1", 'it\'s': "\/\b\u0041\x42 \uD83D\uDE00" }"#,
      "{ open: true, shut: false, far: Infinity, none: NaN, price: 950.000, hex: 0x1F, exp: 1e5 }",
      "\u{FEFF}{\u{A0}a:\u{2028}1}", "{ a: { b: [ { c: 'x' }, { c: 'y', } ] } }",
      #"{ name: "uji", days: 3, mode: "terbuka", list: ["a", "b"], from: "2026-12-31", at: "08:30", inner: { fee: 5 } }"#,
      #"{ name: "uji", days: 300, mode: "terbukaa", list: ["a", "a"], from: "2026-13-31", at: "8.30" }"#,
    ].map { Array($0.utf8) } + shipped

  /// Some of the files that are shipped: what the product really reads.
  private static let shipped = ["calendar", "vault", "queue", "services/30-paspor-hilang"].compactMap { name in
    FileManager.default.contents(atPath: "\(Repository.root)/etc/gapura/\(name).json5").map { Array($0) }
  }

  static let words =
    [
      "{", "}", "[", "]", ":", ",", "//", "/*", "*/", "\\u", "\\x", "\\n", "\\\"", "\\'", "\\\\", "'", "\"", "0x",
      "1e9",
    ]
    + ["true", "false", "null", "Infinity", "NaN", "\u{2028}", "\u{FEFF}", "\\uD83D\\uDE00", "name:", "days:", "mode:"]
    + ["list:", "from:", "at:", "inner:", "fee:", "terbuka", "2026-12-31", "08:30"]

  func check(_ bytes: [UInt8]) throws {
    let file: ConfigurationFile
    do {
      file = try ConfigurationFile(path: Self.path, bytes: bytes)
    } catch {
      try checkProblem(error, in: bytes)
      try checkRefusal(error, of: bytes)
      return
    }
    try checkValue(file, bytes)
    try decode(ConfigurationSample.self, file, bytes)
    try decode(ServiceFile.self, file, bytes)
    try decode(WorkCalendarFile.self, file, bytes)
    try decode(VaultPolicy.self, file, bytes)
  }

  /// What any reader of a file may do: give a value, or say where it fails.
  private func decode<Value: Decodable>(_ type: Value.Type, _ file: ConfigurationFile, _ bytes: [UInt8]) throws {
    do { _ = try file.decode(type) } catch { try checkProblem(error, in: bytes) }
  }

  /// One line that names the file, a place inside it, what is wrong and how to mend it.
  private func checkProblem(_ problem: ConfigurationProblem, in bytes: [UInt8]) throws {
    let said = problem.description
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let line = problem.line, let column = problem.column, lines.indices.contains(line - 1) else {
      throw Finding("a problem has no place: \(said)")
    }
    let columnCount = lines[line - 1].count { $0 & 0xC0 != 0x80 }
    try hold((1...columnCount + 1).contains(column), "the column lies outside its line: \(said)")
    try hold(
      said.utf8.starts(with: "\(Self.path):\(line):\(column): ".utf8),
      "a problem does not begin with its place: \(said)")
    try hold(!problem.what.isEmpty && !problem.mend.isEmpty, "a problem says nothing: \(said)")
    try hold(!said.unicodeScalars.contains { $0.properties.generalCategory == .control }, "not one line: \(said)")
    try hold(said.utf8.count < 8_000, "a problem of \(said.utf8.count) bytes")
  }

  /// Valid JSON is refused for what the reader is strict about only.
  private func checkRefusal(_ problem: ConfigurationProblem, of bytes: [UInt8]) throws {
    guard !Self.strictness.contains(where: problem.what.contains), !bytes.starts(with: [0xEF, 0xBB, 0xBF]),
      !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil,
      (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    else { return }
    throw Finding("valid JSON was refused: \(problem)")
  }

  /// What the scanner found sound is decoded, and written out and read again it is the same.
  private func checkValue(_ file: ConfigurationFile, _ bytes: [UInt8]) throws {
    let value: AnyJSON
    do {
      value = try file.decode(AnyJSON.self)
    } catch {
      try checkProblem(error, in: bytes)
      try hold(error.what.contains("number"), "the scanner took what the decoder does not: \(error)")
      return
    }
    let text = value.text
    let again: AnyJSON
    do {
      again = try ConfigurationFile(path: Self.path, bytes: Array(text.utf8)).decode(AnyJSON.self)
    } catch {
      throw Finding("what was taken is refused when it is written out: \(error) \(text)")
    }
    try hold(again == value, "written out it is another value: \(text)")
    var scanner = try JSON5Scanner(bytes)
    let root = try scanner.document()
    // Each place is looked for from the file's beginning, so not at all of them.
    for path in value.paths.prefix(40) {
      let problem = file.problem(at: ConfigurationPath(path), what: "x", mend: "y")
      try checkProblem(problem, in: bytes)
      try hold(root.node(at: path[...]) != nil, "the scanner has no place for \(problem)")
    }
  }
}

/// Any value of JSON.
private indirect enum AnyJSON: Decodable, Equatable {
  case null
  case truth(Bool)
  case number(Int)
  case text(String)
  case list([AnyJSON])
  case object([String: AnyJSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? decoder.unkeyedContainer() {
      var list = list
      var entries: [AnyJSON] = []
      while !list.isAtEnd { entries.append(try list.decode(AnyJSON.self)) }
      self = .list(entries)
    } else if (try? decoder.container(keyedBy: AnyName.self)) != nil {
      self = .object(try container.decode([String: AnyJSON].self))
    } else {
      self = .number(try container.decode(Int.self))
    }
  }

  var text: String {
    switch self {
    case .null: "null"
    case .truth(let truth): "\(truth)"
    case .number(let number): "\(number)"
    case .text(let text): Self.quoted(text)
    case .list(let entries): "[\(entries.map(\.text).joined(separator: ","))]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value.text)" }.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(Character(scalar))
      }
    }
    return "\"\(escaped.joined())\""
  }

  /// The way to each value.
  var paths: [[ConfigurationPath.Step]] {
    switch self {
    case .list(let entries):
      [[]] + entries.enumerated().flatMap { at in at.element.paths.map { [.entry(at.offset)] + $0 } }
    case .object(let members): [[]] + members.flatMap { member in member.value.paths.map { [.key(member.key)] + $0 } }
    default: [[]]
    }
  }
}

private struct AnyName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A file that uses all that a reader of files can ask for.
private struct ConfigurationSample: Decodable {
  private enum Keys: String, CodingKey, CaseIterable { case name, days, mode, list, from, at, inner }
  private enum Mode: String, CaseIterable { case terbuka, tertutup }

  private struct Inner: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case fee, note }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      _ = try file.number(.fee, in: 0...1_000_000)
      _ = try file.optional(.note, as: String.self)
    }
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    _ = try file.text(.name)
    _ = try file.number(.days, in: 1...60, or: 4)
    _ = try file.choice(.mode, or: Mode.terbuka)
    let list = try file.list(.list, of: String.self, entryCount: 0...3)
    try file.refuseRepeats(in: .list, names: list, member: nil)
    _ = try file.optionalDate(.from)
    if file.has(.at) { _ = try file.time(.at) }
    _ = try file.optional(.inner, as: Inner.self)
  }
}
