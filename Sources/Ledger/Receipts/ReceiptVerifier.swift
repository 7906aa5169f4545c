public import Contracts
import Core
import Crypto

/// Checks receipts with nothing but the office's public key: no database, no root key.
public struct ReceiptVerifier: Sendable {
  private let key: VerifyingKey
  private let library: CryptoLibrary
  private let keyID: [UInt8]

  /// Takes the public key as `gapura ledger key` prints it.
  ///
  /// - Throws: `Problem` `vault.public-key-unreadable`.
  public init(publicKey text: String) throws {
    let library = try CryptoLibrary()
    guard let bytes = LedgerName.publicKey(in: text.trimmed, library: library) else {
      throw Problem(.invalid, "vault.public-key-unreadable")
    }
    try self.init(VerifyingKey(bytes), library: library)
  }

  init(_ key: VerifyingKey, library: CryptoLibrary) throws(CryptoFailure) {
    self.key = key
    self.library = library
    keyID = try Self.keyID(of: key, library: library)
  }

  static func keyID(of key: VerifyingKey, library: CryptoLibrary) throws(CryptoFailure) -> [UInt8] {
    Array(try library.sha256(key.bytes).prefix(ReceiptCode.keyIDByteCount))
  }

  /// What can be said of a receipt: its symbols, or the whole address that its QR code holds.
  ///
  /// `notInLedger` is never the answer here: that takes the ledger.
  public func verdict(on text: String) throws -> ReceiptVerdict {
    guard let code = ReceiptCode(Self.symbols(in: text)) else { return .unreadable }
    return try verdict(on: code)
  }

  func verdict(on code: ReceiptCode) throws -> ReceiptVerdict {
    guard code.keyID == keyID else { return .otherKey }
    guard let signed = try code.signedBytes(TreeHasher(library), library),
      try key.isSigned(signed, by: code.signature)
    else { return .forged }
    return switch code.hold {
    case .promise: .notYetProven(code.content)
    case .proof: .genuine(code.content)
    }
  }

  /// The symbols alone, where the whole address was copied.
  static func symbols(in text: String) -> String {
    let text = text.trimmed
    return text.firstIndex(of: "#").map { String(text[text.index(after: $0)...]) } ?? text
  }
}

extension ReceiptCode {
  /// What it says.
  var content: ReceiptContent {
    var provenAt: Instant?
    if case .proof(let proof) = hold { provenAt = proof.headAt }
    return ReceiptContent(statement: statement, entry: entry, recordedAt: at, provenAt: provenAt)
  }
}

extension String {
  /// Without white space around it, and without line ends inside, as a copied text may have them.
  fileprivate var trimmed: String { String(filter { !$0.isNewline }.drop(while: \.isWhitespace)) }
}
