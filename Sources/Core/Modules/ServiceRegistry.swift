/// Names a service by its protocol: `ServiceKey((any QueueService).self)`.
public struct ServiceKey: Hashable, Sendable, CustomStringConvertible {
  private let type: ObjectIdentifier
  /// The protocol's name, for error messages.
  public let description: String

  /// The key of a protocol type.
  public init<Service>(_ type: Service.Type) {
    self.type = ObjectIdentifier(type)
    description = String(describing: type)
  }

  /// Whether they name the same protocol.
  public static func == (left: Self, right: Self) -> Bool { left.type == right.type }
  /// By the protocol alone, as `==`.
  public func hash(into hasher: inout Hasher) { hasher.combine(type) }
}

/// The services of the program, looked up by protocol type.
///
/// Built once, in the composition root; what a module needs it takes from here while it is made.
public struct ServiceRegistry: Sendable {
  private var services: [ServiceKey: any Sendable] = [:]

  /// A registry without services.
  public init() {}

  /// Puts a service under its protocol type. A second provider is a programmer's error that the
  /// module assembly reports before it comes to this.
  public mutating func provide<Service: Sendable>(_ type: Service.Type, _ service: Service) {
    let previous = services.updateValue(service, forKey: ServiceKey(type))
    precondition(previous == nil, "\(type) is provided twice")
  }

  /// The service that must be there: a module may ask only for what it says it requires.
  public func require<Service: Sendable>(_ type: Service.Type) -> Service {
    guard let service = find(type) else {
      preconditionFailure("\(type) is not provided: name it in the module's `requires`")
    }
    return service
  }

  /// The service, or nil where its module is switched off.
  public func find<Service: Sendable>(_ type: Service.Type) -> Service? {
    services[ServiceKey(type)] as? Service
  }

  /// Whether a module provides the service.
  public func has(_ key: ServiceKey) -> Bool { services[key] != nil }
}
