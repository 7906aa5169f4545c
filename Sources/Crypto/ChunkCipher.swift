import COpenSSL

/// AES-256-GCM over the chunks of one file, one way, with the key set up once.
///
/// STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015, as age uses it): a chunk's nonce is its number and a mark on the
/// last one, so a chunk that was moved, left out or added does not open where it stands.
public struct ChunkCipher: ~Copyable {
  /// The way in which a cipher works; the number is libcrypto's.
  public enum Direction: Int32, Sendable {
    /// From sealed chunks to plaintext.
    case open = 0
    /// From plaintext to sealed chunks.
    case seal = 1
  }

  /// What a sealed chunk is longer than its plaintext.
  public static let tagByteCount = Envelope.tagByteCount

  private let context: LibraryObject
  private let associated: [UInt8]
  private var nonce = [UInt8](repeating: 0, count: Envelope.nonceByteCount)

  /// Sets the key up.
  public init(_ direction: Direction, under key: ChunkKey, library: CryptoLibrary) throws(CryptoFailure) {
    let context = try unsafe LibraryObject("cipher context", EVP_CIPHER_CTX_new()) {
      unsafe EVP_CIPHER_CTX_free($0)
    }
    let isKeyed = unsafe library.aes256GCM.withPointer { cipher in
      unsafe context.withPointer { context in
        unsafe key.withBytes { key in
          unsafe EVP_CipherInit_ex2(
            context, cipher, key.bindMemory(to: UInt8.self).baseAddress, nil, direction.rawValue, nil) == 1
        }
      }
    }
    guard isKeyed else { throw .drained("chunk key") }
    self.context = context
    associated = key.associated.bytes
  }

  /// Seals the first `count` bytes of `buffer` where they stand and puts the tag behind them.
  public mutating func seal(
    _ buffer: UnsafeMutablePointer<UInt8>, count: Int, chunk: Int, isLast: Bool
  ) throws(CryptoFailure) {
    setNonce(chunk: chunk, isLast: isLast)
    let isSealed = unsafe context.withPointer { context in
      unsafe begin(context) && update(context, from: buffer, to: buffer, count: count) && finish(context)
        && EVP_CIPHER_CTX_ctrl(
          context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), buffer + count) == 1
    }
    guard isSealed else { throw .drained("seal chunk") }
  }

  /// Opens a chunk of `count` bytes and its tag into `output`, whose bytes are wiped when it does not authenticate.
  ///
  /// - Returns: whether it is what was sealed in that place.
  public mutating func open(
    _ sealed: UnsafeMutablePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>, chunk: Int,
    isLast: Bool
  ) -> Bool {
    setNonce(chunk: chunk, isLast: isLast)
    let isOpened = unsafe context.withPointer { context in
      unsafe begin(context) && update(context, from: sealed, to: output, count: count)
        && EVP_CIPHER_CTX_ctrl(
          context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), sealed + count) == 1
        && finish(context)
    }
    guard isOpened else {
      ERR_clear_error()
      unsafe OPENSSL_cleanse(output, count)
      return false
    }
    return true
  }

  /// Eleven bytes of the chunk's number, big-endian, and one that is 1 for the last chunk.
  private mutating func setNonce(chunk: Int, isLast: Bool) {
    let number = UInt64(chunk)
    for place in 0..<8 { nonce[3 + place] = UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * place)) }
    nonce[11] = isLast ? 1 : 0
  }

  /// Without cipher, key and direction the call keeps those that are set (EVP_EncryptInit(3)).
  private func begin(_ context: OpaquePointer) -> Bool {
    var written: Int32 = 0
    return unsafe EVP_CipherInit_ex2(context, nil, nil, nonce, -1, nil) == 1
      && EVP_CipherUpdate(context, nil, &written, associated, Int32(associated.count)) == 1
  }

  private func update(
    _ context: OpaquePointer, from input: UnsafeMutablePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>,
    count: Int
  ) -> Bool {
    var written: Int32 = 0
    return unsafe count == 0 || EVP_CipherUpdate(context, output, &written, input, Int32(count)) == 1
  }

  /// AES-GCM has nothing left to write here; the room is what the call may ask for.
  private func finish(_ context: OpaquePointer) -> Bool {
    var rest: (UInt64, UInt64) = (0, 0)
    var written: Int32 = 0
    return unsafe withUnsafeMutableBytes(of: &rest) { rest in
      unsafe EVP_CipherFinal_ex(context, rest.bindMemory(to: UInt8.self).baseAddress, &written) == 1
    }
  }
}
