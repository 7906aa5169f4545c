/// Root's rights, in a command that root gave and that otherwise works as the owner of the state directory: for the one
/// moment in which it reads or writes the root key where only root may.
public struct AdministratorRights: Sendable {
  private let take: @Sendable () throws -> Void
  private let giveBack: @Sendable () -> Void

  /// - Parameters:
  ///   - take: makes the process root; throws when it cannot.
  ///   - giveBack: makes it the owner again; must not fail.
  public init(take: @escaping @Sendable () throws -> Void, giveBack: @escaping @Sendable () -> Void) {
    self.take = take
    self.giveBack = giveBack
  }

  /// Runs a closure with them. They are the whole process's meanwhile: nothing else may be at work.
  func use<T: ~Copyable>(_ body: () throws -> T) throws -> T {
    try take()
    defer { giveBack() }
    return try body()
  }
}

extension AdministratorRights? {
  /// Runs a closure with the rights where there are any, and else as it is. They are the whole process's meanwhile:
  /// nothing else may be at work.
  public func use<T: ~Copyable>(_ body: () throws -> T) throws -> T {
    guard let self else { return try body() }
    return try self.use(body)
  }
}
