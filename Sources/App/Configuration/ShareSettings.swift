import Core
import Web

/// How often one address may do what costs something or invites guessing; generous, because whole
/// neighbourhoods share one address at mobile networks, and so does the hall's own wireless network.
struct RateSettings: Decodable, Sendable {
  /// Attempts to sign in.
  var signIn = 20
  /// Look-ups of an application, and of tickets that do not exist.
  var lookUp = 300
  /// Forms that make something.
  var submit = 300
  /// Anything: pages, pictures, parts that a page fetches by itself.
  var request = 12_000
  /// What is sent to the server in forms and documents.
  var megabytes = 600

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case signIn, lookUp, submit, request, megabytes }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    signIn = try file.number(.signIn, in: 1...100_000, or: signIn)
    lookUp = try file.number(.lookUp, in: 1...100_000, or: lookUp)
    submit = try file.number(.submit, in: 1...100_000, or: submit)
    // One page with what it needs is five requests, and a document may have 5 MB.
    request = try file.number(.request, in: 60...1_000_000, or: request)
    megabytes = try file.number(.megabytes, in: 10...100_000, or: megabytes)
  }
}

/// How much the portal has at once for everybody, and what one client may have of it.
struct BudgetSettings: Decodable, Sendable {
  private static let shipped = WebLimits()

  var connections = shipped.connectionCountMax
  var streams = shipped.streamCountMax
  var oneAddress = ShareSettings()

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case connections, streams, oneAddress }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    connections = try file.number(.connections, in: 64...30_000, or: connections)
    streams = try file.number(.streams, in: 16...30_000, or: min(streams, connections * 3 / 4))
    oneAddress = try file.value(.oneAddress, or: ShareSettings(within: connections, streams))
    guard streams <= connections * 9 / 10 else {
      throw file.refusal(
        .streams, what: "\(streams) event streams leave no connections for pages",
        mend: "Write at most nine tenths of connections: \(connections * 9 / 10).")
    }
    try keepShare(of: connections, oneAddress.connections, "connections", file)
    try keepShare(of: streams, oneAddress.streams, "streams", file)
  }

  /// One client that has more than half leaves too little for all the others.
  private func keepShare(of all: Int, _ share: Int, _ name: String, _ file: StrictContainer<Keys>) throws {
    guard share <= all / 2 else {
      throw file.refusal(
        .oneAddress, what: "one address may have \(share) of \(all) \(name), more than half",
        mend: "Write at most \(all / 2) for oneAddress.\(name), or give the portal more \(name).")
    }
  }

  /// The limits of the portal's listener.
  var limits: WebLimits {
    var limits = Self.shipped
    limits.connectionCountMax = connections
    limits.streamCountMax = streams
    limits.connectionsPerAddressMax = oneAddress.connections
    limits.streamsPerClientMax = oneAddress.streams
    limits.workPerClientMax = oneAddress.requests
    limits.waitingPerClientMax = oneAddress.waiting
    limits.uploadsPerClientMax = oneAddress.uploads
    return limits
  }
}

/// What one address may have at once.
struct ShareSettings: Decodable, Sendable {
  private static let shipped = WebLimits()

  var connections = shipped.connectionsPerAddressMax
  var streams = shipped.streamsPerClientMax
  /// Requests that are worked on; the others wait.
  var requests = shipped.workPerClientMax
  var waiting = shipped.waitingPerClientMax
  var uploads = shipped.uploadsPerClientMax

  init() {}

  /// The shipped shares, or a quarter where there is less of it all.
  init(within connectionCount: Int, _ streamCount: Int) {
    connections = min(connections, connectionCount / 4)
    streams = min(streams, streamCount / 4)
  }

  enum Keys: String, CodingKey, CaseIterable { case connections, streams, requests, waiting, uploads }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    // A browser opens six connections for one page.
    connections = try file.number(.connections, in: 12...15_000, or: connections)
    streams = try file.number(.streams, in: 4...15_000, or: streams)
    requests = try file.number(.requests, in: 2...128, or: requests)
    waiting = try file.number(.waiting, in: 10...10_000, or: waiting)
    uploads = try file.number(.uploads, in: 1...64, or: uploads)
  }
}
