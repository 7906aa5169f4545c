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
