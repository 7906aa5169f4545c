/// A page of a database that is not as it was written.
public struct DamagedPage: Hashable, Sendable {
  /// The database's path.
  public let file: String
  /// Counted from 1.
  public let number: Int64

  /// That page of a file.
  public init(file: String, number: Int64) {
    self.file = file
    self.number = number
  }
}

/// Where a command tells the service that runs beside it of damaged pages, at which the service then looks itself; a platform
/// value of the composition root.
public struct DamageNotice: Sendable {
  /// Tells of pages; does nothing where no service runs.
  public let tell: @Sendable (_ pages: [DamagedPage]) -> Void

  /// A notice that is delivered by `tell`.
  public init(_ tell: @escaping @Sendable (_ pages: [DamagedPage]) -> Void) { self.tell = tell }
}
