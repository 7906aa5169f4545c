import Foundation

extension Duration {
  /// How many times as long a test waits for a fact, for a program that a sanitizer slows down: `GAPURA_PATIENCE`, or once.
  private static let patience = ProcessInfo.processInfo.environment["GAPURA_PATIENCE"].flatMap { Int($0) } ?? 1

  /// As long as this takes on the build that is tested.
  public var withPatience: Duration { self * Self.patience }
}
