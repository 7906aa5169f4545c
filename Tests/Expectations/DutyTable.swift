public import Core
internal import Foundation
import XCTest

/// What docs/duties.md says of the services: each method, and what each of the shipped roles gets of it.
public struct DutyTable {
  /// What a role gets of a method.
  public enum Cell: String, Sendable {
    case yes
    case reads
    case no = "–"
  }

  /// One method of a service.
  public struct Row: Sendable {
    public let method: String
    public let cells: [String: Cell]
  }

  private let rows: [String: [Row]]

  /// Reads the document.
  public init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/duties.md")
    var (rows, module, roles): ([String: [Row]], String?, [String]) = ([:], nil, [])
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if line.hasPrefix("#") { module = line.hasPrefix("### ") ? String(line.dropFirst(4)) : nil }
      guard let module, line.hasPrefix("|"), cells.count > 2 else { continue }
      if cells[0] == "method" { roles = Array(cells.dropFirst(2)) }
      guard cells[0].hasPrefix("`") else { continue }
      let words = zip(roles, cells.dropFirst(2).map { Cell(rawValue: $0) ?? .no })
      rows[module, default: []].append(
        Row(
          method: cells[0].trimmingCharacters(in: ["`"]),
          cells: Dictionary(words) { first, _ in first }))
    }
    self.rows = rows
  }

  /// The modules that have a table.
  public var modules: Set<String> { Set(rows.keys) }

  /// The methods of a module, in the document's order.
  public func rows(of module: String) -> [Row] { rows[module, default: []] }
}

/// Calls each method of a module's services as each of the shipped roles, and as an officer without any: what docs/duties.md
/// does not let a role do is refused as forbidden, and what it lets is not.
///
/// - Parameter calls: by the names of the document's rows, all of them. What else a call fails with is no matter here.
public func XCTAssertDuties(
  of module: String, _ calls: [String: (Principal) async throws -> Void], file: StaticString = #filePath,
  line: UInt = #line
) async throws {
  let rows = try DutyTable().rows(of: module)
  XCTAssertEqual(Set(rows.map(\.method)), Set(calls.keys), "each row is called", file: file, line: line)
  for row in rows {
    XCTAssertEqual(Set(row.cells.keys), Set(Role.shipped.map(\.name)), row.method, file: file, line: line)
    guard let call = calls[row.method] else { continue }
    for (place, role) in Role.shipped.enumerated() {
      let officer = Principal.officer(OfficerID(Int64(900 + place)), Rights([role]))
      let isRefused = await isForbidden { try await call(officer) }
      XCTAssertEqual(isRefused, row.cells[role.name] == .no, "\(row.method) as \(role)", file: file, line: line)
    }
    let isRefused = await isForbidden { try await call(.officer(OfficerID(899), .none)) }
    XCTAssertTrue(isRefused, "\(row.method) without any role", file: file, line: line)
  }
}

private func isForbidden(_ body: () async throws -> Void) async -> Bool {
  do {
    try await body()
    return false
  } catch let problem as Problem {
    return problem.kind == .forbidden
  } catch {
    return false
  }
}
