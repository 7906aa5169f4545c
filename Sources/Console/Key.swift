/// A key as a person means it, whatever bytes the terminal sends for it.
public enum Key: Sendable, Hashable {
  /// A printable character, a digit of the number pad among them.
  case character(Character)
  /// Enter, that of the number pad too.
  case enter
  /// The key that takes the last character back, whether the terminal sends BS or DEL for it.
  case backspace
  /// Escape alone, not as the beginning of a sequence.
  case escape
  /// The tabulator key.
  case tab
  /// The tabulator key with Shift.
  case backTab
  /// The keys with arrows.
  case up, down, left, right
  /// The keys of the block beside them.
  case home, end, pageUp, pageDown, insert, delete
  /// F1 to F20.
  case function(Int)
  /// A letter with Ctrl, in lower case.
  case control(Character)
}
