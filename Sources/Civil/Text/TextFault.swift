public import Core

/// Why a text cannot be taken: it holds what is not typed on purpose and the gate does not quietly mend.
public enum TextFault: Error, Equatable, Sendable {
  /// U+0000, a control character of a terminal or a machine.
  case control(Unicode.Scalar)
  /// A character that only the sender's own font knows.
  case privateUse(Unicode.Scalar)
  /// More accents over one letter than any writing has.
  case marks

  /// What it is, and how to mend it.
  public func text(_ words: Words) -> String {
    switch self {
    case .control(let scalar): words("form.error.control", ["code": Self.code(scalar)])
    case .privateUse(let scalar): words("form.error.private-use", ["code": Self.code(scalar)])
    case .marks: words("form.error.marks", ["max": String(TextGate.markCountMax)])
    }
  }

  /// For a command line: the same in English, without quoting what was typed.
  public var explanation: String {
    switch self {
    case .control(let scalar): "holds the control character \(Self.code(scalar)); type it anew without it"
    case .privateUse(let scalar): "holds the private-use character \(Self.code(scalar)); type it anew without it"
    case .marks: "has more than \(TextGate.markCountMax) accents over one letter; leave them out"
    }
  }

  /// `U+001B`.
  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
