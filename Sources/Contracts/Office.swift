public import Core

/// The office that this process serves, read from `office.json5`.
public struct Office: Sendable {
  public let name: LocalizedText
  public let zone: OfficeZone
  public let address: String
  public let telephone: String
  public let counters: [Counter]

  public init(name: LocalizedText, zone: OfficeZone, address: String, telephone: String, counters: [Counter]) {
    self.name = name
    self.zone = zone
    self.address = address
    self.telephone = telephone
    self.counters = counters
  }

  /// A place in the hall at which people are served.
  public struct Counter: Sendable, Equatable {
    /// The number above it.
    public let number: Int
    /// The services it serves; empty for all.
    public let services: [ServiceCode]

    public init(number: Int, services: [ServiceCode]) {
      self.number = number
      self.services = services
    }

    /// Whether the counter serves `service`.
    public func serves(_ service: ServiceCode) -> Bool { services.isEmpty || services.contains(service) }
  }
}
