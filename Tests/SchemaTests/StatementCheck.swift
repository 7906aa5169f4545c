import Foundation

/// Prepares statements on a PostgreSQL that has every module's tables.
struct StatementCheck {
  struct Finding: Equatable, CustomStringConvertible {
    let statement: String
    /// PostgreSQL's code for what is wrong (its manual's appendix A).
    let code: String
    let reason: String

    var description: String { "\(code) \(reason): \(statement)" }
  }

  let server: PostgreSQLServer

  private static let unknownType = "42P18"
  private static let unknownTable = "42P01"
  /// Where a statement does not tell a value's type, as `SELECT ?`, it is told with the value.
  private static let types = ["unknown", "bigint", "text", "bytea", "double precision"]

  /// What cannot be prepared. Statements about tables that no module has are left out: tests make some of their own.
  func findings(in statements: [String]) throws -> [Finding] {
    let numbered = statements.map(Self.numbered)
    var types = numbered.map { [Int](repeating: 0, count: $0.valueCount) }
    var open = Array(statements.indices)
    var findings: [Finding] = []
    while !open.isEmpty {
      let failures = try failures(of: open.map { Self.preparation($0, numbered[$0].text, types[$0]) })
      var next: [Int] = []
      for (number, code, reason) in failures {
        if code == Self.unknownTable { continue }
        if code == Self.unknownType, let place = Self.place(in: reason), types[number].indices.contains(place - 1),
          types[number][place - 1] + 1 < Self.types.count
        {
          types[number][place - 1] += 1
          next.append(number)
        } else {
          findings.append(Finding(statement: statements[number], code: code, reason: reason))
        }
      }
      open = next
    }
    return findings
  }

  /// PostgreSQL numbers the values: each `?` outside of a text becomes `$1`, `$2`, ….
  static func numbered(_ statement: String) -> (text: String, valueCount: Int) {
    var text = ""
    var count = 0
    var isInText = false
    for character in statement {
      if character == "'" { isInText.toggle() }
      if character == "?", !isInText {
        count += 1
        text += "$\(count)"
      } else {
        text.append(character)
      }
    }
    return (text, count)
  }

  private static func preparation(_ number: Int, _ text: String, _ types: [Int]) -> String {
    let list = types.isEmpty ? "" : "(" + types.map { Self.types[$0] }.joined(separator: ", ") + ")"
    return """
      PREPARE s\(number)\(list) AS \(text);
      \\echo @\(number) :ERROR :SQLSTATE :LAST_ERROR_MESSAGE

      """
  }

  private func failures(of preparations: [String]) throws -> [(number: Int, code: String, reason: String)] {
    let said = try server.run(preparations.joined() + "DEALLOCATE ALL;\n", goesOn: true)
    return said.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 3)
      guard words.count == 4, words[0].hasPrefix("@"), words[1] == "true", let number = Int(words[0].dropFirst())
      else { return nil }
      return (number, String(words[2]), String(words[3]))
    }
  }

  /// The number in `could not determine data type of parameter $3`.
  private static func place(in reason: String) -> Int? {
    reason.split(separator: "$").last.flatMap { Int($0.prefix(while: \.isNumber)) }
  }
}
