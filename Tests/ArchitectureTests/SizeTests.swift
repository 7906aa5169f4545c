import XCTest

/// How large files and functions may be. What is above a bound is counted by a ceiling that only falls.
final class SizeTests: XCTestCase {
  private static let fileLineCountMedianMax = 80
  private static let fileLineCountMax = 350
  /// Files above it; the aim is none.
  private static let longFileCeiling = 0

  private static let functionLineCountP99Max = 30
  private static let functionLineCountMax = 40
  /// Functions above it; the aim is none.
  private static let longFunctionCeiling = 0
  /// The longest of those; the aim is `functionLineCountMax`.
  private static let longestFunctionCeiling = 40

  func testFilesAreShort() throws {
    let files = try Repository.sources()
    XCTAssertGreaterThan(files.count, 500, "the sources were not found")
    XCTAssertLessThanOrEqual(Self.part(0.5, of: files.map(\.lineCount)), Self.fileLineCountMedianMax, "the median file")
    let long = Self.longFiles(in: files)
    XCTAssertLessThanOrEqual(long.count, Self.longFileCeiling, "cut: " + long.joined(separator: ", "))
  }

  func testFunctionsAreShort() throws {
    let functions = Self.functions(in: try Repository.sources())
    XCTAssertGreaterThan(functions.count, 3_000, "the functions were not found")
    XCTAssertLessThanOrEqual(
      Self.part(0.99, of: functions.map(\.length)), Self.functionLineCountP99Max, "of a hundred functions the longest")
    let long = Self.long(functions)
    XCTAssertLessThanOrEqual(
      long.count, Self.longFunctionCeiling, "cut: " + long.map { "\($0.place) (\($0.length))" }.joined(separator: ", "))
    for function in long {
      XCTAssertLessThanOrEqual(function.length, Self.longestFunctionCeiling, function.place)
    }
  }

  /// The files above the bound, as `path (lines)`.
  private static func longFiles(in files: [Repository.SourceFile]) -> [String] {
    files.filter { $0.lineCount > fileLineCountMax }.map { "\($0.path) (\($0.lineCount))" }
  }

  private static func functions(in files: [Repository.SourceFile]) -> [(place: String, length: Int)] {
    files.flatMap { file in
      Declarations(file.text).functions.map { (place: "\(file.path):\($0.line) \($0.name)", length: $0.length) }
    }
  }

  /// Those above the bound.
  private static func long(_ functions: [(place: String, length: Int)]) -> [(place: String, length: Int)] {
    functions.filter { $0.length > functionLineCountMax }
  }

  func testWhatIsAboveABoundIsFound() {
    let files = [350, 351].map { count in
      Repository.SourceFile(
        path: "Sources/A/\(count).swift", text: String(repeating: "let a = 1\n", count: count))
    }
    XCTAssertEqual(Self.longFiles(in: files), ["Sources/A/351.swift (351)"])
    let functions = [40, 41].map { count in
      "func of\(count)() {\n\(String(repeating: "  call()\n", count: count))}\n"
    }
    let file = Repository.SourceFile(path: "Sources/A/A.swift", text: functions.joined())
    XCTAssertEqual(Self.long(Self.functions(in: [file])).map(\.place), ["Sources/A/A.swift:43 of41"])
  }

  /// The value below which that part of all lies.
  private static func part(_ share: Double, of values: [Int]) -> Int {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  func testLinesAreCountedBetweenTheBracesOfAFunction() {
    let source = #"""
      protocol P {
        func without(a: Int) -> String
        init(b: Int)
      }

      struct A {
        init?(_ text: String) { nil }

        public static func first<T>(_ value: T, or other: () -> T = { fatalError("}") }) throws
          -> T where T: Sendable
        {
          // A brace { in a comment.
          let text = "a brace } \(value.map { "{" }) in a text"
          return other()
        }

        /* func no() { */
        subscript(place: Int) -> Int {
          let raw = #"{"# + """
            {
            """

          return place
        }

        func calls() {
          init(4)
          func inner() {
            one()
          }
        }
      }
      """#
    let found = Declarations(source).functions
    XCTAssertEqual(found.map(\.name), ["init", "first", "subscript", "calls", "inner"])
    XCTAssertEqual(found.map(\.length), [1, 3, 5, 4, 1])
    XCTAssertEqual(found.first?.line, 7)
  }

  func testTheFigureOfMostIsTheOneBelowWhichTheyLie() {
    XCTAssertEqual(Self.part(0.5, of: [5, 1, 9]), 5)
    XCTAssertEqual(Self.part(0.99, of: Array(1...100)), 100)
    let file = Repository.SourceFile(path: "Sources/A/A.swift", text: "one\ntwo\n")
    XCTAssertEqual(file.lineCount, 2)
  }
}

extension Repository.SourceFile {
  fileprivate var lineCount: Int { text.utf8.filter { $0 == UInt8(ascii: "\n") }.count }
}
