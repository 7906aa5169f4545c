import Core

/// The displays of the hall, from `displays.json5`.
struct HallDisplays: Sendable, Equatable {
  /// Lines that take turns below the calls.
  var ticker: [LocalizedText] = []
  /// Whether a gong goes before each call, unless it is switched off at the display.
  var chime = true
  /// Whether calls are spoken.
  var speech = true
  /// Whether a frame flashes around the screen while a call lasts.
  var flash = true
  /// The languages in which they are spoken and captioned, in this order.
  var languages: [Language] = [.indonesian, .english]
  var zones: [DisplayZone] = []

  /// The zone of that code; nil for one that is not configured. The whole hall has no code.
  func zone(_ code: String?) -> DisplayZone? {
    guard let code else { return .wholeHall }
    return zones.first { $0.code == code }
  }
}

/// A part of the hall with displays of its own: its counters.
struct DisplayZone: Sendable, Equatable {
  static let wholeHall = DisplayZone(code: nil, name: nil, counters: [], ticker: nil)

  /// The zone's code as it stands in the address: `/display/lantai-2`.
  let code: String?
  let name: LocalizedText?
  /// Empty for all.
  let counters: [Int]
  /// Lines of its own instead of the hall's.
  let ticker: [LocalizedText]?

  func has(_ counter: Int) -> Bool { counters.isEmpty || counters.contains(counter) }
}
