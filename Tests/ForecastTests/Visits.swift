import Contracts
import Core

/// What the visits of these tests are for, and when they begin.
enum Visits {
  static let passport = ServiceCode("paspor")
  static let permit = ServiceCode("izin")

  /// Monday, 23 November 2026, 08.00 WIB.
  static let morning = Instant(milliseconds: 1_795_395_600_000)
}
