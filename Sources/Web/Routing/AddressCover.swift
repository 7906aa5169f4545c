internal import Core
internal import Crypto
internal import Synchronization

/// Writes a value so that it can stand in a browser's addresses and says nothing to those who read them elsewhere: in a
/// proxy's journal, over a shoulder, in a message that was sent on.
///
/// What is written can be read only with the browser's own cookie, and is the same each time, so that bookmarks, two
/// tabs and the back button work. Nothing is kept: it is the value itself, encrypted with a tag over it as its only
/// nonce (the construction of RFC 5297, with HMAC-SHA-256 under the cookie's 128 random bits).
struct AddressCover: Sendable {
  /// What a written value begins with: nothing else in a place that is covered does.
  static let mark: Character = "~"
  /// 128 bits: another browser's value is not taken for one of this one's.
  private static let tagByteCount = 16
  /// A family's eight numbers; longer is nothing of ours.
  static let valueByteCountMax = 200

  private let key: IdentityKey

  init(identity: String, library: CryptoLibrary) { key = IdentityKey(identity, library) }

  static func isCovered(_ text: String) -> Bool { text.first == mark }

  /// What stands for `value`; nil for one that is too long.
  func covered(_ value: String) -> String? {
    let bytes = Array(value.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.valueByteCountMax else { return nil }
    let tag = tag(of: bytes)
    return "\(Self.mark)\(Crockford.encode(tag + mixed(bytes, tag)))"
  }

  /// The value for which `text` stands; nil for what this browser was not given.
  func value(of text: String) -> String? {
    guard Self.isCovered(text), text.utf8.count <= 2 * (Self.valueByteCountMax + Self.tagByteCount),
      let bytes = Crockford.bytes(of: String(text.dropFirst())), bytes.count > Self.tagByteCount
    else { return nil }
    let tag = Array(bytes.prefix(Self.tagByteCount))
    let value = mixed(Array(bytes.dropFirst(Self.tagByteCount)), tag)
    guard CryptoLibrary.areEqual(tag, self.tag(of: value)) else { return nil }
    return String(validating: value, as: UTF8.self)
  }

  private func tag(of value: [UInt8]) -> [UInt8] { Array(code(of: [1] + value).prefix(Self.tagByteCount)) }

  /// With a stream of bytes that belongs to the tag, exclusive or.
  private func mixed(_ bytes: [UInt8], _ tag: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = []
    var block: UInt8 = 0
    while stream.count < bytes.count {
      stream += code(of: [2, block] + tag)
      block += 1
    }
    return zip(bytes, stream).map { $0 ^ $1 }
  }

  private func code(of message: [UInt8]) -> [UInt8] {
    do throws(CryptoFailure) {
      return try key.ready.authenticate(message)
    } catch {
      Self.end(error)
    }
  }

  /// libcrypto has no memory left, at which Swift's own next allocation would end the program as well.
  private static func end(_ failure: CryptoFailure) -> Never {
    preconditionFailure("an authenticator failed: \(failure.inLog)")
  }
}

/// The key of a browser's cookie. It is set up for the first value that is written or read with it: most requests and pages have
/// none.
private final class IdentityKey: Sendable {
  private let identity: String
  private let library: CryptoLibrary
  private let made = Mutex<AuthenticationKey?>(nil)

  init(_ identity: String, _ library: CryptoLibrary) {
    self.identity = identity
    self.library = library
  }

  var ready: AuthenticationKey {
    get throws(CryptoFailure) {
      if let key = made.withLock({ $0 }) { return key }
      let key = try AuthenticationKey(text: identity, library: library)
      made.withLock { $0 = key }
      return key
    }
  }
}
