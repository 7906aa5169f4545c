public import Core

/// What every page says of the office; changes with a reload of the configuration.
public struct WebOffice: Sendable {
  /// The office's name, as it stands on every page.
  public var name: LocalizedText
  /// The office's time zone, in which times are shown.
  public var zone: OfficeZone
  /// The telephone for help; nil where there is none.
  public var telephone: String?

  /// Where it is and how to reach it; nil where that is not configured.
  public var contact: OfficeContact?
  /// When it is open, as its calendar says at a moment, in the reader's words; nil where there is no calendar.
  public var hours: (@Sendable (_ now: Instant, _ words: Words) -> OfficeHours)?

  /// What pages say of an office; what may be missing is nil unless it is given.
  public init(
    name: LocalizedText, zone: OfficeZone, telephone: String? = nil, contact: OfficeContact? = nil,
    hours: (@Sendable (_ now: Instant, _ words: Words) -> OfficeHours)? = nil
  ) {
    self.name = name
    self.zone = zone
    self.telephone = telephone
    self.contact = contact
    self.hours = hours
  }
}
