/// A key as a person means it, whatever bytes the terminal sends for it.
public enum Key: Sendable, Hashable {
  /// A printable character, a digit of the number pad among them.
  case character(Character)
  case enter
  case backspace
  case escape
  case tab
  case backTab
  case up, down, left, right
  case home, end, pageUp, pageDown, insert, delete
  /// F1 to F20.
  case function(Int)
  /// A letter with Ctrl, in lower case.
  case control(Character)
}
