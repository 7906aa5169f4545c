public import Core

/// The office that this process serves, read from `office.json5`.
public struct Office: Sendable {
  /// The office's name, as it stands on every page.
  public let name: LocalizedText
  /// The time zone whose clock holds for hours, days and appointments.
  public let zone: OfficeZone
  /// The postal address, in one line.
  public let address: String
  /// The telephone for help, as it is shown.
  public let telephone: String
  /// Nil where the office reads no letters of this kind.
  public let email: String?
  /// Where its door is; nil where it was not measured, and then no map is linked.
  public let location: Location?
  /// The counters of the hall, in the order of the file.
  public let counters: [Counter]
  /// Whether the invented state of ICAO's specimens can be chosen as a nationality: in demonstrations and tests alone.
  public let acceptsSpecimens: Bool

  /// An office as its file describes it; the file's reader has checked what it says.
  public init(
    name: LocalizedText, zone: OfficeZone, address: String, telephone: String, email: String? = nil,
    location: Location? = nil, counters: [Counter], acceptsSpecimens: Bool = false
  ) {
    self.name = name
    self.zone = zone
    self.address = address
    self.telephone = telephone
    self.email = email
    self.location = location
    self.counters = counters
    self.acceptsSpecimens = acceptsSpecimens
  }

  /// A place on the map, in degrees of WGS 84.
  public struct Location: Sendable, Equatable {
    /// North of the equator; negative in most of Indonesia.
    public let latitude: Double
    /// East of Greenwich.
    public let longitude: Double

    /// A place; its numbers are not checked here.
    public init(latitude: Double, longitude: Double) {
      self.latitude = latitude
      self.longitude = longitude
    }
  }

  /// A place in the hall at which people are served.
  public struct Counter: Sendable, Equatable {
    /// The number above it.
    public let number: Int
    /// The services it serves; empty for all.
    public let services: [ServiceCode]

    /// A counter; without a list of services it serves all.
    public init(number: Int, services: [ServiceCode]) {
      self.number = number
      self.services = services
    }

    /// Whether the counter serves `service`.
    public func serves(_ service: ServiceCode) -> Bool { services.isEmpty || services.contains(service) }
  }
}
