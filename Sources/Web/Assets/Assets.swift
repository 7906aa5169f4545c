internal import FoundationEssentials
internal import HTML

/// Style sheets, scripts, fonts and pictures: read once at start, served from memory under `/aset/NAME`.
public struct Assets: Sendable {
  /// All together; the largest page's assets are a tenth of it.
  public static let byteCountMax = 16 * 1024 * 1024

  /// Why the assets could not be read.
  public enum Failure: Error, CustomStringConvertible {
    /// The directory, or a file in it, cannot be read.
    case unreadable(path: String)
    /// A file's name ends in nothing that is served.
    case unknownKind(name: String)
    /// All together they are larger than they may be.
    case tooLarge(byteCountMax: Int)

    /// What is wrong with which file, for the sysadmin.
    public var description: String {
      switch self {
      case .unreadable(let path): "cannot read the assets at \(path)"
      case .unknownKind(let name): "asset \"\(name)\" has an ending that no media type is known for"
      case .tooLarge(let byteCountMax): "the assets hold more than \(byteCountMax) bytes"
      }
    }
  }

  struct Asset: Sendable {
    let bytes: [UInt8]
    /// The same, packed; nil where that saves nothing.
    let packed: [UInt8]?
    let mediaType: String
    let digest: String

    /// The entity tag (RFC 9110 section 8.8.3), quoted; what is packed has one of its own.
    var tag: String { "\"\(digest)\"" }
    var packedTag: String { "\"\(digest)-gz\"" }
  }

  private let assets: [String: Asset]
  /// The beginning of the stylesheet (`first.css`) without its comments; nil where there is none.
  let firstRules: InlineStyle?
  /// Changes whenever a byte of any asset does: `PageContext.assetVersion`.
  public let version: String

  /// No assets.
  public init() { self.init([:]) }

  /// Reads every file of a directory, not those of folders within it.
  ///
  /// - Throws: `Failure`.
  public init(directory: String) throws(Failure) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      throw .unreadable(path: directory)
    }
    var assets: [String: Asset] = [:]
    var byteCount = 0
    for name in names where !name.hasPrefix(".") {
      var isDirectory = false
      guard FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory), !isDirectory
      else { continue }
      guard let mediaType = Self.mediaType(of: name) else { throw .unknownKind(name: name) }
      guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
        throw .unreadable(path: "\(directory)/\(name)")
      }
      byteCount += data.count
      guard byteCount <= Self.byteCountMax else { throw .tooLarge(byteCountMax: Self.byteCountMax) }
      let bytes = Array(data)
      assets[name] = Asset(
        bytes: bytes, packed: Gzip.packed(bytes), mediaType: mediaType, digest: Self.digest(bytes))
    }
    self.init(assets)
  }

  private init(_ assets: [String: Asset]) {
    self.assets = assets
    firstRules = assets["first.css"].flatMap { asset in
      let text = String(decoding: asset.bytes, as: UTF8.self)
      return InlineStyle(text.replacing(#/\/\*.*?\*\/\s*/#.dotMatchesNewlines(), with: ""))
    }
    let tags = assets.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.digest)" }
    version = Self.digest(Array(tags.joined(separator: "\n").utf8))
  }

  /// The names there are.
  public var names: [String] { assets.keys.sorted() }

  /// How many bytes of it go over the line to a browser, all of which can unpack; nil where there is none of that name.
  public func byteCount(of name: String) -> Int? { assets[name].map { ($0.packed ?? $0.bytes).count } }

  /// The answer to a request for one asset; nil where there is none of that name. Only names that were
  /// found at start are known, so no path leads out of the directory.
  ///
  /// - Parameters:
  ///   - asked: the version in its address, with which it may be kept for ever.
  ///   - headers: what the browser has already, and whether it can unpack.
  func response(named name: String, version asked: String?, to headers: RequestHeaders) -> Response? {
    guard let asset = assets[name] else { return nil }
    let packed = headers.acceptsGzip ? asset.packed : nil
    let tag = packed == nil ? asset.tag : asset.packedTag
    let isKnown = headers["if-none-match"]?.contains(tag) == true
    var response = Response(
      status: isKnown ? .notModified : .ok, mediaType: asset.mediaType,
      body: .bytes(isKnown ? [] : packed ?? asset.bytes))
    response.setHeader("ETag", tag)
    if asset.packed != nil { response.setHeader("Vary", "Accept-Encoding") }
    if packed != nil, !isKnown { response.setHeader("Content-Encoding", "gzip") }
    response.setHeader("Cache-Control", asked == version ? "public, max-age=31536000, immutable" : "no-cache")
    // A service worker in /aset/ may look after the whole site.
    if name == "service-worker.js" { response.setHeader("Service-Worker-Allowed", "/") }
    return response
  }

  private static func mediaType(of name: String) -> String? {
    guard let ending = name.split(separator: ".").last, ending.count < name.count else { return nil }
    return mediaTypes[String(ending)]
  }

  private static let mediaTypes = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "png": "image/png", "ico": "image/x-icon", "jpg": "image/jpeg", "webp": "image/webp", "woff2": "font/woff2",
    "webmanifest": "application/manifest+json", "json": "application/json", "txt": "text/plain; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
  ]

  /// FNV-1a, 64 bits: tells versions of our own files apart; it guards nothing.
  private static func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
