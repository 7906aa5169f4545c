import Core
import Foundation
import ModuleHarness
import XCTest

@testable import Documents
@testable import Vault

/// A picture that is one by its content.
enum PNGSample {
  static func bytes(byteCount: Int) -> [UInt8] {
    let content = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) }
    let count = (0..<4).map { UInt8(truncatingIfNeeded: byteCount >> (24 - 8 * $0)) }
    return PNGWalker.signature + [0, 0, 0, 13] + Array("IHDR".utf8)
      + [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 1, 2, 3, 4] + count + Array("IDAT".utf8) + content + [1, 2, 3, 4]
      + [0, 0, 0, 0] + Array("IEND".utf8) + [1, 2, 3, 4]
  }

  static func chunks(_ bytes: [UInt8]) -> AsyncStream<[UInt8]> {
    AsyncStream { continuation in
      continuation.yield(bytes)
      continuation.finish()
    }
  }
}

extension RightsOffice {
  /// That none of these bytes lie anywhere on the disk.
  func expectAbsent(_ planted: [[UInt8]], file: StaticString = #filePath, line: UInt = #line) throws {
    var contents = [("the database", try base.databaseBytes())]
    let files = try XCTUnwrap(FileManager.default.enumerator(atPath: directory))
    for case let name as String in files {
      let path = "\(directory)/\(name)"
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        continue
      }
      contents.append((name, Array(try Data(contentsOf: URL(filePath: path)))))
    }
    XCTAssertGreaterThan(contents.count, 3, file: file, line: line)
    for (name, content) in contents {
      for bytes in planted {
        XCTAssertNil(Data(content).range(of: Data(bytes)), "\(name) holds what is personal", file: file, line: line)
      }
    }
  }
}

/// As `XCTAssertEqual`, for values that have to be awaited.
func expect<Value: Equatable>(
  _ value: Value, _ expected: Value, _ message: String = "", file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(value, expected, message, file: file, line: line)
}
