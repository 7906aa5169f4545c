internal import Core

/// When more sign-ins fail than officers can have mistyped: `storm` in `sign-in.json5`.
struct StormRules: Equatable, Sendable {
  static let fileName = "sign-in.json5"

  /// So many that fail, or have to wait, within `window` are a storm: officers of a large office mistype fewer on the first
  /// morning after a holiday.
  var failureCount = 60
  var window = Duration.minutes(10)

  /// A storm is over when fewer were seen within `window`: half, so that one that comes and goes is told once.
  var calmCount: Int { failureCount / 2 }
}

extension StormRules: Decodable {
  private enum Keys: String, CodingKey, CaseIterable { case storm }
  private enum StormKeys: String, CodingKey, CaseIterable { case failures, minutes }

  private struct Bounds: Decodable {
    var failureCount: Int?
    var minuteCount: Int?

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<StormKeys>(decoder)
      if file.has(.failures) { failureCount = try file.number(.failures, in: 10...10_000) }
      if file.has(.minutes) { minuteCount = try file.number(.minutes, in: 1...1440) }
    }
  }

  init(from decoder: any Decoder) throws {
    let bounds = try StrictContainer<Keys>(decoder).optional(.storm, as: Bounds.self)
    failureCount = bounds?.failureCount ?? failureCount
    window = bounds?.minuteCount.map { .minutes($0) } ?? window
  }

  /// What the office's file says; what is shipped where there is none.
  ///
  /// - Throws: `ConfigurationProblem` when the file is broken.
  static func read(from directory: ConfigurationDirectory?) throws(ConfigurationProblem) -> StormRules {
    guard let file = try directory?.optionalFile(fileName) else { return StormRules() }
    return try file.decode(StormRules.self)
  }
}
