public import Core

/// The six digits that an officer hands out at a counter after looking at an identity document.
public enum CounterCodeQuestion {
  /// The name under which the code is sent.
  public static let name = "kode"
  private static let digitCount = 6

  /// The question, in the reader's language.
  public static func field(_ words: Words) -> Field {
    .text(
      name, label: words("form.counter-code.label"), hint: words("form.counter-code.hint"),
      kind: .oneTimeCode(digits: digitCount))
  }
}
