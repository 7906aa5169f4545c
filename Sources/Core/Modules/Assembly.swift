/// Puts modules in the order in which they need each other, and makes them.
public enum Assembly {
  /// Why the modules do not fit together.
  public enum Misfit: Error, Equatable, CustomStringConvertible {
    /// A module requires a service that no module provides.
    case missing(service: String, requiredBy: String)
    /// Several modules provide one service.
    case doubled(service: String, providers: [String])
    /// Modules require each other in a ring.
    case circle(modules: [String])

    /// What does not fit and which modules are concerned, for the sysadmin who switched one off.
    public var description: String {
      switch self {
      case .missing(let service, let module):
        "module \"\(module)\" requires \(service), which no module that is switched on provides"
      case .doubled(let service, let providers):
        "\(service) is provided more than once: by \(providers.joined(separator: ", "))"
      case .circle(let modules):
        "modules require each other in a circle: \(modules.joined(separator: " → "))"
      }
    }
  }

  /// Makes each module after those whose services it requires or uses; `services` holds the
  /// platform's own (store, clock, log, …) and in the end everyone's.
  ///
  /// - Returns: the modules in dependency order, which is the order to start them in.
  /// - Throws: `Misfit`, which names the modules, or what a module's initialiser throws.
  public static func assemble(
    _ types: [any Module.Type], services: inout ServiceRegistry
  ) throws -> [any Module] {
    var modules: [any Module] = []
    for type in try order(types, given: services) {
      let module = try type.init(services: services)
      module.provide(to: &services)
      modules.append(module)
    }
    return modules
  }

  /// The order in which to make them; ties keep the order given.
  static func order(_ types: [any Module.Type], given services: ServiceRegistry) throws -> [any Module.Type] {
    let providers = try providersByService(types, given: services)
    for type in types {
      for need in type.requires where providers[need] == nil && !services.has(need) {
        throw Misfit.missing(service: need.description, requiredBy: type.name)
      }
    }
    var ordered: [any Module.Type] = []
    var done: Set<String> = []
    func visit(_ type: any Module.Type, path: [String]) throws {
      if done.contains(type.name) { return }
      if let start = path.firstIndex(of: type.name) { throw Misfit.circle(modules: path[start...] + [type.name]) }
      for need in type.requires + type.uses {
        if let provider = providers[need] { try visit(provider, path: path + [type.name]) }
      }
      done.insert(type.name)
      ordered.append(type)
    }
    for type in types { try visit(type, path: []) }
    return ordered
  }

  private static func providersByService(
    _ types: [any Module.Type], given services: ServiceRegistry
  ) throws -> [ServiceKey: any Module.Type] {
    var providers: [ServiceKey: any Module.Type] = [:]
    for type in types {
      for service in type.provides {
        guard !services.has(service) else {
          throw Misfit.doubled(service: service.description, providers: ["the platform", type.name])
        }
        if let earlier = providers.updateValue(type, forKey: service) {
          throw Misfit.doubled(service: service.description, providers: [earlier.name, type.name])
        }
      }
    }
    return providers
  }
}
