public import Core
public import HTML

/// Where an entry of a menu appears.
public enum Placement: Hashable, Sendable {
  /// The public portal's menu and home page.
  case portal
  /// The officers' menu, for those whose rights show it, among the entries of its task; nil for every officer.
  case console(Right?, ConsoleTask? = nil)
  /// The foot of every public page: pages about the portal itself.
  case foot
  /// In no menu: other pages lead there.
  case unlisted
  /// The page of a ticket that has been served; the link gets `?tiket=CODE`.
  case afterVisit
}

/// What officers do, by which their menu is folded together.
public enum ConsoleTask: String, Sendable {
  /// Serves people at a counter.
  case service
  /// Watches over the hall.
  case hall
  /// Plans bookable times.
  case appointments
  /// Reads what happened.
  case reports
  /// Decides what people ask about their own data.
  case rights
  /// Keeps accounts and passwords.
  case settings
}

/// A page that a module puts into a menu.
public struct NavigationEntry: Sendable {
  /// In which menu it stands.
  public let placement: Placement
  /// What the entry is called.
  public let label: MessageKey
  /// Where it leads.
  public let link: Link
  /// Lower comes first; ties keep the modules' order.
  public let order: Int
  /// The picture beside its label; nil for none.
  public let icon: Icon?
  /// One sentence more, shown where there is room for it.
  public let hint: MessageKey?

  /// An entry of a menu.
  public init(
    _ placement: Placement, _ label: MessageKey, _ link: Link, order: Int, icon: Icon? = nil, hint: MessageKey? = nil
  ) {
    self.placement = placement
    self.label = label
    self.link = link
    self.order = order
    self.icon = icon
    self.hint = hint
  }
}
