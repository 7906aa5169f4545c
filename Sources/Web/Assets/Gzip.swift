internal import CZlib

/// gzip (RFC 1952), for what every reader gets alike, and for pages that say that they hold nothing secret.
///
/// Others are not compressed: they have what belongs to one person beside what another typed, and the size of the two
/// together could tell the one to an eavesdropper on the line (BREACH).
enum Gzip {
  /// The bytes, packed as tightly as zlib can; nil where that saves less than a tenth.
  static func packed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard unsafe gapura_deflate_init_gzip(&stream, Z_BEST_COMPRESSION) == Z_OK else { return nil }
    defer { unsafe _ = deflateEnd(&stream) }
    var source = bytes
    var target = [UInt8](repeating: 0, count: bytes.count)
    let code = unsafe source.withUnsafeMutableBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        return unsafe deflate(&stream, Z_FINISH)
      }
    }
    // Anything but the end means that it did not become smaller.
    let count = Int(unsafe stream.total_out)
    guard code == Z_STREAM_END, count < bytes.count * 9 / 10 else { return nil }
    return Array(target[..<count])
  }
}
