import XCTest

@testable import Web

/// Who stands behind a proxy, in every spelling that proxies have for it.
final class ForwardedForTests: XCTestCase {
  private func address(_ text: String) throws -> RemoteAddress { try XCTUnwrap(RemoteAddress(text), text) }

  /// The sender as a server behind 127.0.0.1 and 10.0.0.1 sees it, which trusts both.
  private func sender(
    _ field: WebConfiguration.ForwardedField, _ lines: [String], from peer: String = "127.0.0.1"
  ) throws -> RemoteAddress {
    var headers = RequestHeaders()
    for line in lines { headers.append(field.rawValue, line) }
    let forwarded = ForwardedFor(
      field: field, proxies: try ["127.0.0.1", "::1", "10.0.0.1", "2001:db8::aaaa"].map(address))
    return forwarded.sender(headers, from: try address(peer))
  }

  func testOneAddressIsReadInEverySpelling() throws {
    let spellings: [String: [String]] = [
      "192.0.2.7": [
        "192.0.2.7", " 192.0.2.7 ", "\t192.0.2.7", "192.0.2.7:41234", "192.0.2.7:0", "\"192.0.2.7\"",
        "\"192.0.2.7:41234\"", "::ffff:192.0.2.7", "::FFFF:C000:207", "[::ffff:192.0.2.7]", "[::ffff:192.0.2.7]:41234",
        "0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7:_hidden",
      ],
      "2001:db8::17": [
        "2001:db8::17", "2001:DB8::17", "2001:0db8:0:0:0:0:0:17", "[2001:db8::17]", "[2001:db8::17]:41234",
        "\"[2001:db8::17]\"", "\"[2001:db8::17]:41234\"", " [2001:db8::17] ", "2001:db8::17%eth0",
        "[2001:db8::17%25eth0]:80",
      ],
    ]
    for (address, written) in spellings {
      let expected = try self.address(address)
      for text in written {
        XCTAssertEqual(ForwardedFor.address(text), expected, text)
        XCTAssertEqual(try sender(.xForwardedFor, [text]), expected, text)
      }
    }
  }

  func testWhatIsNoAddressIsNotTakenForOne() {
    let garbage = [
      "", " ", "unknown", "_hidden", "_hidden:80", "localhost", "proxy.example", "192.0.2", "192.0.2.256", "192.0.2.07",
      "192.0.2.7:", "192.0.2.7:99999", "192.0.2.7:-1", "192.0.2.7:8 0", "192.0.2.7:80:80", "192.0.2.7/24",
      "[192.0.2.7]",
      "[2001:db8::17", "2001:db8::17]", "[2001:db8::17]80", "[2001:db8::17]:", "[2001:db8::17]:x", "2001:db8:::17",
      "[]",
      "[]:80", ":80", "\"", "\"\"", "192.0.2.7\u{0}", "\u{FF11}92.0.2.7", "192.0.2.7\u{200B}", "<script>", "0x7f.1",
      "3221225991",
    ]
    for text in garbage { XCTAssertNil(ForwardedFor.address(text), text) }
  }

  func testClientsBehindOneProxyDoNotShareOneAddress() throws {
    let written = (1...200).flatMap { ["198.51.100.\($0):\(40_000 + $0)", "[2001:db8:\($0)::1]:\(40_000 + $0)"] }
    XCTAssertEqual(Set(try written.map { try sender(.xForwardedFor, [$0]) }).count, written.count)
  }

  func testHopsAreReadFromTheEndAsFarAsTheyAreBelieved() throws {
    let client = try address("198.51.100.1")
    for lines in [
      ["198.51.100.1"], ["203.0.113.9, 198.51.100.1"], ["203.0.113.9,198.51.100.1:80,10.0.0.1"],
      ["203.0.113.9", "198.51.100.1", "10.0.0.1:555"], ["unknown, 198.51.100.1, 10.0.0.1, 127.0.0.1"],
      ["127.0.0.1, ::1, 198.51.100.1 , [2001:db8::aaaa]:9"], ["198.51.100.1, ::ffff:10.0.0.1"],
    ] {
      XCTAssertEqual(try sender(.xForwardedFor, lines), client, "\(lines)")
    }
  }

  func testWhereNoClientIsNamedItIsTheLastProxyThatIsBelieved() throws {
    XCTAssertEqual(try sender(.xForwardedFor, []), try address("127.0.0.1"))
    XCTAssertEqual(try sender(.xForwardedFor, [""]), try address("127.0.0.1"))
    XCTAssertEqual(try sender(.xForwardedFor, ["unknown"]), try address("127.0.0.1"))
    XCTAssertEqual(try sender(.xForwardedFor, ["198.51.100.1, rubbish"]), try address("127.0.0.1"), "not skipped")
    XCTAssertEqual(try sender(.xForwardedFor, ["198.51.100.1, rubbish, 10.0.0.1"]), try address("10.0.0.1"))
    XCTAssertEqual(try sender(.xForwardedFor, ["10.0.0.1"]), try address("10.0.0.1"), "the proxy asks for itself")
  }

  func testWhoIsNoProxyIsNotBelieved() throws {
    for field in WebConfiguration.ForwardedField.allCases {
      let line = field == .forwarded ? "for=198.51.100.1" : "198.51.100.1"
      XCTAssertEqual(try sender(field, [line], from: "203.0.113.5"), try address("203.0.113.5"))
    }
  }

  func testForwardedFieldIsReadAsItsStandardSays() throws {
    let client = try address("192.0.2.43")
    for lines in [
      ["for=192.0.2.43"], ["For=\"192.0.2.43:47011\""], ["proto=https;by=203.0.113.43;FOR=192.0.2.43;host=a.example"],
      ["for=203.0.113.9, for=192.0.2.43"], ["for=203.0.113.9", "for=192.0.2.43;proto=http , for=\"10.0.0.1:80\""],
      ["for=\"_a,b;for=1.2.3.4\", for = 192.0.2.43"], ["host=\"a\\\",for=9.9.9.9\";for=192.0.2.43"],
    ] {
      XCTAssertEqual(try sender(.forwarded, lines), client, "\(lines)")
    }
    XCTAssertEqual(
      try sender(.forwarded, ["for=\"[2001:db8:cafe::17]:4711\""]), try address("2001:db8:cafe::17"))
    for garbage in ["for=unknown", "for=_SEVKISEK", "by=192.0.2.43", "192.0.2.43", "for=\"192.0.2.43", ";;==,"] {
      XCTAssertEqual(try sender(.forwarded, [garbage]), try address("127.0.0.1"), garbage)
    }
  }

  func testOnlyTheFieldThatIsConfiguredIsRead() throws {
    var headers = RequestHeaders()
    headers.append("Forwarded", "for=203.0.113.9")
    headers.append("X-Forwarded-For", "198.51.100.1")
    let peer = try address("127.0.0.1")
    XCTAssertEqual(
      ForwardedFor(field: .xForwardedFor, proxies: [peer]).sender(headers, from: peer), try address("198.51.100.1"))
    XCTAssertEqual(
      ForwardedFor(field: .forwarded, proxies: [peer]).sender(headers, from: peer), try address("203.0.113.9"))
  }
}
