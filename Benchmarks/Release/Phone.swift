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
    let text: String

    /// The values of the inputs of that name.
    func values(_ name: String) -> [String] {
      text.ranges(of: "name=\"\(name)\" value=\"").compactMap { found in
        text[found.upperBound...].prefix { $0 != "\"" }.description
      }
    }

    func value(_ name: String) -> String? { values(name).first }
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
      text: answer.text)
  }
}
