import Client
import Foundation
import PasskeyHarness
import XCTest

/// The shipped configurations for nginx and Caddy, with the real programs in front of the real office.
final class ReverseProxyTests: XCTestCase {
  private static let documentByteCountMax = 5 * 1024 * 1024
  private static let bodyByteCountMax = 20 * 1024 * 1024

  /// An office as the configurations say, and each proxy in front of it.
  private func proxied(
    perMinute: String = "{ signIn: 100000, lookUp: 100000, submit: 100000 }",
    network: String = ReverseProxy.shippedNetwork
  ) throws -> (office: OfficeProcess, proxies: [(name: String, proxy: ReverseProxy)]) {
    let office = try closedOffice()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    try String(contentsOf: file, encoding: .utf8)
      .replacing(/publicAddress: ".*?"/, with: "publicAddress: \"https://\(ReverseProxy.name)\"")
      .replacing(/perMinute: \{.*?\}/, with: "perMinute: \(perMinute)")
      .write(to: file, atomically: true, encoding: .utf8)
    try office.start()
    return (
      office,
      [
        ("nginx", try ended(ReverseProxy.nginx(before: office, network: network))),
        ("Caddy", try ended(ReverseProxy.caddy(before: office, network: network))),
      ]
    )
  }

  private func ended(_ proxy: ReverseProxy) -> ReverseProxy {
    addTeardownBlock { proxy.end() }
    return proxy
  }

  func testPagesAndFormsPassOverTLSAndHTTP2() throws {
    let (office, proxies) = try proxied()
    let password = try office.addOfficer("petugas", role: "clerk")
    for (name, proxy) in proxies {
      let curl = Curl(proxy)
      let home = try curl.get("/")
      XCTAssertEqual(home.version, "2", name)
      XCTAssertEqual(home.answer.status, 200, name)
      XCTAssertEqual(home.answer.all("strict-transport-security").count, 1, name)
      XCTAssertEqual(home.answer.all("content-security-policy").count, 1, name)
      let form = try XCTUnwrap(curl.get("/petugas/masuk").answer.form(to: "/petugas/masuk"), name)
      let signedIn = try curl.post(form.filled(["nama": "petugas", "sandi": password])).answer
      XCTAssertEqual(signedIn.status, 303, name)
      XCTAssertTrue(signedIn.all("set-cookie").allSatisfy { $0.contains("; Secure") }, name)
      XCTAssertEqual(try curl.get("/petugas/loket").answer.status, 200, name)
      let asset = try XCTUnwrap(home.answer.text.firstMatch(of: /href="(\/aset\/[^"]+\.css[^"]*)"/)?.output.1, name)
      let packed = try curl.get(String(asset), ["Accept-Encoding: gzip"]).answer
      XCTAssertEqual(packed.header("content-encoding"), "gzip", name)
      let page = try curl.get("/petugas/loket", ["Accept-Encoding: gzip"]).answer
      XCTAssertNil(page.header("content-encoding"), "\(name): a page with a secret is not packed")
    }
  }

  /// Whatever a request says of its host: the configuration says what people type.
  func testPasskeysAreForTheAddressThatPeopleTypeBehindEachProxy() throws {
    let (office, proxies) = try proxied()
    for (name, proxy) in proxies {
      let officer = Curl(proxy)
      // One each: with a key the password alone lets no officer in.
      try officer.signIn(name.lowercased(), office.addOfficer(name.lowercased(), role: "clerk"))
      var key = try SoftKey(party: ReverseProxy.name, origin: "https://\(ReverseProxy.name)")
      let ask = try XCTUnwrap(officer.get("/petugas/kunci").answer.form(to: "/petugas/kunci/baru"), name)
      let asked = try officer.post(ask.filled(["nama": "Kunci \(name)"])).answer
      let made = try XCTUnwrap(asked.form(to: "/petugas/kunci"), name).filled(key.create(on: asked))
      XCTAssertEqual(try officer.post(made).answer.status, 303, name)
      for (origin, host, status) in [
        ("https://\(ReverseProxy.name)", "", 303), ("http://\(ReverseProxy.name)", "", 422),
        ("https://jahat.example", "X-Forwarded-Host: jahat.example", 422),
      ] {
        key.origin = origin
        let counter = Curl(proxy, from: "127.0.0.5")
        let page = try counter.get("/petugas/masuk").answer
        let form = try XCTUnwrap(page.form(to: "/petugas/masuk/kunci"), name)
        let headers = host.isEmpty ? [] : [host]
        let options = try counter.get("/petugas/masuk/kunci", ["Accept: application/json"] + headers).answer
        let shown = try counter.post(form.filled(key.show(options))).answer
        XCTAssertEqual(shown.status, status, "\(name): \(origin)")
      }
    }
  }

