import Contracts
import Core

/// `documents.json5`: how much is taken, and which virus scanner is asked.
struct DocumentSettings: Sendable, Equatable {
  /// A photograph of a page by a phone has 2 to 4 MB.
  var limits = DocumentLimits(byteCountMax: 5 * 1024 * 1024, countPerPersonMax: 30)
  /// Nil where the office has none.
  var scanner: ClamdSettings?
}

/// Where clamd listens (clamd.conf(5): `LocalSocket` or `TCPSocket`).
struct ClamdSettings: Sendable, Equatable {
  /// Where it is not this machine's, the documents cross the line in clear.
  var address: SocketAddress
  /// How long one step of a scan may take before clamd counts as away.
  var timeout = Duration.seconds(20)
  /// How often waiting documents are tried again.
  var retryInterval = Duration.seconds(60)
}

extension DocumentSettings: Decodable {
  private enum Keys: String, CodingKey, CaseIterable {
    case kilobytesPerDocument, documentsPerPerson, megabytesPerDay, clamd
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    // 100 MB: what a phone sends in some minutes. 200 documents: more than any service asks for.
    let kilobytes = try file.number(.kilobytesPerDocument, in: 1...102_400, or: limits.byteCountMax / 1024)
    let count = try file.number(.documentsPerPerson, in: 1...200, or: limits.countPerPersonMax)
    let perDay = try file.value(.megabytesPerDay, or: MegabytesPerDay())
    limits = DocumentLimits(byteCountMax: kilobytes * 1024, countPerPersonMax: count, quotas: perDay.quotas)
    guard limits.quotas.perApplication >= limits.byteCountMax else {
      throw file.refusal(
        .megabytesPerDay, what: "the largest document would not be taken even as the day's first",
        mend: "Write at least \((kilobytes + 1023) / 1024) for application.")
    }
    scanner = try file.optional(.clamd)
  }
}

/// How much may be sent in one day.
private struct MegabytesPerDay: Decodable {
  private enum Keys: String, CodingKey, CaseIterable { case application, network, everybody }

  private static let shipped = DocumentQuotas()

  private var application = shipped.perApplication / DocumentSize.megabyte
  private var network = shipped.perNetwork / DocumentSize.megabyte
  private var everybody = shipped.forEverybody / DocumentSize.megabyte

  init() {}

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    // A terabyte: more than an office's disk.
    application = try file.number(.application, in: 1...1_000_000, or: application)
    network = try file.number(.network, in: 1...1_000_000, or: max(network, application))
    everybody = try file.number(.everybody, in: 1...1_000_000, or: max(everybody, network))
    guard application <= network, network <= everybody else {
      throw file.refusal(
        what: "one part may have more than the whole: \(application), \(network) and \(everybody) megabytes",
        mend: "Write at most as much for application as for network, and for network as for everybody.")
    }
  }

  var quotas: DocumentQuotas {
    DocumentQuotas(
      perApplication: application * DocumentSize.megabyte, perNetwork: network * DocumentSize.megabyte,
      forEverybody: everybody * DocumentSize.megabyte)
  }
}

extension ClamdSettings: Decodable {
  private enum Keys: String, CodingKey, CaseIterable { case socket, address, port, timeoutSeconds, retrySeconds }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    guard file.has(.socket) != file.has(.address) else {
      throw file.refusal(
        what: "clamd needs either a socket or an address",
        mend: "Write socket: \"/run/clamav/clamd.ctl\", or address: \"127.0.0.1\" and port: 3310.")
    }
    if file.has(.socket) {
      // The kernel's own limit, with its zero byte (unix(7)).
      address = .unix(try file.text(.socket, characterCountMax: 107))
    } else {
      let host = try file.text(.address, characterCountMax: 15)
      guard SocketAddress.isIPv4(host) else {
        throw file.refusal(.address, what: "\"\(host)\" is no IPv4 address", mend: "Write one such as \"127.0.0.1\".")
      }
      address = .tcp(host, UInt16(try file.number(.port, in: 1...65_535, or: 3310)))
    }
    timeout = .seconds(try file.number(.timeoutSeconds, in: 1...300, or: 20))
    retryInterval = .seconds(try file.number(.retrySeconds, in: 1...3600, or: 60))
  }
}
