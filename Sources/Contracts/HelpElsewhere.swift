public import Core

/// What helps where no officer can be called from: decided once, so that no face sends people to an information desk that
/// is, as another says, not staffed.
public struct HelpElsewhere: Sendable {
  /// Whether the office is open; nil while that is not known.
  private let office: Availability?
  private let hours: [OpeningSpan]
  private let telephone: String

  /// - Parameters:
  ///   - hours: today's, by the calendar.
  ///   - telephone: the office's.
  public init(office: Availability?, hours: [OpeningSpan], telephone: String) {
    self.office = office
    self.hours = hours
    self.telephone = telephone
  }

  /// Whether an officer is in the hall who can be asked.
  public var isStaffed: Bool { office?.isStaffed ?? true }

  /// The information desk while there is one, or else when the office opens; the hours and the telephone.
  public func sentences(_ words: Words, in zone: OfficeZone) -> [String] {
    var sentences: [String] = []
    if let office, !office.isStaffed {
      sentences += [office.title(words, in: zone, isOffice: true), office.text(words, in: zone, isOffice: true)]
    } else {
      sentences.append(words("availability.help.desk"))
    }
    let hours = hours.ending(at: office?.closesAt)
    // The calendar's hours do not hold on a day that a supervisor has cut.
    if !hours.isEmpty, office?.isStopped != true {
      sentences.append(words("availability.help.hours", ["times": hours.text(words, in: zone)]))
    }
    return sentences + [words("availability.help.telephone", ["telephone": telephone])]
  }
}
