public import Core
import Crypto

/// The six digits that open what a number names where no date of birth is known: a ticket, a complaint.
///
/// A PIN is the number's own keyed hash, cut to six digits: it is printed beside the number and kept nowhere, so that
/// a reader of the database knows none, and a page that is loaded again, or a form that is sent twice, shows the same.
public struct CasePIN: Sendable {
  /// How many digits a PIN has.
  public static let digitCount = 6
  private static let modulus: UInt64 = 1_000_000

  private let hash: any KeyedHash

  /// PINs under the office's keyed hash.
  public init(hash: any KeyedHash) { self.hash = hash }

  /// The PIN that belongs to the number.
  public func digits<Kind>(of number: CaseNumber<Kind>) -> String {
    // 64 bits: of a million PINs none is likelier than another by more than one in ten million million.
    let word = hash.authenticate(Array(number.description.utf8), for: "case-pin").prefix(8)
      .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let digits = String(word % Self.modulus)
    return String(repeating: "0", count: Self.digitCount - digits.count) + digits
  }

  /// Whether what was typed is the PIN of the number.
  public func fits<Kind>(_ typed: Personal<String>, _ number: CaseNumber<Kind>) -> Bool {
    let (sent, right) = (Array((TypedNumber.digits(of: typed.exposed) ?? "").utf8), Array(digits(of: number).utf8))
    return CryptoLibrary.areEqual(sent, right)
  }
}
