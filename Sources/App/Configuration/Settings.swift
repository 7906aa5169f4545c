import Core
import Web

/// `gapura.json5`: what the sysadmin decides. Every key has a default; an unknown one is refused.
struct Settings: Decodable, Sendable {
  var web: WebSettings
  let kiosk: TerminalSettings
  /// The modules that are switched on, by name.
  let modules: ModuleSwitches
  let log: LogSettings
  let clock: ClockSettings
  let space: SpaceSettings
  let backup: BackupSettings

  enum Keys: String, CodingKey, CaseIterable { case web, kiosk, modules, log, clock, space, backup }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    web = try file.value(.web, or: WebSettings())
    kiosk = try file.value(.kiosk, or: TerminalSettings())
    modules = try file.value(.modules, or: ModuleSwitches())
    log = try file.value(.log, or: LogSettings())
    clock = try file.value(.clock, or: ClockSettings())
    space = try file.value(.space, or: SpaceSettings())
    backup = try file.value(.backup, or: BackupSettings())
  }
}

/// Where the server listens and how browsers reach it.
struct WebSettings: Decodable, Sendable {
  var address = "127.0.0.1"
  var port = 8080
  /// Whether others than this machine may connect without TLS: what people type then passes the network in clear.
  var plainTextOnNetwork = false
  /// What people type into a browser, without a slash at its end; nil where it is not configured.
  private var writtenPublicAddress: String?
  /// Reverse proxies that are believed when they say for whom they ask: unless it is configured, those on this machine, while nobody
  /// else can connect. Without them everybody would share the proxy's rates.
  var trustedProxies = Self.loopback
  private static let loopback = ["127.0.0.1", "::1"]
  /// The header field in which those proxies say for whom they ask.
  var forwardedField = WebConfiguration.ForwardedField.xForwardedFor
  var perMinute = RateSettings()
  /// The listener of the hall's own.
  var hall = HallSettings()
  var budget = BudgetSettings()

  /// What QR codes lead to.
  var publicAddress: String { writtenPublicAddress ?? "http://\(address):\(port)" }

  init() {}

  enum Keys: String, CodingKey, CaseIterable {
    case address, port, plainTextOnNetwork, hall, publicAddress, trustedProxies, forwardedField, perMinute, budget
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    address = try file.value(.address, or: address)
    port = try file.number(.port, in: 0...65_535, or: port)
    plainTextOnNetwork = try file.value(.plainTextOnNetwork, or: plainTextOnNetwork)
    guard let place = RemoteAddress(address) else {
      throw file.refusal(.address, what: "\"\(address)\" is no IP address", mend: HallSettings.addressMend)
    }
    if !plainTextOnNetwork, !place.isLoopback {
      throw file.refusal(
        .address, what: "at \"\(address)\" passwords and personal data would pass the network in clear",
        mend: "Write \"127.0.0.1\" and put a proxy with TLS in front (share/proxy), "
          + "or plainTextOnNetwork: true where the line is safe, such as to a proxy on a cable of its own.")
    }
    trustedProxies = try file.value(.trustedProxies, or: Self.loopback.contains(address) ? Self.loopback : [])
    forwardedField = try file.choice(.forwardedField, or: forwardedField)
    perMinute = try file.value(.perMinute, or: perMinute)
    hall = try file.value(.hall, or: hall)
    budget = try file.value(.budget, or: budget)
    if !plainTextOnNetwork, RemoteAddress(hall.address)?.isLoopback == false {
      throw file.refusal(
        .hall, ["address"], what: "at \"\(hall.address)\" passwords and personal data would pass the network in clear",
        mend: "Write \"127.0.0.1\", and let a proxy with TLS send the hall there (share/proxy).")
    }
    if hall.port == port, port != 0 {
      throw file.refusal(
        .hall, what: "the hall's listener has the portal's port \(port)",
        mend: "Give it one of its own, such as \(port == 8081 ? 8082 : 8081).")
    }
    writtenPublicAddress = try file.optional(.publicAddress)
    if let written = writtenPublicAddress,
      !written.hasPrefix("http://") && !written.hasPrefix("https://") || written.hasSuffix("/")
    {
      throw file.refusal(
        .publicAddress, what: "\"\(written)\" is not an address without a path",
        mend:
          "Write what people type into a browser, such as \"https://antre.example.go.id\", without a slash at its end.")
    }
    if let wrong = trustedProxies.firstIndex(where: { RemoteAddress($0) == nil }) {
      throw file.refusal(
        .trustedProxies, [.entry(wrong)], what: "\"\(trustedProxies[wrong])\" is no IP address",
        mend: "Write the proxy's address, such as \"127.0.0.1\" or \"::1\".")
    }
  }
}

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

