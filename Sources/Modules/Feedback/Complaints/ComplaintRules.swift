internal import Core

/// The deadlines in force, from `complaints.json5`: several periods, of which the latest that has
/// begun holds. A report keeps the deadlines of the day on which it came.
typealias ComplaintRules = Reloadable<[ComplaintDeadlines]>

extension Reloadable<[ComplaintDeadlines]> {
  /// Without the file the standard holds.
  convenience init(directory: ConfigurationDirectory?) {
    self.init([.standard]) {
      guard let file = try directory?.optionalFile("complaints.json5") else { return nil }
      let read = try file.decode(ComplaintFile.self).periods.sorted { $0.validFrom < $1.validFrom }
      return read.isEmpty ? nil : read
    }
  }

  /// The deadlines for a report that came on `day`.
  func deadlines(on day: CivilDate) -> ComplaintDeadlines { now.last { $0.validFrom <= day } ?? .standard }
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
