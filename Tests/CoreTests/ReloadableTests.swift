import Core
import Foundation
import Synchronization
import XCTest

final class ReloadableTests: XCTestCase {
  private struct Broken: Error, Equatable { let line: Int }

  /// What stands in a file, as it is read: nothing, a number, or a fault.
  private final class File: Sendable {
    private let content = Mutex<Result<Int?, Broken>>(.success(nil))

    func write(_ content: Result<Int?, Broken>) { self.content.withLock { $0 = content } }
    func read() throws -> Int? { try content.withLock { $0 }.get() }
  }

  func testTheStandardHoldsUntilAFileSaysMoreAndAgainWithoutOne() throws {
    let file = File()
    let rules = Reloadable(1, reading: file.read)
    file.write(.success(2))
    XCTAssertEqual(rules.now, 1, "nothing is read before it is asked for")
    try rules.reload()
    XCTAssertEqual(rules.now, 2)
    file.write(.success(nil))
    try rules.reload()
    XCTAssertEqual(rules.now, 1)
  }

  func testWhatWasInForceStaysWithTheReasonUntilAReadingIsTakenOver() throws {
    let file = File()
    let rules = Reloadable(1, reading: file.read)
    file.write(.success(2))
    try rules.reload()
    for line in [3, 4] {
      file.write(.failure(Broken(line: line)))
      XCTAssertThrowsError(try rules.reload()) { XCTAssertEqual($0 as? Broken, Broken(line: line)) }
      XCTAssertEqual(rules.now, 2)
      XCTAssertEqual(rules.refusal as? Broken, Broken(line: line))
    }
    file.write(.success(5))
    try rules.reload()
    XCTAssertEqual(rules.now, 5)
    XCTAssertNil(rules.refusal)
  }

  func testFilesAfterARefusedOneAreReadAllTheSame() {
    let (first, second, third) = (File(), File(), File())
    first.write(.failure(Broken(line: 1)))
    second.write(.success(7))
    third.write(.failure(Broken(line: 3)))
    let files = [first, second, third].map { Reloadable(0, reading: $0.read) }
    let configuration: [any ReloadableFile] = files
    XCTAssertThrowsError(try configuration.reload()) { XCTAssertEqual($0 as? Broken, Broken(line: 1)) }
    XCTAssertEqual(files.map(\.now), [0, 7, 0])
    XCTAssertEqual(files.map { $0.refusal as? Broken }, [Broken(line: 1), nil, Broken(line: 3)])
  }

  func testAFileThatIsNotThereIsNoFault() throws {
    let directory = ConfigurationDirectory(path: FileManager.default.temporaryDirectory.path + "/reloadable-\(UUID())")
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    XCTAssertNil(try directory.optionalFile("a.json5"))
    try Data("{}".utf8).write(to: URL(filePath: directory.appending("a.json5")))
    XCTAssertEqual(try directory.optionalFile("a.json5")?.path, directory.appending("a.json5"))
    XCTAssertThrowsError(try ConfigurationDirectory(path: directory.path + "/b").optionalFile("a.json5"))
  }
}
