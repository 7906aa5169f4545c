public import Core

/// The six digits that an officer hands out at a counter after looking at an identity document.
public enum CounterCodeQuestion {
  /// The name under which the code is sent.
  public static let name = "kode"
  private static let digitCount = 6

  /// The question, in the reader's language.
  ///
  /// Use it where an act takes a counter's code; not for a code of the reader's own, such as one of an authenticator.
  public static func field(_ words: Words) -> Field {
    .text(
      name, label: words("form.counter-code.label"), hint: words("form.counter-code.hint"),
      kind: .oneTimeCode(digits: digitCount))
  }
}
