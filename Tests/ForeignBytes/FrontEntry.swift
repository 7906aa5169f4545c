internal import Client
internal import Foundation
internal import Synchronization
internal import Web

/// What a browser, a proxy or an attacker sends over one connection: each request that is beyond doubt is answered once and
/// in its order, nothing follows an answer that ends the connection, whatever comes is never taken for more requests than
/// it has lines, the connection ends, and others are served meanwhile.
struct FrontEntry: FuzzEntry {
  static let name = "http"
  static let byteCountMax = 16_384

  private static let good = "GET /gema/akhir HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n"

  static let seeds = [
    "GET / HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET /gema/satu HTTP/1.1\r\nHost: uji\r\n\r\nGET /gema/dua HTTP/1.1\r\nHost: uji\r\n\r\n",
    "HEAD /gema/satu HTTP/1.1\r\nHost: uji\r\n\r\nGET /gema/dua HTTP/1.1\r\nHost: uji\r\n\r\n",
    "POST /formulir HTTP/1.1\r\nHost: uji\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=1&b=2GET /gema/x HTTP/1.1\r\nHost: uji\r\n\r\n",
    "POST /formulir HTTP/1.1\r\nHost: uji\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=1\r\n0\r\n\r\nGET /gema/x HTTP/1.1\r\nHost: uji\r\n\r\n",
    "POST /formulir HTTP/1.1\r\nHost: uji\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /gema/x HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET /gema/x HTTP/1.1\r\nHost: uji\r\nContent-Length : 5\r\n\r\nGET /",
    "GET /gema/x HTTP/1.1\nHost: uji\n\nGET /gema/y HTTP/1.1\r\nHost: uji\r\n X: 1\r\n\r\n",
    "GET /gema/x HTTP/1.0\r\n\r\nGET /gema/y HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET /gema/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /gema/x HTTP/1.1\r\n\r\n",
    "POST /json HTTP/1.1\r\nHost: uji\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "POST /muat HTTP/1.1\r\nHost: uji\r\nExpect: 100-continue\r\nContent-Type: multipart/form-data; boundary=batas\r\nContent-Length: 99\r\n\r\n--batas\r\n",
    "GET /cari?q=a%20b&bahasa=en&besar=ya HTTP/1.1\r\nHost: uji\r\nCookie: tamu=1; bahasa=id; tampilan=bk; a\r\nAccept-Language: en;q=0.5, id\r\nAccept: text/html\r\n\r\n",
    "GET /petugas/uji HTTP/1.1\r\nHost: uji\r\nCookie: petugas=T0KEN\r\nX-Forwarded-For: 192.0.2.1, [2001:db8::1]:80\r\nSec-Fetch-Site: cross-site\r\n\r\n",
    "POST /tampilan HTTP/1.1\r\nHost: uji\r\nContent-Length: 0\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET http://uji/gema/x HTTP/1.1\r\nHost: uji\r\n\r\n", "CONNECT uji:443 HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET /%2e%2e/gema%2fx%00 HTTP/1.1\r\nHost: uji\r\n\r\n",
    "GET /aset/gapura.css?v=1 HTTP/1.1\r\nHost: uji\r\nAccept-Encoding: gzip;q=0\r\nIf-None-Match: \"x\"\r\n\r\n",
    "GET /gema/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "\r\n\r\nGET / HTTP/1.1\r\nHost: uji\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "GET /.hidup HTTP/1.1\r\nHost: uji\r\n\r\nGET /.hidup HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
  ].map { Array($0.utf8) }

  static let words = [
    "GET ", "HEAD ", "POST ", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "Host: uji\r\n", "\r\n\r\n", "\r\n", "\n", "\r", " ",
    "\t",
    "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n",
    "Expect: 100-continue\r\n", "Upgrade: h2c\r\n", "0\r\n\r\n", "1\r\nx\r\n", ";x=y", "Cookie: ", "tamu=", "petugas=",
    "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: multipart/form-data; boundary=batas\r\n",
    "Content-Type: application/json\r\n", "Accept-Language: ", "Accept-Encoding: gzip\r\n", "X-Forwarded-For: ",
    "/gema/", "/cari?q=", "/formulir", "/muat", "/json", "/tampilan", "/petugas/uji", "/aset/", "%00", "%2f",
    "?bahasa=en",
  ]

  private static let moment = Duration.milliseconds(3)
  private static let pause = Duration.milliseconds(200)
  private static let patience = Duration.seconds(4)

  private let office: FuzzOffice
  private let neighbour = FuzzConnection()

  init() throws { office = try FuzzOffice.shared.get() }

  func check(_ bytes: [UInt8]) throws {
    let plain = PlainRequests(bytes)
    let connection = try FuzzConnection.open(on: office.port)
    // The server may refuse the beginning and close before it has been sent the rest.
    let isSent = (try? connection.send(bytes)) != nil
    var isOver = false
    for request in plain.requests where !isOver { isOver = try checkAnswer(to: request, over: connection) }
    if isOver {
      try hold(try end(of: connection).isEmpty, "something follows the last answer")
    } else if plain.rest.isEmpty {
      try connection.send(Self.good)
      let answer = try answered(connection, "a good request behind \(plain.requests.count) plain ones")
      try hold(answer.text == "akhir", "a good request was answered \(answer.status) \(answer.text)")
      try hold(try end(of: connection).isEmpty, "something follows the last answer")
    } else {
      if let bytes = try rest(of: connection, isSent: isSent) { try checkRest(bytes, after: plain.rest) }
    }
    connection.close()
    let answer = try neighbour.ask(Array("GET /gema/tetangga HTTP/1.1\r\nHost: uji\r\n\r\n".utf8), on: office.port)
    try hold(answer.text == "tetangga", "a neighbour was answered \(answer.status) \(answer.text)")
  }

