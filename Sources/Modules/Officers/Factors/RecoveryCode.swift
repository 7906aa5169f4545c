internal import Contracts
internal import Core

/// A code on paper, good for once, for an officer who has lost the other factors.
enum RecoveryCode {
  /// How many are given at once.
  static let count = 10
  /// 60 random bits: far more than tries that are counted can guess. What is kept of a code can be compared with guesses only
  /// under a key that the database does not hold.
  static let symbolCount = 12
  private static let groupCount = 4

  /// A set of them as they are printed, in groups that can be read out and typed: `k3m8-0xzt-5wra`.
  static func draw(from random: any RandomSource) -> Personal<[String]> {
    Personal(
      (0..<count).map { _ in
        let symbols = Array(Crockford.encode(random.uint64() >> 4, length: symbolCount).lowercased())
        return stride(from: 0, to: symbolCount, by: groupCount)
          .map { String(symbols[$0..<($0 + groupCount)]) }.joined(separator: "-")
      })
  }

  /// The kept form of a code of that account; nil for what cannot be a code.
  static func hash(_ typed: Personal<String>, of account: OfficerID, keyed: any KeyedHash) -> [UInt8]? {
    guard let symbols = Crockford.normalised(typed.exposed), symbols.utf8.count == symbolCount else { return nil }
    return keyed.authenticate(Array("\(account)".utf8) + [0] + Array(symbols.utf8), for: "officers.recovery")
  }
}
