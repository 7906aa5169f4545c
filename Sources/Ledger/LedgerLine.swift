import Contracts
import Core
import Crypto

/// An entry as it stands in the table, as numbers and text: what a hand has put there need not be an enum's case.
///
/// The leaf of the tree is one line: time, kind, principal, person (`-` for none) and facts, a space between them. None
/// of the first four has a space in it, so two different entries never give the same line.
struct LedgerLine: Equatable, Sendable {
  static let commitmentName = "commitment"

  let at: Int64
  let kind: String
  let principal: String
  let subject: Int64?
  /// `purpose=service record=biodata`.
  let facts: String

  init(at: Int64, kind: String, principal: String, subject: Int64?, facts: String) {
    self.at = at
    self.kind = kind
    self.principal = principal
    self.subject = subject
    self.facts = facts
  }

  init(_ entry: LedgerEntry, at: Instant) {
    var facts = entry.facts.map { "\($0.name)=\(Self.word($0.value))" }
    if let commitment = entry.commitment {
      facts.append("\(Self.commitmentName)=\(Hexadecimal.text(commitment.digest))")
    }
    self.init(
      at: at.milliseconds, kind: entry.kind.rawValue, principal: Self.word(entry.principal.description),
      subject: entry.subject?.rawValue, facts: facts.joined(separator: " "))
  }

  /// What is hashed.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return bytes
  }

  /// Writes what is hashed in place of what `bytes` held.
  func write(into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    Self.write(at, into: &bytes)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: kind.utf8)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: principal.utf8)
    bytes.append(UInt8(ascii: " "))
    if let subject { Self.write(subject, into: &bytes) } else { bytes.append(UInt8(ascii: "-")) }
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: facts.utf8)
  }

  /// The facts by name.
  var factsByName: [String: String] {
    var byName: [String: String] = [:]
    for fact in facts.split(separator: " ") {
      guard let equals = fact.firstIndex(of: "=") else { continue }
      byName[String(fact[..<equals])] = String(fact[fact.index(after: equals)...])
    }
    return byName
  }

  /// Writes a number in decimal. Going over a ledger spends most of its time here and in SHA-256, and `String(_:)` takes
  /// twice as long.
  private static func write(_ number: Int64, into bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Without spaces: a kiosk's configured name may have some, which stand as `%20`.
  private static func word(_ text: String) -> String {
    let isPlain = { (byte: UInt8) in byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "%") }
    if text.utf8.allSatisfy(isPlain) { return text }
    return text.utf8.map { byte in
      isPlain(byte) ? String(UnicodeScalar(byte)) : "%\(Hexadecimal.text([byte]))"
    }.joined()
  }
}
