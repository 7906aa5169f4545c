/// An e-mail address, checked lightly: only a letter that arrives proves one.
public struct EmailAddress: Equatable, Sendable {
  /// RFC 5321, 4.5.3.1.
  public static let byteCountMax = 254
  private static let localByteCountMax = 64

  /// As typed, without spaces around it.
  public let text: String

  /// - Throws: `Refusal.email`.
  public init(_ typed: String) throws(Refusal) {
    let typed = try TextGate.line(typed).accepted
    let parts = typed.split(separator: "@", omittingEmptySubsequences: false)
    guard typed.utf8.count <= Self.byteCountMax, parts.count == 2,
      (1...Self.localByteCountMax).contains(parts[0].utf8.count), Self.isDomain(parts[1]),
      typed.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace })
    else { throw .email }
    text = typed
  }

  /// One spelling for all addresses that reach the same person. Case may matter before the `@` (RFC 5321, section 2.4),
  /// but no two people share an address that differs in nothing else.
  public var comparable: String { text.lowercased() }

  private static func isDomain(_ text: Substring) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
      }
  }
}