  func testPlainHTTPIsSentOnToTLS() throws {
    for (name, proxy) in try proxied().proxies {
      let answer = try Curl(proxy, isSecure: false).get("/tiket/ABC?cetak=1").answer
      XCTAssertEqual(answer.status, 308, name)
      XCTAssertEqual(answer.location, "https://\(ReverseProxy.name)/tiket/ABC?cetak=1", name)
    }
  }

  func testMonitoringStaysInside() throws {
    let (office, proxies) = try proxied()
    let inside = Browser(port: office.hallPort)
    XCTAssertEqual(try inside.get("/metrics").status, 200)
    XCTAssertEqual(try inside.get("/kesehatan").status, 200)
    for (name, proxy) in proxies {
      let curl = Curl(proxy)
      for page in ["metrics", "kesehatan", ".hidup"] {
        for path in [
          "/\(page)", "/\(page)/", "//\(page)", "/./\(page)", "/x/../\(page)", "/\(page)?a=b", "/%2F\(page)",
        ] {
          XCTAssertEqual(try curl.get(path).answer.status, 404, "\(name): \(path)")
        }
        let encoded = "/%\(String(page.utf8.first ?? 0, radix: 16))\(page.dropFirst())"
        XCTAssertEqual(try curl.get(encoded).answer.status, 404, "\(name): \(encoded)")
      }
    }
    let plain = try ended(ReverseProxy.plainNginx(before: office.port))
    XCTAssertEqual(try Curl(plain, isSecure: false).get("/metrics").answer.status, 404, "nginx without any settings")
  }

  func testOfficersAndDisplaysOfTheOfficesOwnNetworksComeInByTheHallsListener() throws {
    let (office, proxies) = try proxied(network: "127.0.3.0/24")
    let inside = Browser(port: office.hallPort)
    func answers() throws -> Int {
      let metrics = try inside.get("/metrics").text
      let line = try XCTUnwrap(metrics.firstMatch(of: /gapura_web_answers\{listener="portal"\} (\d+)/))
      return try XCTUnwrap(Int(line.output.1))
    }
    for (name, proxy) in proxies {
      let curl = Curl(proxy, from: "127.0.3.1")
      let before = try answers()
      for path in ["/petugas/masuk", "/petugas", "/display", "/aset/gapura.css"] {
        XCTAssertLessThan(try curl.get(path).answer.status, 400, "\(name): \(path)")
      }
      XCTAssertEqual(try answers(), before, "\(name): none of them came by the portal")
      XCTAssertEqual(try curl.get("/petugas-lain").answer.status, 404, name)
      XCTAssertEqual(try curl.get("/").answer.status, 200, name)
      XCTAssertEqual(try answers(), before + 2, name)
      // Visitors' phones are in a network that nobody has named.
      let visitor = Curl(proxy, from: "127.0.4.1")
      for path in ["/petugas/masuk", "/display", "/aset/gapura.css"] {
        XCTAssertLessThan(try visitor.get(path).answer.status, 400, "\(name): \(path)")
      }
      XCTAssertEqual(try answers(), before + 5, "\(name): all of them came by the portal")
    }
  }

