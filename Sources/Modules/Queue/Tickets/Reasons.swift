/// Why a ticket is put on hold; a closed set, so that nothing personal is written down.
enum HoldReason: String, Sendable, CaseIterable {
  case document
  case copy
  case payment
  case colleague
  case prayer
  case other
}

/// Why a counter pauses.
enum PauseReason: String, Sendable, CaseIterable {
  case rest
  case prayer
  case errand
  case fault
  case other
}
