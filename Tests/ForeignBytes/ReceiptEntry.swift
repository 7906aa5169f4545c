internal import Contracts
internal import Core
internal import Crypto
@testable internal import Ledger
@testable internal import Vault

/// Receipts, signed heads, public keys and recovery shares, as people type and scan them: what is read has one spelling,
/// nothing is genuine that the office has not signed, and only the right path leads to the root.
struct ReceiptEntry: FuzzEntry {
  static let name = "receipts"

  static let words = [
    "?r=", "\n", "\u{2014} ", "time ", "previous ", "gapura.ledger/", "+", "=", "04", "-", "https://", "/verifikasi",
  ]

  static var seeds: [[UInt8]] {
    guard let notary = try? Notary() else { return [] }
    let texts =
      notary.receipts + notary.heads + [
        notary.name.verifierKey, notary.share, "https://a.example/verifikasi#\(notary.receipts[0])",
      ]
    return texts.map { Array($0.utf8) } + notary.codes + [[0, 0], [7, 3, 1], [39, 38, 9]]
  }

  private let notary: Notary
  private let verifier: ReceiptVerifier

  init() throws {
    notary = try Notary()
    verifier = try ReceiptVerifier(publicKey: notary.name.verifierKey)
  }

  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try checkReceipt(text)
    // The symbols of any bytes, so that what is inside is tried, too.
    try checkReceipt(Crockford.encode(bytes))
    try checkHead(text)
    if let key = LedgerName.publicKey(in: text, library: notary.library) {
      let again = try LedgerName(key, library: notary.library).verifierKey
      try hold(again == text, "the public key of \(text) is written \(again)")
    }
    try checkShare(text)
    try checkPath(bytes)
  }

  private func checkReceipt(_ text: String) throws {
    if let code = ReceiptCode(text) {
      let canonical = Crockford.normalised(text)
      try hold(code.text == canonical, "the receipt \(text) is written \(code.text)")
      try hold(ReceiptCode(code.text) == code, "the receipt \(code.text) is another when it is read again")
      try hold(text.utf8.count <= 2 * ReceiptCode.symbolCountMax, "a receipt of \(text.utf8.count) bytes")
    }
    switch try verifier.verdict(on: text) {
    case .genuine, .notYetProven:
      let symbols = Crockford.normalised(ReceiptVerifier.symbols(in: text)) ?? ""
      try hold(notary.receipts.contains(symbols), "a receipt that nobody signed is genuine: \(symbols)")
    case .notInLedger: throw Finding("nobody has looked into the ledger")
    case .forged, .otherKey, .unreadable: break
    }
  }

  private func checkHead(_ text: String) throws {
    guard let head = SignedHead(text, of: notary.name) else { return }
    try hold(head.text(notary.name) == text, "the head \(text) is written \(head.text(notary.name))")
    guard try head.isSigned(by: notary.verifying, as: notary.name) else { return }
    try hold(notary.heads.contains(text), "a head that nobody signed is genuine: \(text)")
  }

  private func checkShare(_ text: String) throws {
    guard let share = try? RecoveryShare(typed: Personal(text), library: notary.library) else { return }
    let written = try share.text(library: notary.library).exposed
    try hold(Crockford.normalised(written) == Crockford.normalised(text), "a share is written otherwise")
    let again = try RecoveryShare(typed: Personal(written), library: notary.library)
    let isSame = again.set == share.set && again.threshold == share.threshold && again.point.index == share.point.index
    try hold(isSame, "a share is another when it is read again")
  }

  /// A small tree, an entry of it and a path that the bytes may have changed.
  private func checkPath(_ bytes: [UInt8]) throws {
    guard bytes.count >= 2 else { return }
    let hasher = try TreeHasher(notary.library)
    let leaves = try (0...Int(bytes[0] % 40)).map { try hasher.leaf([UInt8($0)]) }
    let entry = Int(bytes[1]) % leaves.count
    let root = try Self.root(leaves[...], hasher)
    var path = try Self.path(to: entry, in: leaves[...], hasher)
    let right = path
    if bytes.count > 2, !path.isEmpty {
      let place = Int(bytes[2]) % path.count
      switch bytes[2] % 4 {
      case 0: path[place] = leaves[entry]
      case 1: path.remove(at: place)
      case 2: path.insert(path[place], at: place)
      default: path.swapAt(place, 0)
      }
    }
    let found = try MerkleProof.root(
      of: leaves[entry], at: Int64(entry), size: Int64(leaves.count), path: path, hasher)
    try hold((found == root) == (path == right), "entry \(entry) of \(leaves.count): \(path == right)")
  }

  /// RFC 9162, section 2.1.1.
  private static func root(_ leaves: ArraySlice<TreeHash>, _ hasher: TreeHasher) throws -> TreeHash {
    guard leaves.count > 1 else { return try leaves.first ?? hasher.empty() }
    let middle = leaves.startIndex + split(leaves.count)
    return try hasher.node(root(leaves[..<middle], hasher), root(leaves[middle...], hasher))
  }

  /// RFC 9162, section 2.1.3.1.
  private static func path(
    to entry: Int, in leaves: ArraySlice<TreeHash>, _ hasher: TreeHasher
  ) throws -> [TreeHash] {
    guard leaves.count > 1 else { return [] }
    let middle = leaves.startIndex + split(leaves.count)
    let (left, right) = (leaves[..<middle], leaves[middle...])
    return entry < middle
      ? try path(to: entry, in: left, hasher) + [root(right, hasher)]
      : try path(to: entry, in: right, hasher) + [root(left, hasher)]
  }

  /// The largest power of two below.
  private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}

