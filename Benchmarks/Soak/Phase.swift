import Core

/// What is under way when the server is killed.
enum Phase: String, CaseIterable, Sendable {
  case start
  case load
  case backup
  case rotation
  case retention
  case restore

  /// How many of a hundred lives are about each.
  private var share: Int {
    switch self {
    case .start: 16
    case .load: 38
    case .backup: 16
    case .rotation: 10
    case .retention: 8
    case .restore: 12
    }
  }

  static func draw(_ random: some RandomSource) -> Phase {
    var draw = random.below(allCases.map(\.share).reduce(0, +))
    for phase in allCases {
      draw -= phase.share
      if draw < 0 { return phase }
    }
    return .load
  }
}
