internal import Store

/// What a report is, and with that how long the office may take (SP4N-LAPOR!).
enum ComplaintClass: String, CaseIterable, Sendable, SQLValue, Codable {
  /// *Pengaduan tidak berkadar pengawasan*.
  case complaint
  /// *Pengaduan berkadar pengawasan*: abuse of office, bribery, extortion. An officer decides it, or the category.
  case supervision
  /// *Aspirasi*.
  case aspiration
  /// *Permintaan informasi*.
  case information

  /// What a person may choose.
  static let offered: [ComplaintClass] = [.complaint, .aspiration, .information]
}

/// What a report is about.
enum ComplaintCategory: String, CaseIterable, Sendable, SQLValue {
  case time
  case levy
  case conduct
  case requirements
  case queue
  case system
  case facilities
  case security
  case other

  /// The class of a report that a person calls `chosen`: illegal levies are always a matter of supervision.
  func settled(_ chosen: ComplaintClass) -> ComplaintClass {
    self == .levy && chosen == .complaint ? .supervision : chosen
  }
}

/// Why a report is not followed up; shown to its sender.
enum ComplaintRefusal: String, CaseIterable, Sendable, SQLValue {
  case notOurs = "not-ours"
  case incomplete
  case duplicate
  case noComplaint = "no-complaint"
}
