import Client
import Core
import Foundation
import HTML
import Web
import XCTest

final class AssetTests: ServingTestCase {
  private var directory = ""

  override func setUpWithError() throws {
    directory = NSTemporaryDirectory() + "gapura-assets-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory + "/dalam", withIntermediateDirectories: true)
    try write("gapura.css", "body{color:#111}")
    try write("service-worker.js", "self")
    try write(".rahasia", "x")
    try Data("rahasia".utf8).write(to: URL(filePath: directory + "/../gapura-rahasia.txt"))
  }

  override func tearDown() async throws {
    try await super.tearDown()
    try? FileManager.default.removeItem(atPath: directory)
    try? FileManager.default.removeItem(atPath: directory + "/../gapura-rahasia.txt")
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(directory)/\(name)"))
  }

  private func browser(_ assets: Assets) throws -> Browser { try Browser(port: serve([]) { $0.assets = assets }.port) }

  func testAssetIsServedWithItsTypeAndKeptForEverByItsVersion() throws {
    let assets = try Assets(directory: directory)
    let browser = try browser(assets)
    let plain = try browser.get("/aset/gapura.css")
    XCTAssertEqual(plain.text, "body{color:#111}")
    XCTAssertEqual(plain.header("content-type"), "text/css; charset=utf-8")
    XCTAssertEqual(plain.header("cache-control"), "no-cache")
    XCTAssertEqual(plain.header("x-content-type-options"), "nosniff")
    let versioned = try browser.get("/aset/gapura.css?v=\(assets.version)")
    XCTAssertEqual(versioned.header("cache-control"), "public, max-age=31536000, immutable")
    let worker = try browser.get("/aset/service-worker.js")
    XCTAssertEqual(worker.header("service-worker-allowed"), "/")
  }

  func testAssetIsPackedForWhoeverCanUnpackIt() throws {
    let sheet = (0..<200).map { ".rule\($0){color:#111}" }.joined()
    try write("gapura.css", sheet)
    let browser = try browser(Assets(directory: directory))
    let packed = try browser.get("/aset/gapura.css", ["Accept-Encoding": "br, gzip;q=0.8"])
    XCTAssertEqual(packed.header("content-encoding"), "gzip")
    XCTAssertEqual(packed.header("vary"), "Accept-Encoding")
    XCTAssertLessThan(packed.body.count, sheet.utf8.count / 4)
    let file = directory + "/packed.gz"
    try Data(packed.body).write(to: URL(filePath: file))
    XCTAssertEqual(try ChildProcess.run("/usr/bin/gunzip", ["-c", file]).text, sheet)
    for refusal in ["", "br", "gzip;q=0", "identity, gzip; q=0.0"] {
      let plain = try browser.get("/aset/gapura.css", ["Accept-Encoding": refusal])
      XCTAssertNil(plain.header("content-encoding"), refusal)
      XCTAssertEqual(plain.text, sheet, refusal)
      XCTAssertNotEqual(plain.header("etag"), packed.header("etag"))
    }
    let tag = try XCTUnwrap(packed.header("etag"))
    XCTAssertEqual(try browser.get("/aset/gapura.css", ["If-None-Match": tag, "Accept-Encoding": "gzip"]).status, 304)
    let small = try browser.get("/aset/service-worker.js", ["Accept-Encoding": "gzip"])
    XCTAssertNil(small.header("content-encoding"), "four bytes do not become fewer")
  }

  func testAssetThatTheBrowserHasIsNotSentAgain() throws {
    let browser = try browser(Assets(directory: directory))
    let tag = try XCTUnwrap(try browser.get("/aset/gapura.css").header("etag"))
    let again = try browser.get("/aset/gapura.css", ["If-None-Match": tag])
    XCTAssertEqual(again.status, 304)
    XCTAssertEqual(again.body, [])
    XCTAssertEqual(try browser.get("/aset/gapura.css", ["If-None-Match": "\"x\""]).status, 200)
  }

