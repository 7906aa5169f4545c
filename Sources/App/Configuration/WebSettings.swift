import Core
import Web

/// Where the server listens and how browsers reach it.
struct WebSettings: Decodable, Sendable {
  var address = "127.0.0.1"
  var port = 8080
  /// Whether others than this machine may connect without TLS: what people type then passes the network in clear.
  var plainTextOnNetwork = false
  /// What people type into a browser, without a slash at its end; nil where it is not configured.
  private var writtenPublicAddress: String?
  /// Reverse proxies that are believed when they say for whom they ask: unless it is configured, those on this machine, while
  /// no other machine can connect. Without them all clients would share the proxy's rates.
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
    try checkAddress(file)
    trustedProxies = try file.value(.trustedProxies, or: Self.loopback.contains(address) ? Self.loopback : [])
    forwardedField = try file.choice(.forwardedField, or: forwardedField)
    perMinute = try file.value(.perMinute, or: perMinute)
    hall = try file.value(.hall, or: hall)
    budget = try file.value(.budget, or: budget)
    try checkHall(file)
    writtenPublicAddress = try file.optional(.publicAddress)
    try checkPublicAddress(file)
    if let wrong = trustedProxies.firstIndex(where: { RemoteAddress($0) == nil }) {
      throw file.refusal(
        .trustedProxies, [.entry(wrong)], what: "\"\(trustedProxies[wrong])\" is no IP address",
        mend: "Write the proxy's address, such as \"127.0.0.1\" or \"::1\".")
    }
  }

  private func checkAddress(_ file: StrictContainer<Keys>) throws {
    guard let place = RemoteAddress(address) else {
      throw file.refusal(.address, what: "\"\(address)\" is no IP address", mend: HallSettings.addressMend)
    }
    if !plainTextOnNetwork, !place.isLoopback {
      throw file.refusal(
        .address, what: "at \"\(address)\" passwords and personal data would pass the network in clear",
        mend: "Write \"127.0.0.1\" and put a proxy with TLS in front (share/proxy), "
          + "or plainTextOnNetwork: true where the line is safe, such as to a proxy on a cable of its own.")
    }
  }

  private func checkHall(_ file: StrictContainer<Keys>) throws {
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
  }

  private func checkPublicAddress(_ file: StrictContainer<Keys>) throws {
    if let written = writtenPublicAddress,
      !written.hasPrefix("http://") && !written.hasPrefix("https://") || written.hasSuffix("/")
    {
      throw file.refusal(
        .publicAddress, what: "\"\(written)\" is not an address without a path",
        mend:
          "Write what people type into a browser, such as \"https://antre.example.go.id\", without a slash at its end.")
    }
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
