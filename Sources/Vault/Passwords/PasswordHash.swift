import Crypto
import FoundationEssentials

/// A password's hash in the PHC string format: `$scrypt$ln=15,r=8,p=3$salt$hash`, both in base 64 without padding.
struct PasswordHash: Equatable, Sendable {
  let cost: ScryptCost
  let salt: [UInt8]
  let hash: [UInt8]

  /// 128 random bits: no two accounts share one.
  static let saltByteCount = 16
  static let hashByteCount = 32
  /// The longest string that can be one; anything longer is not parsed.
  private static let textByteCountMax = 160

  init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// Reads a stored hash; nil for another algorithm, a cost beyond the limits, or anything not written by
  /// `description`.
  init?(_ text: String) {
    guard text.utf8.count <= Self.textByteCountMax else { return nil }
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]), cost.isAllowed,
      let salt = Self.decode(parts[3]), salt.count == Self.saltByteCount,
      let hash = Self.decode(parts[4]), hash.count == Self.hashByteCount
    else { return nil }
    self.init(cost: cost, salt: salt, hash: hash)
    // One hash has one spelling: leading zeros, plus signs and loose base 64 bits fall out here.
    guard self.text == text else { return nil }
  }

  /// The string to store.
  var text: String {
    "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(Self.encode(salt))$\(Self.encode(hash))"
  }

  private static func cost(_ text: Substring) -> ScryptCost? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].hasPrefix("ln="), parts[1].hasPrefix("r="), parts[2].hasPrefix("p="),
      let logN = Int(parts[0].dropFirst(3)), let blockSize = Int(parts[1].dropFirst(2)),
      let parallelism = Int(parts[2].dropFirst(2))
    else { return nil }
    return ScryptCost(logN: logN, blockSize: blockSize, parallelism: parallelism)
  }

  private static func encode(_ bytes: [UInt8]) -> String {
    String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
  }

  private static func decode(_ text: Substring) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text + padding).map(Array.init)
  }
}
