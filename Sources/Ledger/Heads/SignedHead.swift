import Core
import Crypto
import FoundationEssentials

/// What the office signs of its ledger from time to time: how many entries there are, and the root over them.
///
/// Written as a checkpoint (C2SP tlog-checkpoint, in a C2SP signed note), so that a witness of other logs can
/// keep and compare these with the same tools.
public struct SignedHead: Equatable, Sendable {
  /// How many entries the tree has.
  public let size: Int64
  let root: TreeHash
  let at: Instant
  /// The size of the head before it; 0 for the first. With it no head can be taken out of their row.
  let previousSize: Int64
  let signature: [UInt8]

  init(size: Int64, root: TreeHash, at: Instant, previousSize: Int64, signature: [UInt8]) {
    self.size = size
    self.root = root
    self.at = at
    self.previousSize = previousSize
    self.signature = signature
  }

  /// Signs a head.
  init(
    size: Int64, root: TreeHash, at: Instant, previousSize: Int64, signedBy key: SigningKey, as name: LedgerName
  ) throws(CryptoFailure) {
    let note = Self.note(name, size: size, root: root, at: at, previousSize: previousSize)
    self.init(
      size: size, root: root, at: at, previousSize: previousSize, signature: try key.sign(Array(note.utf8)))
  }

  /// Whether the ledger of that name has signed this head.
  func isSigned(by key: VerifyingKey, as name: LedgerName) throws(CryptoFailure) -> Bool {
    let note = Self.note(name, size: size, root: root, at: at, previousSize: previousSize)
    return try key.isSigned(Array(note.utf8), by: signature)
  }

  /// The whole file: the note, an empty line, and the signature's line.
  public func text(_ name: LedgerName) -> String {
    Self.note(name, size: size, root: root, at: at, previousSize: previousSize)
      + "\n\u{2014} \(name.text) \(Base64.text(name.keyID + signature))\n"
  }

  /// What is signed.
  private static func note(
    _ name: LedgerName, size: Int64, root: TreeHash, at: Instant, previousSize: Int64
  ) -> String {
    """
    \(name.text)
    \(size)
    \(Base64.text(root.bytes))
    time \(at.milliseconds)
    previous \(previousSize)

    """
  }
}

extension SignedHead {
  /// The longest file that can be a head; anything longer is not parsed.
  public static let textByteCountMax = 1024

  /// Reads a head's file; nil for anything that `text` has not written for a ledger of that name.
  ///
  /// Whether the signature is right is another question.
  public init?(_ text: String, of name: LedgerName) {
    guard text.utf8.count <= Self.textByteCountMax else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 8, lines[0] == name.text, let size = Int64(lines[1]), size > 0,
      let root = Base64.bytes(lines[2]).flatMap(TreeHash.init),
      let at = Self.number(lines[3], after: "time "), let previous = Self.number(lines[4], after: "previous "),
      let signature = Base64.bytes(lines[6].dropFirst("\u{2014} \(name.text) ".count)),
      signature.count == name.keyID.count + VerifyingKey.signatureByteCount
    else { return nil }
    self.init(
      size: size, root: root, at: Instant(milliseconds: at), previousSize: previous,
      signature: Array(signature.dropFirst(name.keyID.count)))
    // One head has one spelling: loose spaces, leading zeros and foreign key numbers fall out here.
    guard self.text(name) == text else { return nil }
  }

  private static func number(_ line: Substring, after prefix: String) -> Int64? {
    line.hasPrefix(prefix) ? Int64(line.dropFirst(prefix.count)) : nil
  }
}

/// How a ledger is named in notes: after its public key, so that no two have the same name.
public struct LedgerName: Equatable, Sendable {
  /// `gapura.ledger/0123456789abcdef`.
  let text: String
  /// The four bytes by which a note's signature names its key.
  let keyID: [UInt8]
  private let publicKey: [UInt8]

  /// The algorithm's number in signed notes: Ed25519.
  private static let algorithm: UInt8 = 0x01

  init(_ publicKey: [UInt8], library: CryptoLibrary) throws(CryptoFailure) {
    text = "gapura.ledger/\(Hexadecimal.text(try library.sha256(publicKey).prefix(8)))"
    keyID = Array(try library.sha256(Array("\(text)\n".utf8) + [Self.algorithm] + publicKey).prefix(4))
    self.publicKey = publicKey
  }

  /// The public key as a line of text that says whose it is.
  public var verifierKey: String {
    "\(text)+\(Hexadecimal.text(keyID))+\(Base64.text([Self.algorithm] + publicKey))"
  }

  /// The public key in such a line; nil for anything that `verifierKey` has not written.
  static func publicKey(in verifierKey: String, library: CryptoLibrary) -> [UInt8]? {
    let parts = verifierKey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.bytes(parts[2]), bytes.count == 1 + VerifyingKey.byteCount,
      let name = try? LedgerName(Array(bytes.dropFirst()), library: library), name.verifierKey == verifierKey
    else { return nil }
    return name.publicKey
  }
}

/// Base 64 with padding, as notes have it.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  static func bytes(_ text: Substring) -> [UInt8]? { Data(base64Encoded: String(text)).map(Array.init) }
}
