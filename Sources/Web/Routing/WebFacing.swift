public import Core

/// A module with pages.
public protocol WebFacing: Module {
  /// What it answers. Called once, before the server starts.
  func routes() -> [Route]
  /// What it puts into the menus.
  func navigation() -> [NavigationEntry]
}

extension WebFacing {
  /// Nothing, for a module whose pages stand in no menu.
  public func navigation() -> [NavigationEntry] { [] }
}
