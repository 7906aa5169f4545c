import Contracts
import Core
import Crypto

/// How a sealed document lies in its file: version (1 byte), salt (16), then the chunks.
///
/// The chunks are STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015, as age uses it): each holds 64 KiB of plaintext,
/// the last one what is left, and ends in its tag. A chunk's nonce is its number and a mark on the last one, so a chunk
/// that was moved, left out or added does not open where it stands.
enum DocumentFormat {
  static let version = DocumentSealer.formVersion
  static let saltByteCount = DocumentSealer.saltByteCount
  static let headerByteCount = 1 + saltByteCount
  /// Large enough that the tags are 0.02 % and a call costs nothing beside the work; small enough to hold in memory.
  static let chunkByteCount = 64 * 1024
  static let sealedChunkByteCount = chunkByteCount + ChunkCipher.tagByteCount

  /// How many chunks a document of so many bytes has; an empty one has an empty one.
  static func chunkCount(_ byteCount: Int) -> Int { max(1, (byteCount + chunkByteCount - 1) / chunkByteCount) }

  /// How long the file of a document of so many bytes is.
  static func fileByteCount(_ byteCount: Int) -> Int {
    headerByteCount + byteCount + chunkCount(byteCount) * ChunkCipher.tagByteCount
  }

  /// Where a chunk begins in the file.
  static func offset(ofChunk chunk: Int) -> Int { headerByteCount + chunk * sealedChunkByteCount }
}
