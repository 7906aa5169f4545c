internal import Contracts
internal import Core

/// What the files said when they were last read and found sound; replaced as a whole.
struct Edition: Sendable {
  /// The services, in the order of their files' names.
  let services: [OfferedService]
  let calendar: WorkCalendar

  /// The edition in force until the files have been read.
  static let blank = Edition(services: [], calendar: .blank)

  /// Reads `calendar.json5` and `services/*.json5`.
  ///
  /// - Throws: the first `ConfigurationProblem`.
  static func read(_ directory: ConfigurationDirectory) throws(ConfigurationProblem) -> Edition {
    let reading = EditionReading(directory)
    guard let edition = reading.edition else {
      throw reading.problems.first
        ?? ConfigurationProblem(
          file: directory.path, what: "there is no catalogue", mend: "Put the shipped files back.")
    }
    return edition
  }
}

/// Reads all files, so that everything that is wrong can be told at once.
struct EditionReading {
  private(set) var problems: [ConfigurationProblem] = []
  private var calendar: WorkCalendar?
  private var services: [OfferedService] = []

  /// The file that has taken each code or letter.
  private var codes: [String: String] = [:]
  private var letters: [String: String] = [:]

  init(_ directory: ConfigurationDirectory) {
    let calendarPath = directory.appending("calendar.json5")
    attempt { reading throws(ConfigurationProblem) in
      reading.calendar = try ConfigurationFile.load(WorkCalendarFile.self, from: calendarPath).calendar
    }
    attempt { reading throws(ConfigurationProblem) in
      let paths = try ConfigurationFile.paths(in: directory.appending("services"))
      guard !paths.isEmpty else { throw Self.noServices(directory) }
      for path in paths {
        reading.attempt { reading throws(ConfigurationProblem) in try reading.readService(path) }
      }
    }
    // Against a part of the services every other name would be a stranger's.
    if problems.isEmpty { problems = ConfiguredNames(directory).problems }
  }

  /// The edition, when nothing is wrong.
  var edition: Edition? {
    guard problems.isEmpty, let calendar else { return nil }
    return Edition(services: services, calendar: calendar)
  }

  private mutating func readService(_ path: String) throws(ConfigurationProblem) {
    let file = try ConfigurationFile(reading: path)
    let service = try file.decode(ServiceFile.self).service
    if let first = codes.updateValue(path, forKey: service.code.rawValue) {
      throw file.problem(
        at: ["code"], what: "\"\(service.code)\" is already the code of \(first)",
        mend: "Give each service its own code.")
    }
    if let first = letters.updateValue(path, forKey: service.queueLetter) {
      throw file.problem(
        at: ["queueLetter"], what: "\"\(service.queueLetter)\" is already the letter of \(first)",
        mend: "Give each service its own letter, so that no number is called twice.")
    }
    services.append(service)
  }

  private mutating func attempt(_ step: (inout Self) throws(ConfigurationProblem) -> Void) {
    do throws(ConfigurationProblem) { try step(&self) } catch { problems.append(error) }
  }

  private static func noServices(_ directory: ConfigurationDirectory) -> ConfigurationProblem {
    ConfigurationProblem(
      file: directory.appending("services"), what: "the directory has no *.json5 file",
      mend: "Put at least one service there; the shipped ones are examples.")
  }
}