/// The listener for officers, displays and what watches over the machine.
struct HallSettings: Decodable, Sendable {
  var address = "127.0.0.1"
  var port = 8081

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case address, port }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    address = try file.value(.address, or: address)
    guard RemoteAddress(address) != nil else {
      throw file.refusal(.address, what: "\"\(address)\" is no IP address", mend: Self.addressMend)
    }
    port = try file.number(.port, in: 0...65_535, or: port)
  }

  static let addressMend = "Write one of this machine's, such as \"127.0.0.1\" or \"::1\"."
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

/// The kiosk terminals.
struct TerminalSettings: Decodable, Sendable {
  /// The socket's name below the runtime directory.
  var socket = "kiosk"
  /// Seconds without a key until a terminal asks whether anybody is there (EN 301 549, WCAG 2.2.1: then 20 s more).
  var idleSeconds = 60
  /// The same key again before so long is held or bouncing.
  var repeatMilliseconds = 700
  /// A result stands for so long before Enter closes it.
  var resultMilliseconds = 1500
  var scanner = ScannerSettings()

  init() {}

  enum Keys: String, CodingKey, CaseIterable {
    case socket, idleSeconds, repeatMilliseconds, resultMilliseconds, scanner
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    socket = try file.value(.socket, or: socket)
    guard (1...40).contains(socket.utf8.count), socket.first != ".", socket != ControlSocket.name,
      socket.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    else {
      throw file.refusal(
        .socket, what: "\"\(socket)\" cannot name the terminals' socket",
        mend: "Write 1 to 40 letters, digits, -, _ or ., such as \"kiosk\", "
          + "and not \"\(ControlSocket.name)\", which is another one's name.")
    }
    idleSeconds = try file.number(.idleSeconds, in: 20...600, or: idleSeconds)
    repeatMilliseconds = try file.number(.repeatMilliseconds, in: 250...3000, or: repeatMilliseconds)
    resultMilliseconds = try file.number(.resultMilliseconds, in: 0...10_000, or: resultMilliseconds)
    scanner = try file.value(.scanner, or: scanner)
  }
}

/// How scanners at the kiosks are told from hands.
struct ScannerSettings: Decodable, Sendable {
  /// So many characters in a burst are no hand's.
  var characters = 3
  /// At most so far apart; the line may part a burst by `pauseMilliseconds`.
  var gapMilliseconds = 40
  var pauseMilliseconds = 250
  /// What the scanner sends before and after a code; none unless it is configured.
  var prefix: Character?
  var suffix: Character?

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case characters, gapMilliseconds, pauseMilliseconds, prefix, suffix }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    characters = try file.number(.characters, in: 2...20, or: characters)
    // A hand that types ten keys a second leaves 100 ms between two.
    gapMilliseconds = try file.number(.gapMilliseconds, in: 10...80, or: gapMilliseconds)
    pauseMilliseconds = try file.number(.pauseMilliseconds, in: 100...2000, or: pauseMilliseconds)
    prefix = try Self.character(.prefix, in: file)
    suffix = try Self.character(.suffix, in: file)
  }

  private static func character(_ key: Keys, in file: StrictContainer<Keys>) throws -> Character? {
    let text = try file.value(key, or: "")
    guard text.count <= 1, text.allSatisfy({ $0.isASCII && !$0.isNumber }) else {
      throw file.refusal(
        key, what: "\"\(text)\" is not one character that no code begins with",
        mend: "Write the character that the scanner sends, such as \"~\" or \"\\u0002\"; \"\" is none.")
    }
    return text.first
  }
}

