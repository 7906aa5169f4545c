import Client
import Foundation

/// The routes of the sources, and which of them a request meant.
struct RouteTable {
  struct Entry: Hashable, CustomStringConvertible {
    let method: String
    let pattern: String

    var description: String { "\(method) \(pattern)" }
  }

  let entries: Set<Entry>

  /// The repository's own.
  init() throws {
    entries = Set(
      try ["GET", "POST"].flatMap { method in
        try WritePaths.routes(method.lowercased()).map { Entry(method: method, pattern: $0) }
      })
  }

  /// The route that a request goes to: of those that fit the one that says most.
  func entry(of method: String, _ path: String) -> Entry? {
    let segments = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    return entries.filter { $0.method == method }.compactMap { entry -> (Entry, String)? in
      let parts = entry.pattern.split(separator: "/")
      guard parts.count == segments.count, zip(parts, segments).allSatisfy({ $0.first == ":" || $0 == $1 })
      else { return nil }
      return (entry, parts.map { $0.first == ":" ? ":" : "=" }.joined())
    }
    .max { $0.1 < $1.1 }?.0
  }
}
