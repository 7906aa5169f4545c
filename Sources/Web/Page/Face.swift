/// For whom a page is laid out.
public enum Face: Hashable, Sendable {
  /// The public: one column, generous, a phone first.
  case portal
  /// Officers: dense, with their menu, name and counter.
  case console
  /// The screen in the hall: dark, huge, without links or menus.
  case display
  /// Header and footer without menus: receipts to print, error pages.
  case plain
}
