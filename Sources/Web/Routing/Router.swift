/// Finds the route of a request. Built once at start; what it holds never changes.
///
/// A literal segment goes before a parameter, so `/tiket/baru` is never taken for a ticket's code.
struct Router: Sendable {
  /// What a path leads to.
  enum Finding: Sendable {
    case route(Route, parameters: [String: String])
    /// The path is there, but not for this method.
    case otherMethods([Method])
    case nothing
  }

  /// Why the routes do not make a router; told at start.
  enum Misfit: Error, Equatable, CustomStringConvertible {
    case doubled(Method, String, String)
    case malformed(String)

    var description: String {
      switch self {
      case .doubled(let method, let first, let second):
        "two routes answer \(method.rawValue): \"\(first)\" and \"\(second)\""
      case .malformed(let pattern):
        "route \"\(pattern)\" must start with \"/\", not end with it, and have no empty or doubled part"
      }
    }
  }

  private struct Branch: Sendable {
    var literals: [String: Branch] = [:]
    var parameter: [Branch] = []
    var routes: [Method: (route: Route, names: [String])] = [:]
  }

  private var root = Branch()
  /// What stands before the first parameter in the patterns whose addresses name a case or a person (`AddressVeil.names`). A path
  /// that begins with none of them, and has neither escapes nor empty segments, names none.
  let namingRoots: [[UInt8]]

  /// - Throws: `Misfit` for two routes of the same method and shape, naming both, and for a malformed pattern.
  init(_ routes: [Route]) throws {
    let naming = routes.map(\.pattern).filter { pattern in
      pattern.split(separator: "/").contains { $0.first == ":" && AddressVeil.names.contains(String($0.dropFirst())) }
    }
    namingRoots = Set(naming.map { String($0.prefix { $0 != ":" }) }).sorted().map { Array($0.utf8) }
    for route in routes {
      let segments = try Self.segments(of: route.pattern)
      let names = segments.compactMap { $0.hasPrefix(":") ? String($0.dropFirst()) : nil }
      guard Set(names).count == names.count else { throw Misfit.malformed(route.pattern) }
      try Self.insert(route, names, at: segments[...], into: &root)
    }
  }

  /// What answers `method` at the path with these decoded segments.
  func find(_ method: Method?, _ segments: [String]) -> Finding {
    var values: [String] = []
    var others: Set<Method> = []
    if let found = Self.search(root, method, segments[...], &values, &others) {
      let pairs = zip(found.names, values)
      return .route(found.route, parameters: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }
    return others.isEmpty ? .nothing : .otherMethods(others.sorted())
  }

  private static func segments(of pattern: String) throws -> [String] {
    guard pattern.hasPrefix("/") else { throw Misfit.malformed(pattern) }
    if pattern == "/" { return [] }
    let segments = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !segments.contains(where: { $0.isEmpty || $0 == ":" }) else { throw Misfit.malformed(pattern) }
    return segments
  }

  private static func insert(
    _ route: Route, _ names: [String], at segments: ArraySlice<String>, into branch: inout Branch
  ) throws {
    guard let segment = segments.first else {
      if let earlier = branch.routes.updateValue((route, names), forKey: route.method) {
        throw Misfit.doubled(route.method, earlier.route.pattern, route.pattern)
      }
      return
    }
    if segment.hasPrefix(":") {
      if branch.parameter.isEmpty { branch.parameter.append(Branch()) }
      try insert(route, names, at: segments.dropFirst(), into: &branch.parameter[0])
    } else {
      try insert(route, names, at: segments.dropFirst(), into: &branch.literals[segment, default: Branch()])
    }
  }

  private static func search(
    _ branch: Branch, _ method: Method?, _ segments: ArraySlice<String>, _ values: inout [String],
    _ others: inout Set<Method>
  ) -> (route: Route, names: [String])? {
    guard let segment = segments.first else {
      if let method, let found = branch.routes[method] { return found }
      others.formUnion(branch.routes.keys)
      return nil
    }
    if let literal = branch.literals[segment],
      let found = search(literal, method, segments.dropFirst(), &values, &others)
    {
      return found
    }
    guard let parameter = branch.parameter.first else { return nil }
    values.append(segment)
    if let found = search(parameter, method, segments.dropFirst(), &values, &others) { return found }
    values.removeLast()
    return nil
  }
}
