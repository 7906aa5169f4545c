public import Core

/// What every page says of the office; changes with a reload of the configuration.
public struct WebOffice: Sendable {
  public var name: LocalizedText
  public var zone: OfficeZone
  /// The telephone for help; nil where there is none.
  public var telephone: String?

  public init(name: LocalizedText, zone: OfficeZone, telephone: String? = nil) {
    self.name = name
    self.zone = zone
    self.telephone = telephone
  }
}