  /// - Returns: whether it was the connection's last.
  private func checkAnswer(to request: PlainRequests.One, over connection: Connection) throws -> Bool {
    let answer = try answered(connection, "\(request.method) \(request.target)", toHead: request.method == "HEAD")
    try check(answer)
    let path = request.target.prefix { $0 != "?" }
    if request.method == "GET", path.hasPrefix("/gema/"), path.dropFirst(6).allSatisfy({ $0.isLetter || $0.isNumber }),
      path.count > 6, !request.target.contains("?"), answer.status == 200
    {
      try hold(answer.text == path.dropFirst(6), "\(request.target) was answered \(EscapedBytes.text(of: answer.body))")
    }
    return answer.header("connection")?.lowercased() == "close"
  }

  private func answered(_ connection: Connection, _ what: String, toHead: Bool = false) throws -> Answer {
    do { return try connection.readAnswer(toHead: toHead) } catch { throw Finding("no answer to \(what): \(error)") }
  }

  /// What still comes until the other end closes.
  private func end(of connection: Connection) throws -> [UInt8] {
    do {
      return try connection.readToEnd()
    } catch Connection.Failure.reset {
      return []
    } catch {
      throw Finding("the connection does not end: \(error)")
    }
  }

  /// What comes back for bytes that are no plain request; nil where the server waits for more, as it may: then the
  /// connection is cut, and the server must notice.
  private func rest(of connection: Connection, isSent: Bool) throws -> [UInt8]? {
    // libmicrohttpd hears of an end that comes together with the last bytes by its time-out only, so it comes a little later.
    connection.limit(Self.moment)
    if let bytes = received(over: connection) { return bytes }
    if isSent { connection.finishSending() }
    connection.limit(Self.pause)
    if let bytes = received(over: connection) { return bytes }
    connection.reset()
    let deadline = ContinuousClock.now + Self.patience
    // The neighbour's stays open.
    while office.server.statistics.connectionCount > 2 {
      guard ContinuousClock.now < deadline else { throw Finding("a connection that was cut is still there") }
      usleep(500)
    }
    return nil
  }

  /// Everything, if the other end closes in time.
  private func received(over connection: Connection) -> [UInt8]? {
    do {
      return try connection.readToEnd()
    } catch Connection.Failure.timedOut {
      return nil
    } catch {
      return []
    }
  }

  /// Answers to what no plain reading understands: whole ones, no more than there are lines, and none behind one that ends
  /// the connection.
  private func checkRest(_ bytes: [UInt8], after sent: ArraySlice<UInt8>) throws {
    // An answer to HEAD says how long a body would be that does not come.
    let mayHaveHead = String(decoding: sent, as: UTF8.self).contains("HEAD")
    let lineCount = sent.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    var rest = bytes[...]
    var answerCount = 0
    while !rest.isEmpty {
      guard let head = AnswerHead(&rest) else {
        throw Finding("no answer: \(EscapedBytes.text(of: rest.prefix(300)))")
      }
      try hold(![500, 502, 503, 504].contains(head.status), "answered \(head.status)")
      if head.status == 100 { continue }
      answerCount += 1
      if mayHaveHead { return }
      try hold(head.takeBody(from: &rest), "an answer that is not whole: \(head)")
      try hold(
        !head.isLast || rest.isEmpty, "something follows the last answer: \(EscapedBytes.text(of: rest.prefix(300)))")
    }
    try hold(answerCount <= lineCount, "\(answerCount) answers to \(lineCount) lines")
  }

  /// What every answer is.
  private func check(_ answer: Answer) throws {
    try hold((200...431).contains(answer.status), "status \(answer.status)")
    try hold(
      answer.headers.allSatisfy { field in
        !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
          && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
      }, "a header field that is none: \(answer.headers)")
    let framings = answer.headers.count { ["content-length", "transfer-encoding"].contains($0.name) }
    try hold(framings == 1 || answer.status == 304, "\(framings) framings: \(answer.headers)")
    if answer.header("content-type")?.hasPrefix("text/html") == true {
      try hold(answer.header("content-security-policy") != nil, "a page without a policy: \(answer.headers)")
    }
  }
}

/// The head of an answer, read from bytes that have all come.
private struct AnswerHead {
  let status: Int
  let fields: [String: String]

  /// Whether it ends its connection.
  var isLast: Bool { fields["connection"]?.lowercased() == "close" }

  init?(_ bytes: inout ArraySlice<UInt8>) {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", let status = Int(words[1]) else {
      return nil
    }
    self.status = status
    fields = Dictionary(
      lines.dropFirst().compactMap { line in
        line.firstIndex(of: ":").map {
          (line[..<$0].lowercased(), line[$0...].dropFirst().drop { $0 == " " }.description)
        }
      }, uniquingKeysWith: { first, _ in first })
    bytes = bytes[end.upperBound...]
  }

  /// Steps over the body; false where it is not whole.
  func takeBody(from bytes: inout ArraySlice<UInt8>) -> Bool {
    if status == 204 || status == 304 { return true }
    // Until the connection's end.
    guard let count = fields["content-length"].flatMap({ Int($0) }) else {
      bytes = []
      return true
    }
    guard bytes.count >= count else { return false }
    bytes = bytes.dropFirst(count)
    return true
  }
}
