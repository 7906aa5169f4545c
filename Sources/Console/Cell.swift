/// One place on the screen: what stands there and how it looks.
public struct Cell: Sendable, Hashable {
  /// What stands there. The right half of a wide character is a cell of its own, `Cell.trailing`.
  public let character: Character
  /// Columns it takes: 1, 2, or 0 for the right half of a wide character.
  public let width: Int
  /// How it looks; both halves of a wide character look alike.
  public let style: Style

  /// A cell for a character that takes one or two columns; what takes none or cannot be shown
  /// becomes a space.
  public init(_ character: Character, style: Style = .plain) {
    let shown = character.shownAlone
    let width = shown.cellCount
    self.character = width == 0 ? " " : shown
    self.width = max(width, 1)
    self.style = style
  }

  private init(trailingWith style: Style) {
    character = " "
    width = 0
    self.style = style
  }

  /// An empty place.
  public static let blank = Cell(" ")

  /// The right half of a wide character.
  static func trailing(_ style: Style) -> Cell { Cell(trailingWith: style) }
}
