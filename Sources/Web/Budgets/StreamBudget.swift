/// Which event streams one listener has open, and which of them end for new ones.
///
/// A client that has its share, and the one that has most when all places are taken, loses its oldest stream to the new
/// one: a reader who has just come looks at the page, and one who came long ago may have left it open. A stream that has only
/// just begun is not ended, so that readers who come back do not drive each other out in turns.
struct StreamBudget {
  /// Names a stream's request.
  typealias Name = ObjectIdentifier
  typealias Moment = ContinuousClock.Instant

  /// Whether another one may begin.
  enum Decision: Equatable {
    case admitted(ending: Name?)
    /// There is nothing to end.
    case refused
  }

  /// How long a stream is safe at least.
  static let safeTime = Duration.seconds(10)

  private let countMax: Int
  private let perClientMax: Int
  private var clients: [Name: RemoteAddress] = [:]
  /// Each client's streams, the oldest first.
  private var streams: [RemoteAddress: [(name: Name, since: Moment)]] = [:]

  init(countMax: Int, perClientMax: Int) {
    self.countMax = countMax
    self.perClientMax = perClientMax
  }

  var count: Int { clients.count }

  /// Begins a stream if it may; the one to be ended for it is forgotten at once.
  mutating func open(_ name: Name, of client: RemoteAddress, at now: Moment) -> Decision {
    let client = client.network
    var ended: Name?
    if let loser = loser(to: client) {
      guard let oldest = streams[loser]?.first, now - oldest.since >= Self.safeTime else { return .refused }
      close(oldest.name)
      ended = oldest.name
    }
    clients[name] = client
    streams[client, default: []].append((name, now))
    return .admitted(ending: ended)
  }

  mutating func close(_ name: Name) {
    guard let client = clients.removeValue(forKey: name), var own = streams[client] else { return }
    own.removeAll { $0.name == name }
    streams[client] = own.isEmpty ? nil : own
  }

  /// Who loses a stream when this client begins one; nil while there is room.
  private func loser(to client: RemoteAddress) -> RemoteAddress? {
    if streams[client, default: []].count >= perClientMax { return client }
    guard clients.count >= countMax else { return nil }
    return streams.max { $0.value.count < $1.value.count }?.key
  }
}