/// Which modules take part.
struct ModuleSwitches: Decodable, Sendable {
  private var switches: [String: Bool] = [:]

  init() {}

  enum Keys: String, CodingKey, CaseIterable {
    case catalogue, registration, documents, queue, appointments, displays, reports, tracking, feedback, accessibility
    case officers, privacy, guides
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    for key in Keys.allCases { switches[key.rawValue] = try file.value(key, or: true) }
  }

  /// Whether the module of that name takes part; all do unless they are switched off.
  func isOn(_ module: String) -> Bool { switches[module, default: true] }
}

/// What goes into the log.
struct LogSettings: Decodable, Sendable {
  enum Level: String, CaseIterable, Sendable { case error, warning, notice, info, debug }

  var level = Level.info
  /// Whether security events name the sender's address.
  var addresses = false

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case level, addresses }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    level = try file.choice(.level, or: .info)
    addresses = try file.value(.addresses, or: addresses)
  }

  var least: LogLevel {
    switch level {
    case .error: .error
    case .warning: .warning
    case .notice: .notice
    case .info: .info
    case .debug: .debug
    }
  }
}

/// From where on the machine's date is doubted.
struct ClockSettings: Decodable, Sendable {
  private static let shipped = ClockRule()

  /// Minutes behind the latest time that has been.
  var behindMinutes = Int(shipped.behindMax.milliseconds / 60_000)
  /// Hours ahead of it after the machine was switched off.
  var aheadHours = Int(shipped.aheadMax.milliseconds / 3_600_000)
  /// Minutes ahead of it while the machine was on.
  var aheadRunningMinutes = Int(shipped.aheadRunningMax.milliseconds / 60_000)

  var rule: ClockRule {
    ClockRule(
      behindMax: .minutes(behindMinutes), aheadMax: .hours(aheadHours), aheadRunningMax: .minutes(aheadRunningMinutes))
  }

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case behindMinutes, aheadHours, aheadRunningMinutes }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    behindMinutes = try file.number(.behindMinutes, in: 1...1440, or: behindMinutes)
    // Long holidays are eleven days; more would let a wrong month pass.
    aheadHours = try file.number(.aheadHours, in: 1...480, or: aheadHours)
    aheadRunningMinutes = try file.number(.aheadRunningMinutes, in: 5...1440, or: aheadRunningMinutes)
  }
}

/// Who gives way while the disk that holds the state fills up; in megabytes (2^20 bytes).
struct SpaceSettings: Decodable, Sendable {
  var uploadsMegabytes = 512
  var applicationsMegabytes = 128
  var reserveMegabytes = 64

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case uploadsMegabytes, applicationsMegabytes, reserveMegabytes }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    uploadsMegabytes = try file.number(.uploadsMegabytes, in: 1...1_000_000, or: uploadsMegabytes)
    applicationsMegabytes = try file.number(.applicationsMegabytes, in: 1...1_000_000, or: applicationsMegabytes)
    // As much as a day's numbers and calls take, several times over.
    reserveMegabytes = try file.number(.reserveMegabytes, in: 16...10_000, or: reserveMegabytes)
    guard applicationsMegabytes <= uploadsMegabytes else {
      throw file.refusal(
        .applicationsMegabytes, what: "applications would be refused before files are",
        mend: "Write at most the number of uploadsMegabytes, \(uploadsMegabytes).")
    }
  }

  var floors: Space.Floors {
    Space.Floors(
      uploads: Int64(uploadsMegabytes) << 20, applications: Int64(applicationsMegabytes) << 20,
      reserve: Int64(reserveMegabytes) << 20)
  }
}

/// How old the last copy may be before `/kesehatan` says so.
struct BackupSettings: Decodable, Sendable {
  /// A night, and half a day to look at it.
  var ageHours = 36

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case ageHours }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    ageHours = try file.number(.ageHours, in: 1...8_760, or: ageHours)
  }
}
