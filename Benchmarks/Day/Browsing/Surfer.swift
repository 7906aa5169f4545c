internal import Client
internal import Core
internal import Dispatch

/// A person at a browser without JavaScript: opens pages, fills in their forms, follows where they lead.
///
/// Everything is measured and every address is remembered. Who is asked to wait (429) waits and asks again.
actor Surfer {
  private let executor = SerialQueueExecutor(label: "day.surfer")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private static let timeout = Duration.seconds(30)

  private let browser: Browser
  private let address: ServerAddress
  private let language: Language
  private let network: String
  private let measurements: Measurements

  /// - Parameter network: the address from which the person seems to come; believed by a server that trusts us
  ///   as its proxy.
  init(_ address: ServerAddress, language: Language, network: String, measurements: Measurements) {
    self.address = address
    self.language = language
    self.network = network
    self.measurements = measurements
    browser = Browser(port: address.port, language: language.rawValue, timeout: Self.timeout)
    browser.headers.append(("X-Forwarded-For", network))
  }

  /// Opens a page and follows redirects.
  func open(_ path: String) async throws -> Page { try await arrive(at: path, get(path)) }

  /// Presses the button of a form and follows where it leads.
  func send(_ form: Form) async throws -> Page {
    let answer = try await post(form)
    return try await arrive(at: form.action, answer)
  }

  /// Presses the button twice before the first answer is there, as impatient people do. The second request
  /// goes over a connection of its own, with the same cookies and the same form.
  ///
  /// - Returns: what each of the two led to.
  func sendTwice(_ form: Form) async throws -> (first: Page, second: Page) {
    let twin = Surfer(address, language: language, network: network, measurements: measurements)
    await twin.take(browser.cookies)
    async let second = twin.send(form)
    let first = try await send(form)
    return (first, try await second)
  }

  /// Sends a form and loses the line before the answer comes.
  func sendAndLoseTheLine(_ form: Form) throws {
    let connection = try Connection(port: address.port, timeout: Self.timeout)
    let body = form.fields.map { "\(Browser.encoded($0.name))=\(Browser.encoded($0.value))" }.joined(separator: "&")
    var head = "POST \(form.action) HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\n"
    for (name, value) in browser.headers { head += "\(name): \(value)\r\n" }
    let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    head += "Cookie: \(cookies)\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    try connection.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
    measurements.noteAddress(form.action)
    connection.reset()
  }

  /// Opens an event stream; it has a connection of its own.
  func events(_ path: String) throws -> EventReader {
    measurements.noteAddress(path)
    return try browser.events(path)
  }

  /// Closes the kept connection.
  func close() { browser.close() }

  private func take(_ cookies: [String: String]) {
    for (name, value) in cookies { browser.setCookie(name, value) }
  }

  // MARK: Requests

  private func get(_ path: String) async throws -> Answer {
    try await patiently { try self.measured("GET", path) { try self.browser.get(path) } }
  }

  private func post(_ form: Form) async throws -> Answer {
    try await patiently {
      try self.measured("POST", form.action) { try self.browser.post(form.action, fields: form.fields) }
    }
  }

  private func arrive(at path: String, _ answer: Answer) async throws -> Page {
    var (path, answer) = (path, answer)
    for _ in 0..<5 {
      guard answer.status == 303, let location = answer.location else { break }
      path = location
      answer = try await get(location)
    }
    return Page(answer, path: path)
  }

  private func patiently(_ ask: () throws -> Answer) async throws -> Answer {
    for _ in 0..<20 {
      let answer = try ask()
      guard answer.status == 429, let seconds = answer.header("retry-after").flatMap({ Int($0) }) else {
        return answer
      }
      measurements.noteAskedToWait()
      try await Task.sleep(for: .seconds(seconds))
    }
    throw Trouble("asked to wait again and again")
  }

  private func measured(_ method: String, _ path: String, _ ask: () throws -> Answer) throws -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    let answer = try ask()
    measurements.note(method, path, answer.status, took: clock.now - start)
    return answer
  }
}

/// Addresses that people keep.
enum Link {
  /// A piece of a path, with everything but plain characters percent-encoded.
  static func encoded(_ piece: String) -> String { Browser.encoded(piece) }
}
