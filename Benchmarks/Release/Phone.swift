import Client
import Core

/// A person's browser, as light as it can be, so that twenty thousand fit beside the server that they measure: cookies,
/// one connection while something is done, and answers searched as bytes.
struct Phone: Sendable {
  /// An answer and what is looked for in it.
  struct Page: Sendable {
    let status: Int
    let location: String?
    let refresh: Int?
    let bytes: [UInt8]

    /// The values of the inputs of that name.
    func values(_ name: String) -> [String] {
      let start = Self.start(name)
      var values: [String] = []
      var place = 0
      while let value = next(start, from: place) {
        values.append(String(decoding: value, as: UTF8.self))
        place = value.endIndex
      }
      return values
    }

    func value(_ name: String) -> String? {
      next(Self.start(name), from: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func start(_ name: String) -> [UInt8] { Array("name=\"\(name)\" value=\"".utf8) }

    /// What stands in quotes behind the next place of these bytes.
    private func next(_ start: [UInt8], from first: Int) -> ArraySlice<UInt8>? {
      var place = first
      while place + start.count <= bytes.count {
        if bytes[place] == start[0], bytes[place..<(place + start.count)].elementsEqual(start) {
          return bytes[(place + start.count)...].prefix { $0 != UInt8(ascii: "\"") }
        }
        place += 1
      }
      return nil
    }
  }

  /// As the server sees it behind its proxy.
  let network: String
  private(set) var cookies: [String: String] = [:]

  init(index: Int, cookies: [String: String] = [:]) {
    self.cookies = cookies
    network = "10.\(index >> 16 & 255).\(index >> 8 & 255).\(index & 255)"
  }

  mutating func get(_ path: String, over connection: Connection) throws -> Page {
    let page = try exchange("GET \(path) HTTP/1.1\r\n", body: "", over: connection)
    // What was written out, a number or a line, is taken out of the address at once; it is the same page.
    guard page.status == 303, let location = page.location, location != path, location.contains("~"),
      location.prefix(while: { $0 != "?" }) == path.prefix(while: { $0 != "?" })
    else { return page }
    return try exchange("GET \(location) HTTP/1.1\r\n", body: "", over: connection)
  }

  mutating func post(
    _ path: String, _ fields: [(name: String, value: String)], over connection: Connection
  ) throws -> Page {
    let body = fields.map { "\(Browser.encoded($0.name))=\(Browser.encoded($0.value))" }.joined(separator: "&")
    let head =
      "POST \(path) HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
    return try exchange(head, body: body, over: connection)
  }

  private mutating func exchange(_ head: String, body: String, over connection: Connection) throws -> Page {
    var text = head + "Host: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: id\r\nX-Forwarded-For: \(network)\r\n"
    if !cookies.isEmpty { text += "Cookie: \(cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))\r\n" }
    try connection.send(text + "\r\n" + body)
    let answer = try connection.readAnswer()
    for line in answer.all("set-cookie") {
      let sides = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      if sides.count == 2 { cookies[String(sides[0])] = String(sides[1]) }
    }
    return Page(
      status: answer.status, location: answer.location, refresh: answer.header("refresh").flatMap { Int($0) },
      bytes: answer.body)
  }
}
