import Core
import Store

/// The line for which a place is kept. It is only ever given to a person who asks for its kind.
enum PlaceKind: String, Sendable, CaseIterable, SQLValue {
  /// Booked on the web, without a condition.
  case web
  /// Kept for people without an appointment: on the day, from a phone, as "come at 10:40".
  case walkIn = "walk-in"
  /// The priority line (layanan prioritas).
  case priority
  /// Same-day service (percepatan).
  case express
}
