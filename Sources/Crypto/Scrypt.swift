import COpenSSL

/// The cost of scrypt (RFC 7914): memory is 128 · 2^`logN` · `blockSize` bytes.
public struct ScryptCost: Equatable, Sendable {
  /// The binary logarithm of the number of blocks.
  public let logN: Int
  /// How many times 128 bytes a block has.
  public let blockSize: Int
  /// How many times the work is done, one after the other.
  public let parallelism: Int

  /// Any cost at all; `isAllowed` says whether a stored hash may ask for it.
  public init(logN: Int, blockSize: Int, parallelism: Int) {
    self.logN = logN
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// 32 MiB and, on one core of a small server, about a third of a second: an officer does not notice it, and a stolen table
  /// is not worth guessing at. OWASP's list has it as equal to 2^17, 8, 1, which would take four times the memory.
  public static let standard = ScryptCost(logN: 15, blockSize: 8, parallelism: 3)

  /// The greatest cost that a stored hash may ask for, 128 MiB: a table that an attacker wrote to must not stop the service.
  static let logNMax = 17
  static let blockSizeMax = 8
  static let parallelismMax = 4

  /// Whether a stored hash may ask for it.
  public var isAllowed: Bool {
    (1...Self.logNMax).contains(logN) && (1...Self.blockSizeMax).contains(blockSize)
      && (1...Self.parallelismMax).contains(parallelism)
  }

  /// How many blocks are mixed, which is what time goes with.
  public var work: Int { (1 << logN) * blockSize * parallelism }

  /// What must be worked besides `lower` to have done as much as this, with blocks as large as here; nil where that is less
  /// than one round.
  public func rest(above lower: ScryptCost) -> ScryptCost? {
    let rounds = (work - lower.work) / ((1 << logN) * blockSize)
    return rounds > 0 ? ScryptCost(logN: logN, blockSize: blockSize, parallelism: rounds) : nil
  }
}

extension CryptoLibrary {
  /// scrypt of a password given as UTF-8; blocks for as long as the cost says.
  public static func scrypt(
    _ password: String, salt: [UInt8], cost: ScryptCost, byteCount: Int
  ) throws(CryptoFailure) -> [UInt8] {
    // The library counts its blocks besides the big table; without room to spare it refuses the very cost asked for.
    let memoryByteCountMax: UInt64 = 1 << 28
    var password = password
    var output = [UInt8](repeating: 0, count: byteCount)
    let isDone = password.withUTF8 { password in
      unsafe password.withMemoryRebound(to: CChar.self) { password in
        unsafe EVP_PBE_scrypt(
          password.baseAddress, password.count, salt, salt.count, 1 << UInt64(cost.logN), UInt64(cost.blockSize),
          UInt64(cost.parallelism), memoryByteCountMax, &output, output.count) == 1
      }
    }
    guard isDone else { throw .drained("scrypt") }
    return output
  }
}