/// An office's ledger key, always the same, and what was signed with it.
private struct Notary: Sendable {
  let library: CryptoLibrary
  let verifying: VerifyingKey
  let name: LedgerName
  let receipts: [String]
  let heads: [String]
  let share: String

  /// The receipts' bytes.
  var codes: [[UInt8]] { receipts.compactMap { Crockford.bytes(of: $0) } }

  init() throws {
    library = try CryptoLibrary()
    let seed = unsafe SecretBytes.filled(count: SigningKey.seedByteCount) { buffer in
      for place in buffer.indices { unsafe buffer[place] = UInt8(place) }
    }
    let key = try SigningKey(seed: seed)
    verifying = try VerifyingKey(key.publicKey)
    name = try LedgerName(key.publicKey, library: library)
    let keyID = try ReceiptVerifier.keyID(of: verifying, library: library)
    let hasher = try TreeHasher(library)
    let other = try hasher.leaf([1])
    let holds: [(entry: Int64, hold: ReceiptCode.Hold)] = [
      (7, .promise),
      (0, .proof(.init(stretch: 0..<1, path: [], headSize: 1, headAt: Instant(milliseconds: 1_795_000_100_000)))),
      (
        300,
        .proof(
          .init(stretch: 299..<301, path: [other], headSize: 400, headAt: Instant(milliseconds: 1_795_000_200_000)))
      ),
    ]
    var receipts: [String] = []
    for (place, (entry, hold)) in holds.enumerated() {
      guard
        let statement = ReceiptStatement(
          ReceiptStatement.Matter.allCases[place], about: "123456789018",
          day: place == 2 ? CivilDate(dayNumber: 20_780) : nil)
      else { continue }
      var code = ReceiptCode(
        keyID: keyID, entry: entry, at: Instant(milliseconds: 1_795_000_000_000), principal: "kiosk:lobi-1",
        statement: statement, salt: [UInt8](repeating: 9, count: ReceiptCode.saltByteCount), hold: hold)
      guard let signed = try code.signedBytes(hasher, library) else { continue }
      code.signature = try key.sign(signed)
      receipts.append(code.text)
    }
    self.receipts = receipts
    let name = name
    heads = try [(1, 0), (400, 1)].map { size, previous in
      try SignedHead(
        size: size, root: other, at: Instant(milliseconds: 1_795_000_300_000), previousSize: previous, signedBy: key,
        as: name
      ).text(name)
    }
    let value = unsafe SecretBytes.filled(count: 35) { buffer in
      for place in buffer.indices { unsafe buffer[place] = UInt8(place) }
    }
    share = try RecoveryShare(set: [1, 2, 3], threshold: 2, point: .init(index: 1, value: value)).text(library: library)
      .exposed
  }
}
