internal import Core
internal import HTML

/// Keeps what names or opens a person's case out of the addresses of pages: numbers and codes stand in the routes'
/// parameters and never on the line.
///
/// It is laid over every page and redirect on its way out and taken off every request on its way in, in this one place, so
/// that no module can forget it: modules write links with numbers and read numbers from requests.
final class AddressVeil: Sendable {
  /// The parameters of paths and queries that name a case or a person, open one, or tell what a person needs.
  static let names: Set<String> = [
    "nomor", "kode", "tiket", "pengaduan", "dokumen", "bantuan", "akun", "petugas", "jalur",
  ]

  private let cover: AddressCover
  private let router: Router

  init(cover: AddressCover, router: Router) {
    self.cover = cover
    self.router = router
  }

  // MARK: Out

  /// The page with its links and forms as they may stand in it, and what forms that ask for a page will write into their
  /// address.
  func covered(_ page: Node) -> Node {
    page.readdressed({ covered($0) }, sent: { field, value in Self.names.contains(field) ? cover.covered(value) : nil })
  }

  /// The address as it may stand in a page; nil where it may as it is.
  func covered(_ address: String) -> Link? {
    guard address.hasPrefix("/"), !address.hasPrefix("//") else { return nil }
    let bytes = Array(address.utf8)
    let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.endIndex
    let mayPathName = mayName(bytes[..<end])
    // Most addresses of a page have no query, and most of those that have one are of stylesheets and scripts.
    guard mayPathName || bytes[end...].first == UInt8(ascii: "?") else { return nil }
    let whole = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = whole[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var text = (mayPathName ? path(parts[0]) : nil) ?? String(parts[0])
    if parts.count > 1 { text += "?" + (query(parts[1]) ?? String(parts[1])) }
    if whole.count > 1 { text += "#\(whole[1])" }
    return text == address ? nil : Link(localPath: text)
  }

  /// Whether there is more to look at in a path: most of a page neither begin as one that names anything nor could be read
  /// otherwise than they stand there.
  private func mayName(_ path: ArraySlice<UInt8>) -> Bool {
    let isDoubled = zip(path, path.dropFirst()).contains { $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "/") }
    return isDoubled || path.contains(UInt8(ascii: "%")) || router.namingRoots.contains { path.starts(with: $0) }
  }

  private func path(_ path: Substring) -> String? {
    var segments = path.split(separator: "/").map(String.init)
    let decoded = segments.compactMap { RequestTarget.decode($0[...], plusIsSpace: false) }
    guard decoded.count == segments.count, let pattern = pattern(decoded) else { return nil }
    var isChanged = false
    for (place, part) in pattern.split(separator: "/").enumerated() where part.first == ":" {
      guard Self.names.contains(String(part.dropFirst())), !AddressCover.isCovered(decoded[place]),
        let covered = cover.covered(decoded[place])
      else { continue }
      segments[place] = covered
      isChanged = true
    }
    return isChanged ? "/" + segments.joined(separator: "/") : nil
  }

  private func pattern(_ segments: [String]) -> String? {
    for method in [Method.get, .post] {
      if case .route(let route, _) = router.find(method, segments) { return route.pattern }
    }
    return nil
  }

  private func query(_ query: Substring) -> String? {
    var isChanged = false
    let pairs = query.split(separator: "&", omittingEmptySubsequences: false).map { pair -> String in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, Self.names.contains(String(sides[0])),
        let value = RequestTarget.decode(sides[1], plusIsSpace: true), !AddressCover.isCovered(value),
        let covered = cover.covered(value)
      else { return String(pair) }
      isChanged = true
      return "\(sides[0])=\(covered)"
    }
    return isChanged ? pairs.joined(separator: "&") : nil
  }

  // MARK: In

  /// The request as its route reads it. What is not this browser's stays covered in the path, and is left out of the query.
  func uncovered(_ call: RequestHandler.Call) -> RequestHandler.Call {
    RequestHandler.Call(
      route: call.route, parameters: call.parameters.mapValues { cover.value(of: $0) ?? $0 },
      target: call.target.reading(cover.value), head: call.head)
  }

  /// Whether the path names something that this browser was not given.
  static func isClosed(_ call: RequestHandler.Call) -> Bool {
    call.parameters.contains { names.contains($0.key) && AddressCover.isCovered($0.value) }
  }
}
