/// Which connections one listener lets in, and which idle ones it closes for them.
///
/// A connection without a request is worth nothing to its owner that could not be had again, so idle ones make room: a
/// peer's own when it has its share, else those of the peer that has most. A client that holds thousands open and says
/// nothing keeps no other out.
struct ConnectionBudget {
  /// Names a connection.
  typealias Name = ObjectIdentifier
  typealias Moment = ContinuousClock.Instant

  /// Whether another one is let in.
  enum Decision: Equatable {
    case admitted(closing: [Name])
    case refused
  }

  private struct Entry {
    let peer: RemoteAddress
    /// Since when no request is open on it; nil while one is.
    var idleSince: Moment?
  }

  /// Above this part of the pool idle connections are closed sooner.
  private static let calmFill = 0.5
  /// What is left of an idle connection's time when the pool is full.
  private static let leastPatience = 0.1
  /// Room is made for so many at once, a part of the pool: looking for them costs a sort.
  private static let closedPart = 32

  private let countMax: Int
  private let perPeerMax: Int
  private let idleMax: Duration
  /// Reverse proxies, which bring the connections of many.
  private let proxies: Set<RemoteAddress>
  private var entries: [Name: Entry] = [:]
  /// Let in, but no loop has begun with them; by their descriptors.
  private var expected: [Int32: RemoteAddress] = [:]
  /// How many of both a peer has.
  private var counts: [RemoteAddress: Int] = [:]

  init(countMax: Int, perPeerMax: Int, idleMax: Duration, proxies: [RemoteAddress]) {
    self.countMax = countMax
    self.perPeerMax = perPeerMax
    self.idleMax = idleMax
    self.proxies = Set(proxies)
  }

  /// Connections that a loop has begun with.
  var begunCount: Int { entries.count }

  /// Asks for one more connection of a peer, before a loop has begun with it; where it is let in, it counts from now on.
  /// Those to be closed are forgotten at once.
  ///
  /// - Parameter socket: its descriptor. Another connection that is still expected under this number has ended without a
  ///   beginning, or the kernel would not have given the number again.
  mutating func decide(on peer: RemoteAddress, socket: Int32) -> Decision {
    forget(expected: socket)
    // By its very address: its neighbours in the same network are no proxies.
    let decision = decide(on: peer.network, isProxy: proxies.contains(peer))
    if decision != .refused {
      expected[socket] = peer.network
      counts[peer.network, default: 0] += 1
    }
    return decision
  }

  private mutating func decide(on peer: RemoteAddress, isProxy: Bool) -> Decision {
    if counts[peer, default: 0] >= perPeerMax, !isProxy {
      let own = forget(oldestIdle(room(of: perPeerMax)) { $0 == peer })
      return own.isEmpty ? .refused : .admitted(closing: own)
    }
    guard entries.count + expected.count >= countMax else { return .admitted(closing: []) }
    for (heaviest, _) in counts.sorted(by: { $0.value > $1.value }) {
      let idle = forget(oldestIdle(room(of: countMax)) { $0 == heaviest })
      if !idle.isEmpty { return .admitted(closing: idle) }
    }
    return .refused
  }

  /// A loop has begun with a connection that was let in.
  mutating func open(_ name: Name, of peer: RemoteAddress, socket: Int32, at now: Moment) {
    forget(expected: socket)
    entries[name] = Entry(peer: peer.network, idleSince: now)
    counts[peer.network, default: 0] += 1
  }

  mutating func close(_ name: Name) {
    if let entry = entries.removeValue(forKey: name) { lower(entry.peer) }
  }

  /// No loop will begin with it.
  mutating func forget(expected socket: Int32) {
    if let peer = expected.removeValue(forKey: socket) { lower(peer) }
  }

  private mutating func lower(_ peer: RemoteAddress) {
    guard let count = counts[peer] else { return }
    counts[peer] = count > 1 ? count - 1 : nil
  }

  /// A request has begun on it.
  mutating func begin(_ name: Name) { entries[name]?.idleSince = nil }

  /// Its request is over.
  mutating func end(_ name: Name, at now: Moment) { entries[name]?.idleSince = now }

  /// Those that have been idle for too long, which is sooner the fuller the pool is; forgotten at once.
  mutating func overdue(at now: Moment) -> [Name] {
    let fill = Double(entries.count) / Double(countMax)
    guard fill > Self.calmFill else { return [] }
    let pressure = min(1, (fill - Self.calmFill) / (1 - Self.calmFill))
    let patience = idleMax * (1 - (1 - Self.leastPatience) * pressure)
    return forget(
      entries.compactMap { name, entry in entry.idleSince.flatMap { now - $0 > patience ? name : nil } })
  }

  /// A quarter of those that are idle, the oldest first: for when the process is out of descriptors.
  mutating func quarter() -> [Name] {
    forget(oldestIdle(max(1, entries.count { $0.value.idleSince != nil } / 4)) { _ in true })
  }

  private mutating func forget(_ names: [Name]) -> [Name] {
    for name in names { close(name) }
    return names
  }

  private func room(of max: Int) -> Int { Swift.max(1, max / Self.closedPart) }

  private func oldestIdle(_ countMax: Int, where isMeant: (RemoteAddress) -> Bool) -> [Name] {
    let idle = entries.compactMap { name, entry in
      isMeant(entry.peer) ? entry.idleSince.map { (name: name, since: $0) } : nil
    }
    return idle.sorted { $0.since < $1.since }.prefix(countMax).map(\.name)
  }
}
