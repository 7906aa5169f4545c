import Console
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

final class ProtocolTests: XCTestCase {
  func testMessagesSurviveTheWireInPiecesOfAnySize() throws {
    let sent: [TerminalMessage] = [
      .hello(version: 1, size: Size(columns: 80, rows: 24), name: "lobi-1"), .input([0x1B, 0x5B, 0x41]),
      .resize(Size(columns: 300, rows: 1)), .input([]),
    ]
    let bytes = sent.flatMap(\.bytes)
    for pieceSize in 1...bytes.count {
      var reader = MessageReader()
      var received: [TerminalMessage] = []
      for start in stride(from: 0, to: bytes.count, by: pieceSize) {
        for (type, payload) in try reader.read(bytes[start..<min(start + pieceSize, bytes.count)]) {
          received.append(try TerminalMessage(type, payload))
        }
      }
      XCTAssertEqual(received, sent.filter { !$0.bytes.isEmpty })
    }
  }

  func testLongOutputBecomesSeveralMessages() throws {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }
    var reader = MessageReader()
    let messages = try reader.read(DaemonMessage.output(bytes).bytes)
    XCTAssertEqual(messages.map(\.payload.count), [4096, 4096, 1808])
    XCTAssertEqual(messages.flatMap(\.payload), bytes)
  }

  func testLengthBeyondTheLimitAndUnknownTypesAreRefusedAtOnce() {
    var reader = MessageReader()
    XCTAssertThrowsError(try reader.read([0x02, 0x10, 0x01])) { XCTAssertEqual($0 as? MessageFailure, .tooLong(4097)) }
    reader = MessageReader()
    XCTAssertThrowsError(try reader.read([0x47])) { XCTAssertEqual($0 as? MessageFailure, .unknownType(0x47)) }
  }

  func testHelloWithABadNameIsRefused() {
    for name in [
      "", "a b", "a\u{9}b", "a\u{0}", "a\u{7F}", "\u{1B}[2J", "\u{9B}2J", "lobi\u{E9}", "a\u{202E}b", "a\"b", "<a>",
      "a;b", String(repeating: "a", count: 81),
    ] {
      let payload = [1, 0, 80, 0, 24] + Array(name.utf8)
      XCTAssertThrowsError(try TerminalMessage(.hello, payload), name)
    }
  }

  func testByeKeepsItsReasonAndWords() throws {
    for reason in ByeReason.allCases {
      var reader = MessageReader()
      let message = DaemonMessage.bye(reason, words: "Mohon tunggu")
      let (type, payload) = try XCTUnwrap(reader.read(message.bytes).first)
      XCTAssertEqual(try DaemonMessage(type, payload), message)
      let words = try Sample.locales()
      for language in words.languages {
        let key = MessageKey("kiosk.bye", named: reason.name)
        XCTAssertNotEqual(words.words(language)(key), key.description)
      }
    }
  }
}
