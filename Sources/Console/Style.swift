/// How a cell looks. Meaning is never in the look alone: on a monochrome terminal every colour
/// becomes one of the other attributes or nothing.
public struct Style: Sendable, Hashable {
  /// What a colour stands for; the palette decides which colour it is.
  public enum Tone: Sendable, Hashable, CaseIterable {
    /// No colour: the terminal's own.
    case plain
    /// What leads the eye: titles, keys to press.
    case accent
    /// What went well.
    case good
    /// What wants attention.
    case warning
    /// What went wrong.
    case bad
    /// Light on dark whatever the terminal's own colours are, for codes that a camera reads.
    case picture
  }

  /// In bold, which some terminals show as brighter.
  public var isBold: Bool
  /// With the colours of text and ground exchanged.
  public var isReverse: Bool
  /// With a line below it.
  public var isUnderlined: Bool
  /// What its colour stands for.
  public var tone: Tone

  /// A look; each attribute that is not named is off.
  public init(bold: Bool = false, reverse: Bool = false, underline: Bool = false, tone: Tone = .plain) {
    isBold = bold
    isReverse = reverse
    isUnderlined = underline
    self.tone = tone
  }

  /// As the terminal writes without being told anything.
  public static let plain = Style()
  /// In bold, without a colour.
  public static let bold = Style(bold: true)
  /// With text and ground exchanged, without a colour.
  public static let reverse = Style(reverse: true)

  /// The same look in bold.
  public var bolder: Style {
    var style = self
    style.isBold = true
    return style
  }
}

/// What the terminal can show.
public enum Palette: Sendable, Hashable {
  /// The eight colours of ECMA-48.
  case colour
  /// Bold, reverse and underline only: accents and what wants attention become bold.
  case monochrome

  /// The look that this palette really gives.
  func shown(_ style: Style) -> Style {
    guard self == .monochrome, style.tone != .plain else { return style }
    var shown = style
    shown.tone = .plain
    if style.tone != .picture { shown.isBold = true }
    return shown
  }
}
