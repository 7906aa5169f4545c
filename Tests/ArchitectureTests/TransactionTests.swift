import XCTest

/// A transaction may run again, or come to nothing: what is said of it is said when it is durable.
final class TransactionTests: XCTestCase {
  func testNothingIsSaidInsideATransaction() throws {
    let sources = try Repository.sources()
    let count = sources.reduce(0) { $0 + TransactionRule.bodies(in: $1.text).count }
    XCTAssertGreaterThan(count, 300, "the transactions were not found")
    let findings = sources.flatMap { source in
      TransactionRule.findings(in: source.text).map { "\(source.path): \($0)" }
    }
    XCTAssertEqual(findings, [], "return it from the transaction, and say it then")
  }

  func testWhatIsSaidInsideOneIsFoundAndWhatIsSaidAfterwardsIsNot() {
    let bad = [
      """
      try await store.write { transaction in
        if try isDone(in: transaction) { log.notice("done") }
      }
      """,
      "try await store.write({ _ in status?.say(\"done\") })",
      """
      func settle(
        _ limit: Int, in transaction: borrowing Transaction
      ) throws {
        for reason in reasons { booking.log.error("failed", ["reason": reason]) }
      }
      """,
      "init(in transaction: borrowing Transaction) { print(1) }",
    ]
    for text in bad { XCTAssertEqual(TransactionRule.findings(in: text).count, 1, text) }
    let good = [
      """
      let found = try await store.write { try find(in: $0) }
      if found { log.notice("found") }
      """,
      """
      let follow: (borrowing Transaction) throws -> Void
      func tell() { log.notice("told") }
      """,
      """
      frame.write("log.notice(")
      if isWide { log.info("wide") }
      """,
      """
      try await store.write { transaction in
        // Without log.notice(), which would be heard twice.
        try transaction.run("DELETE FROM log")
      }
      """,
    ]
    for text in good { XCTAssertEqual(TransactionRule.findings(in: text), [], text) }
  }
}

/// What code that runs in a transaction says to the outside.
enum TransactionRule {
  /// The calls, as they stand in the source.
  static func findings(in text: String) -> [String] {
    // To Unicode "booking.log" is one word.
    let said = /\b(?:log|status)\??\.(?:error|warning|notice|info|record|note|say)\(|\bprint\(/
      .wordBoundaryKind(.simple)
    return bodies(in: text).flatMap { body in body.matches(of: said).map { String($0.output) } }
  }

  /// The code of write closures, and of functions and initialisers that are handed a transaction.
  static func bodies(in text: String) -> [String] {
    let bytes = BareSource(text).bytes
    var bodies: [String] = []
    var open: [(place: Int, isTransaction: Bool)] = []
    var start = 0
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
      if byte == UInt8(ascii: "{") {
        open.append((place, beginsTransaction(String(decoding: bytes[start..<place], as: UTF8.self))))
      } else if let last = open.popLast(), last.isTransaction {
        bodies.append(String(decoding: bytes[last.place..<place], as: UTF8.self))
      }
      start = place + 1
    }
    return bodies
  }

  /// - Parameter head: what stands before the brace, from the brace before on.
  private static func beginsTransaction(_ head: String) -> Bool {
    if head.hasSuffix(".write ") || head.hasSuffix(".write(") { return true }
    guard let signature = head.matches(of: /\b(?:func|init)\b/).last else { return false }
    return head[signature.range.upperBound...].contains("borrowing Transaction")
  }
}
