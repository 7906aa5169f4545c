public import Core

/// The six digits that an officer hands out at a counter after looking at an identity document.
public enum CounterCodeQuestion {
  public static let name = "kode"
  private static let digitCount = 6

  public static func field(_ words: Words) -> Field {
    .text(
      name, label: words("form.counter-code.label"), hint: words("form.counter-code.hint"),
      kind: .oneTimeCode(digits: digitCount))
  }
}