  func testVersionChangesWithAnyByteOfAnyAsset() throws {
    let before = try Assets(directory: directory).version
    XCTAssertEqual(try Assets(directory: directory).version, before)
    try write("gapura.css", "body{color:#112}")
    XCTAssertNotEqual(try Assets(directory: directory).version, before)
  }

  func testNothingOutsideTheDirectoryIsServed() throws {
    let browser = try browser(Assets(directory: directory))
    for path in [
      "/aset/", "/aset", "/aset/dalam", "/aset/.rahasia", "/aset/%2e%2e%2fgapura-rahasia.txt",
      "/aset/..%2fgapura-rahasia.txt", "/aset/../gapura-rahasia.txt", "/aset/%2e%2e/gapura-rahasia.txt",
      "/aset//etc/passwd", "/aset/%2fetc%2fpasswd", "/aset/gapura.css%00.txt", "/aset/gapura.css/",
      "/aset/gapura.css/x",
    ] {
      let answer = try browser.get(path)
      XCTAssertTrue([400, 404].contains(answer.status) || answer.text == "body{color:#111}", path)
      XCTAssertNotEqual(answer.text, "rahasia", path)
      XCTAssertNotEqual(answer.text, "x", path)
    }
    XCTAssertEqual(try browser.request("POST", "/aset/gapura.css").status, 404)
  }

  func testUnreadableDirectoriesAndUnknownKindsAreNamed() throws {
    XCTAssertThrowsError(try Assets(directory: directory + "/tidak-ada"))
    try write("program.exe", "x")
    XCTAssertThrowsError(try Assets(directory: directory)) { error in
      XCTAssertEqual("\(error)", "asset \"program.exe\" has an ending that no media type is known for")
    }
  }

  func testShippedAssetsAreReadable() throws {
    let assets = try Assets(directory: Self.root + "share/assets")
    XCTAssertTrue(assets.names.contains("gapura.css"))
  }

  func testFirstPageOfABrowserHoldsTheBeginningOfTheStylesheetAndNoOther() throws {
    try write("first.css", "/* says\n what */\nbody{margin:0}")
    let route = Route(.get, "/", for: .everyone) { .page($0, title: "Beranda") { h1 { "Beranda" } } }
    let assets = try Assets(directory: directory)
    let port = try serve([route]) { $0.assets = assets }.port
    var nonces: Set<String> = []
    for _ in 0..<3 {
      let browser = Browser(port: port)
      let first = try browser.get("/")
      let nonce = try XCTUnwrap(first.text.firstMatch(of: #/<style nonce="([0-9A-Z]{26})">body{margin:0}<\/style>/#))
      XCTAssertTrue(
        first.header("content-security-policy")?.hasSuffix("style-src 'self' 'nonce-\(nonce.output.1)'") ?? false)
      XCTAssertTrue(first.text.contains(#/<link rel="stylesheet" href="\/aset\/gapura\.css[^>]*><\/body>/#))
      XCTAssertFalse(first.text.contains("/aset/first.css"))
      nonces.insert(String(nonce.output.1))
      let second = try browser.get("/")
      XCTAssertFalse(second.text.contains("<style"))
      XCTAssertTrue(second.header("content-security-policy")?.hasSuffix("style-src 'self'") ?? false)
      XCTAssertTrue(second.text.contains(#/<head>.*\/aset\/first\.css.*\/aset\/gapura\.css.*<\/head>/#))
    }
    XCTAssertEqual(nonces.count, 3)
  }

  func testRulesThatCouldEndTheirElementNeverStandInAPage() throws {
    try write("first.css", "p::before{content:'</style><script>'}")
    let route = Route(.get, "/", for: .everyone) { .page($0, title: "Beranda") { h1 { "Beranda" } } }
    let assets = try Assets(directory: directory)
    let page = try Browser(port: serve([route]) { $0.assets = assets }.port).get("/")
    XCTAssertFalse(page.text.contains("<style"))
    XCTAssertTrue(page.text.contains("/aset/first.css"))
  }
}
