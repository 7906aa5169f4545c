internal import Foundation
public import XCTest

extension XCTestCase {
  /// A directory that goes when the test is done. A database that is just closing takes its own files away
  /// at the same moment, so what has gone meanwhile is no fault: what counts is that nothing stays.
  public func temporaryDirectory() throws -> String {
    let path = try makeDirectory()
    addTeardownBlock {
      let files = FileManager.default
      for _ in 0..<10 where files.fileExists(atPath: path) { try? files.removeItem(atPath: path) }
      XCTAssertFalse(files.fileExists(atPath: path), "\(path) cannot be removed")
    }
    return path
  }
}

/// Awaits the failure of `body` and returns it.
public func failure<T>(
  _ body: () async throws -> T, file: StaticString = #filePath, line: UInt = #line
) async -> (any Error)? {
  do {
    _ = try await body()
    XCTFail("nothing was thrown", file: file, line: line)
    return nil
  } catch {
    return error
  }
}
