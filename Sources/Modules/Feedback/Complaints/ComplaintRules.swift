internal import Core
internal import Synchronization

/// The deadlines in force, read from `complaints.json5`: several periods, of which the latest that has
/// begun holds. A report keeps the deadlines of the day on which it came.
final class ComplaintRules: Sendable {
  private static let fileName = "complaints.json5"

  private let directory: ConfigurationDirectory?
  private let periods = Mutex([ComplaintDeadlines.standard])

  init(directory: ConfigurationDirectory?) { self.directory = directory }

  /// The deadlines for a report that came on `day`.
  func deadlines(on day: CivilDate) -> ComplaintDeadlines {
    periods.withLock { $0.last { $0.validFrom <= day } } ?? .standard
  }

  /// Reads the file; where there is none the standard holds.
  ///
  /// - Throws: `ConfigurationProblem`, and what was in force stays in force.
  func load() throws {
    guard let directory, try ConfigurationFile.paths(in: directory.path).contains(directory.appending(Self.fileName))
    else { return }
    let file = try ConfigurationFile.load(ComplaintFile.self, from: directory.appending(Self.fileName))
    let read = file.periods.sorted { $0.validFrom < $1.validFrom }
    periods.withLock { $0 = read.isEmpty ? [.standard] : read }
  }
}

/// `complaints.json5`.
struct ComplaintFile: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case periods }

  let periods: [ComplaintDeadlines]

  init(from decoder: any Decoder) throws {
    periods = try StrictContainer<Keys>(decoder).value(.periods)
  }
}

extension ComplaintDeadlines: Decodable {
  private enum Keys: String, CodingKey, CaseIterable {
    case validFrom, legalBasis, verificationWorkingDays, answerWorkingDays, replyDays
  }

  private enum ClassKeys: String, CodingKey, CaseIterable { case complaint, supervision, aspiration, information }

  private struct ByClass: Decodable {
    let counts: [ComplaintClass: Int]

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<ClassKeys>(decoder)
      counts = try [
        .complaint: file.number(.complaint, in: 1...365), .supervision: file.number(.supervision, in: 1...365),
        .aspiration: file.number(.aspiration, in: 1...365), .information: file.number(.information, in: 1...365),
      ]
    }
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    validFrom = try file.date(.validFrom)
    legalBasis = try file.value(.legalBasis)
    verificationWorkingDayCount = try file.number(.verificationWorkingDays, in: 1...365)
    answerWorkingDayCounts = try file.value(.answerWorkingDays, as: ByClass.self).counts
    replyDayCount = try file.number(.replyDays, in: 1...365)
  }
}