  /// The hall's wireless is often in the same private range as the counters.
  func testNoNetworkButThisMachineIsTheOfficesUntilSomebodyNamesIt() throws {
    func lines(_ file: String) throws -> [String] {
      try String(contentsOf: OfficeProcess.repository.appendingPathComponent("share/proxy/\(file)"), encoding: .utf8)
        .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.hasPrefix("#") }
    }
    let nginx = try lines("nginx.conf")
    let start = try XCTUnwrap(nginx.firstIndex(of: "geo $gapura_is_office {"))
    XCTAssertEqual(
      nginx[(start + 1)...].prefix { $0 != "}" }, ["default 0;", "\(ReverseProxy.shippedNetwork) 1;", "::1/128 1;"])
    XCTAssertEqual(
      try lines("Caddyfile").filter { $0.hasPrefix("remote_ip ") }, ["remote_ip \(ReverseProxy.shippedNetwork) ::1"])
  }

  func testEachClientIsSeenByItsOwnAddressWhateverItSaysOfItself() throws {
    for (name, proxy) in try proxied(perMinute: "{ signIn: 20, lookUp: 3, submit: 300 }").proxies {
      // Each code of a paper that does not exist counts against the sender.
      func statuses(_ curl: Curl, _ headers: [String] = []) throws -> [Int] {
        try (0..<4).map { try curl.get("/k/TAK-ADA-\($0)", headers).answer.status }
      }
      let (first, second) = name == "nginx" ? ("127.0.1.1", "127.0.1.2") : ("127.0.2.1", "127.0.2.2")
      XCTAssertEqual(try statuses(Curl(proxy, from: first)), [404, 404, 404, 429], name)
      for header in [
        "X-Forwarded-For: 198.51.100.9", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=198.51.100.9",
        "X-Real-IP: 198.51.100.9", "X-Forwarded-For: 198.51.100.9, 127.0.0.1", "x-forwarded-for: [2001:db8::9]:80",
      ] {
        XCTAssertEqual(
          try Curl(proxy, from: first).get("/k/TAK-ADA", [header]).answer.status, 429, "\(name): \(header)")
      }
      XCTAssertEqual(try statuses(Curl(proxy, from: second)), [404, 404, 404, 429], "\(name): another has their own")
    }
  }

  func testLargestDocumentPassesAndLargerOnesAreRefusedInWords() throws {
    let (_, proxies) = try proxied()
    for (person, (name, proxy)) in proxies.enumerated() {
      let curl = Curl(proxy)
      let receipt = try curl.apply(person: person)
      let form = try XCTUnwrap(
        curl.get("\(receipt)/dokumen").answer.forms.first { $0.action.contains("/dokumen/") }, name)
      let largest = try curl.upload(form, Self.document(Self.documentByteCountMax), as: "berkas").answer
      XCTAssertEqual(largest.status, 303, "\(name): \(largest.text)")
      XCTAssertTrue(try curl.get(largest.location ?? "").answer.text.contains("Sudah masuk"), name)

      let larger = try curl.upload(form, Self.document(Self.documentByteCountMax + 1), as: "berkas").answer
      XCTAssertEqual(larger.status, 413, name)
      XCTAssertTrue(larger.text.contains("Berkas ini terlalu besar"), name)
      XCTAssertNotNil(larger.form(to: form.action), "\(name): the page of the form, with words beside its field")

      let film = try curl.upload(form, Self.document(Self.bodyByteCountMax + 1), as: "berkas", isRefusedEarly: true)
        .answer
      XCTAssertEqual(film.status, 413, name)
      XCTAssertEqual(film.heading, "Berkas ini terlalu besar", name)
      XCTAssertEqual(film.header("content-type"), "text/html; charset=utf-8", name)
      XCTAssertFalse(proxy.log.contains("temporary file"), "\(name) has written a document to the disk: \(proxy.log)")
    }
  }

  func testStreamsBeginAtOnceGoOnAndBringACall() throws {
    let (office, proxies) = try proxied()
    let password = try office.addOfficer("petugas", role: "clerk")
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let plain = try ended(ReverseProxy.plainNginx(before: office.port))
    var streams: [(name: String, program: ChildProcess)] = []
    for (name, curl) in proxies.map({ ($0.name, Curl($0.proxy)) }) + [("nginx as it is", Curl(plain, isSecure: false))]
    {
      // Cookies are for TLS only; the session is the same one.
      if !name.hasSuffix("it is") { try curl.signIn("petugas", password) }
      let paths =
        ["/display/peristiwa", "/tiket/\(ticket.code)/peristiwa"]
        + (name.hasSuffix("it is") ? [] : ["/petugas/loket/peristiwa", "/petugas/bantuan/peristiwa"])
      for path in paths { streams.append(("\(name): \(path)", try curl.events(path))) }
    }
    // Sooner than a sign of life would come.
    for stream in streams { try stream.program.waitForLine(within: .seconds(10)) { $0.hasPrefix(":") } }
    let silent = streams.filter { $0.name.hasSuffix("bantuan/peristiwa") }
    let lines = silent.map { $0.program.speech.output.count { $0 == UInt8(ascii: "\n") } }

    let officer = Browser(port: office.port)
    let form = try XCTUnwrap(officer.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    _ = try officer.submit(form.filled(["nama": "petugas", "sandi": password]))
    XCTAssertEqual(try officer.post("/petugas/loket/1/buka", [:]).status, 303)
    let call = try XCTUnwrap(officer.visit("/petugas/loket/1").form(to: "/petugas/loket/1/panggil"))
    XCTAssertEqual(try officer.submit(call).status, 303)
    for stream in streams where stream.name.contains("/display/") {
      try stream.program.waitForLine { $0 == "event: call" }
      try stream.program.waitForLine { $0.hasPrefix("data: {") && $0.contains(ticket.number) }
    }
    for stream in streams where stream.name.contains("/tiket/") {
      try stream.program.waitForLine { $0 == "data: tiket" }
    }
    XCTAssertEqual(silent.count, 2)
    for (stream, lineCount) in zip(silent, lines) {
      try stream.program.waitForLines(lineCount + 1, within: .seconds(30))
      XCTAssertTrue(stream.program.isRunning, stream.name)
    }
    for stream in streams { stream.program.end(with: SIGTERM) }
  }

  /// Once each: what Gapura has said of its own page is not said again.
  private static let fields = [
    "strict-transport-security", "content-security-policy", "x-content-type-options", "referrer-policy",
  ]

  func testPagesThatTheProxiesWriteThemselvesAreAsStrictAsGapuras() throws {
    let (office, proxies) = try proxied()
    for (name, proxy) in proxies {
      let curl = Curl(proxy)
      for path in ["/", "/petugas/masuk", "/tiket/TAK-ADA", "/metrics"] {
        let answer = try curl.get(path).answer
        for field in Self.fields { XCTAssertEqual(answer.all(field).count, 1, "\(name): \(path): \(field)") }
      }
      let sentOn = try Curl(proxy, isSecure: false).get("/").answer
      for field in Self.fields.dropFirst() { XCTAssertEqual(sentOn.all(field).count, 1, "\(name): \(field)") }
      let film = try curl.post("/", [UInt8](repeating: 0x61, count: Self.bodyByteCountMax + 1)).answer
      XCTAssertEqual(film.status, 413, name)
      for field in Self.fields { XCTAssertEqual(film.all(field).count, 1, "\(name): 413: \(field)") }
    }
    office.stop()
    for (name, proxy) in proxies {
      let away = try Curl(proxy).get("/").answer
      XCTAssertEqual(away.status, 503, name)
      XCTAssertTrue(away.header("content-security-policy")?.contains("frame-ancestors 'none'") == true, name)
      for field in Self.fields + ["retry-after"] { XCTAssertEqual(away.all(field).count, 1, "\(name): 503: \(field)") }
    }
  }

  func testOnlyCiphersThatAlsoAuthenticateAreOffered() throws {
    for (name, proxy) in try proxied().proxies {
      for (cipher, isTaken) in [
        ("ECDHE-ECDSA-AES128-GCM-SHA256", true), ("ECDHE-ECDSA-CHACHA20-POLY1305", true),
        ("ECDHE-ECDSA-AES128-SHA256", false), ("ECDHE-ECDSA-AES256-SHA384", false),
      ] {
        XCTAssertEqual(try Curl(proxy).isServed(with: cipher), isTaken, "\(name): \(cipher)")
      }
    }
  }

  func testWhileTheOfficeIsAwayAPageSaysSo() throws {
    let (office, proxies) = try proxied()
    office.stop()
    for (name, proxy) in proxies {
      let answer = try Curl(proxy).get("/").answer
      XCTAssertEqual(answer.status, 503, name)
      XCTAssertEqual(answer.heading, "Layanan sedang dimulai lagi", name)
      XCTAssertEqual(answer.header("retry-after"), "30", name)
    }
  }

  /// As large as it says, and a PDF.
  private static func document(_ byteCount: Int) -> [UInt8] {
    let (head, end) = (Array("%PDF-1.7\n".utf8), Array("\nstartxref\n0\n%%EOF\n".utf8))
    return head + [UInt8](repeating: 0x20, count: byteCount - head.count - end.count) + end
  }
}
