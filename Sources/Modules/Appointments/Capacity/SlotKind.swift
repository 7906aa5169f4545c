import Core
import Store

/// For whom a slot is kept. A slot is only ever given to people who ask for its kind.
enum SlotKind: String, Sendable, CaseIterable, SQLValue {
  /// Booked on the web, without a condition.
  case web
  /// Kept for people without an appointment: on the day, from a phone, as "come at 10:40".
  case walkIn = "walk-in"
  /// The priority line (layanan prioritas).
  case priority
  /// Same-day service (percepatan).
  case express
}
