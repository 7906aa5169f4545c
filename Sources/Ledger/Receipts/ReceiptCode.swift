public import Contracts
import Core
public import Crypto

/// A receipt's bytes: what it says, and the signature that holds it.
///
/// Before the next signed head it is a promise: the office signs the entry's hash and index. Afterwards it is a proof:
/// the office signs the hash over a stretch of the tree, and a path leads from the entry up to it. The stretch holds what
/// came in around the entry, so that the path stays short however long the ledger grows; it is a subtree of the very tree
/// whose root the head signs.
struct ReceiptCode: Equatable, Sendable {
  static let version: UInt8 = 1
  static let saltByteCount = 16
  static let keyIDByteCount = 4
  /// The longest receipt, in symbols: a path through a million entries, should the heads have failed for months.
  static let symbolCountMax = 1600
  /// A kiosk's or a module's name is short.
  private static let principalByteCountMax = 40

  /// What the signature is over.
  enum Hold: Equatable, Sendable {
    case promise
    case proof(Proof)
  }

  /// A path up to the signed stretch of the tree.
  struct Proof: Equatable, Sendable {
    /// The first entry of the stretch, and the one after its last.
    let stretch: Range<Int64>
    let path: [TreeHash]
    /// The head that holds the stretch.
    let headSize: Int64
    let headAt: Instant
  }

  /// The first bytes of the public key's SHA-256: they tell another key from a forged signature.
  let keyID: [UInt8]
  let entry: Int64
  let at: Instant
  let principal: String
  let statement: ReceiptStatement
  let salt: [UInt8]
  let hold: Hold
  var signature: [UInt8] = []

  /// The entry's line in the ledger.
  func line(_ library: CryptoLibrary) throws(CryptoFailure) -> LedgerLine {
    let commitment = try library.commitment(to: statement.bytes, salt: salt)
    return LedgerLine(
      at: at.milliseconds, kind: LedgerKind.receipt.rawValue, principal: principal, subject: nil,
      facts: "\(LedgerLine.commitmentName)=\(Hexadecimal.text(commitment.digest))")
  }

  /// What is signed; nil when the path does not lead through the stretch.
  func signedBytes(_ hasher: TreeHasher, _ library: CryptoLibrary) throws(CryptoFailure) -> [UInt8]? {
    let leaf = try hasher.leaf(line(library).bytes)
    switch hold {
    case .promise:
      return AssociatedData("gapura/v1/receipt-promise").adding(entry).adding(leaf.bytes).bytes
    case .proof(let proof):
      let start = proof.stretch.lowerBound
      guard
        let root = try MerkleProof.root(
          of: leaf, at: entry - start, size: Int64(proof.stretch.count), path: proof.path, hasher)
      else { return nil }
      return AssociatedData("gapura/v1/receipt-proof").adding(start).adding(proof.stretch.upperBound).adding(root.bytes)
        .adding(proof.headSize).adding(proof.headAt.milliseconds).bytes
    }
  }
}

extension ReceiptCode {
  var bytes: [UInt8] {
    var writer = ReceiptWriter()
    writer.write([Self.version, hold == .promise ? 0 : 1] + keyID)
    writer.write(entry)
    writer.write(at.milliseconds)
    writer.write(text: principal)
    writer.write(text: statement.text)
    writer.write(salt)
    if case .proof(let proof) = hold {
      writer.write(proof.stretch.lowerBound)
      writer.write(Int64(proof.stretch.count))
      writer.write(proof.headSize)
      writer.write(proof.headAt.milliseconds)
      writer.write(Int64(proof.path.count))
      for hash in proof.path { writer.write(hash.bytes) }
    }
    writer.write(signature)
    return writer.bytes
  }

  var text: String { Crockford.encode(bytes) }

  /// Reads what a person typed or a code held; nil for anything that is no receipt's bytes from end to end.
  init?(_ text: String) {
    guard text.utf8.count <= 2 * Self.symbolCountMax, let bytes = Crockford.bytes(of: text) else { return nil }
    var reader = ReceiptReader(bytes)
    guard let head = reader.bytes(2), head[0] == Self.version, head[1] <= 1,
      let keyID = reader.bytes(Self.keyIDByteCount),
      let entry = reader.number(), let at = reader.number(),
      let principal = reader.text(byteCountMax: Self.principalByteCountMax),
      let statement = reader.text(byteCountMax: 64).flatMap(ReceiptStatement.init(text:)),
      let salt = reader.bytes(Self.saltByteCount), let hold = Self.hold(head[1], &reader),
      let signature = reader.bytes(VerifyingKey.signatureByteCount), reader.isAtEnd
    else { return nil }
    self.init(
      keyID: keyID, entry: entry, at: Instant(milliseconds: at), principal: principal, statement: statement, salt: salt,
      hold: hold, signature: signature)
    // One receipt has one spelling: numbers with leading zeros fall out here.
    guard self.bytes == bytes else { return nil }
  }

  private static func hold(_ form: UInt8, _ reader: inout ReceiptReader) -> Hold? {
    guard form == 1 else { return .promise }
    guard let start = reader.number(), let count = reader.number(), count > 0, start <= .max - count,
      let headSize = reader.number(), let headAt = reader.number(), let pathCount = reader.number(),
      pathCount <= MerkleProof.hashCountMax
    else { return nil }
    let path = (0..<pathCount).compactMap { _ in reader.bytes(TreeHash.byteCount).flatMap(TreeHash.init) }
    guard path.count == pathCount else { return nil }
    return .proof(
      Proof(stretch: start..<(start + count), path: path, headSize: headSize, headAt: Instant(milliseconds: headAt)))
  }
}

extension ReceiptStatement {
  /// `application 123456789018`: what the commitment is to.
  var text: String { ([matter.rawValue, reference] + (day.map { [$0.description] } ?? [])).joined(separator: " ") }

  var bytes: [UInt8] { Array(text.utf8) }

  init?(text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(words.count), let matter = Matter(rawValue: words[0]) else { return nil }
    let day = words.count == 3 ? CivilDate(iso: words[2]) : nil
    guard words.count == 2 || day != nil else { return nil }
    self.init(matter, about: words[1], day: day)
  }
}

extension CryptoLibrary {
  /// SHA-256 over the salt's length, the salt and the value.
  public func commitment(to value: [UInt8], salt: [UInt8]) throws(CryptoFailure) -> LedgerCommitment {
    LedgerCommitment(digest: try sha256(AssociatedData("gapura/v1/commitment").adding(salt).adding(value).bytes))
  }
}

/// Writes a receipt's parts one after the other.
private struct ReceiptWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ part: [UInt8]) { bytes += part }

  /// Seven bits a byte, least significant first; the highest bit says that more follow.
  mutating func write(_ number: Int64) {
    var rest = UInt64(bitPattern: number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(text: String) {
    write(Int64(text.utf8.count))
    bytes += Array(text.utf8)
  }
}

/// Reads what `ReceiptWriter` has written.
private struct ReceiptReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A number that is not negative.
  mutating func number() -> Int64? {
    var number: Int64 = 0
    // Nine groups of seven bits are all that fits.
    for shift in stride(from: Int64(0), to: 63, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      number |= Int64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }

  mutating func text(byteCountMax: Int) -> String? {
    guard let count = number(), count <= byteCountMax, let bytes = bytes(Int(count)) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
