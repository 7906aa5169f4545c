/// How a reader wants every page to look; kept in a cookie of its own, and never asked for.
public struct Preferences: Hashable, Sendable {
  /// Letters half as large again.
  public var largePrint: Bool
  /// Black on white (or white on black) with heavier lines.
  public var highContrast: Bool

  /// Preferences; those of a reader who has chosen nothing unless given.
  public init(largePrint: Bool = false, highContrast: Bool = false) {
    self.largePrint = largePrint
    self.highContrast = highContrast
  }

  /// Reads the cookie; anything unknown is as if it were not there.
  public init(cookieValue text: String) {
    largePrint = text.utf8.contains(UInt8(ascii: "b"))
    highContrast = text.utf8.contains(UInt8(ascii: "k"))
  }

  /// The cookie: `b` for large print (*huruf besar*), `k` for contrast (*kontras*), `-` for neither.
  public var cookieValue: String {
    let letters = (largePrint ? "b" : "") + (highContrast ? "k" : "")
    return letters.isEmpty ? "-" : letters
  }

  /// The preferences after a switch was pressed: `besar` or `kontras` with `ya` or `tidak`; what is empty changes
  /// nothing.
  public func changed(besar: String, kontras: String) -> Preferences {
    var changed = self
    if besar == "ya" || besar == "tidak" { changed.largePrint = besar == "ya" }
    if kontras == "ya" || kontras == "tidak" { changed.highContrast = kontras == "ya" }
    return changed
  }
}
