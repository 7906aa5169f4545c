import Core
import Crypto
import Glibc

/// A document's file while it is written. Goes without a trace unless it is settled.
///
/// It is locked (flock(2)) for as long as this value lives, so that no other process takes it for a leftover; a kill
/// releases the lock.
struct DraftFile: ~Copyable {
  let name: String
  let file: FileDescriptor
  private let folder: DocumentFolder
  private var end = End.discarded

  private enum End {
    case discarded
    case settled
    case undecided
  }

  init(_ name: String, in folder: DocumentFolder) throws {
    let file = try folder.createArrival(name)
    guard fchmod(file.number, 0o600) == 0, flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      let failure = DocumentFailure.unreadable(errno)
      folder.forgetArrival(of: name)
      throw failure
    }
    self.name = name
    self.file = file
    self.folder = folder
  }

  /// Brings the whole content to the disk and gives the file its lasting name.
  func publish() throws(DocumentFailure) {
    guard fsync(file.number) == 0 else { throw .unreadable(errno) }
    try folder.publish(name)
  }

  /// The digest of all that has been written.
  func digest(by library: CryptoLibrary) throws -> [UInt8] { try library.sha256(of: file) }

  /// The document's row is durable: from now on it is the document.
  consuming func settle() { end = .settled }

  /// Whether its row is durable is not known: the next sweep looks.
  consuming func leave() { end = .undecided }

  deinit {
    if end == .discarded { folder.remove(name) }
    if end != .undecided { folder.forgetArrival(of: name) }
  }
}
