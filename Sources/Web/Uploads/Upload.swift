/// The files of a multipart form while they arrive, one after another in the order in which they were sent.
///
/// The next file can be had when the one before has been read or is not wanted; what is not read of it is thrown away.
/// While no handler reads, the sender waits.
public struct Uploads: AsyncSequence, Sendable {
  let pipe: UploadPipe?

  /// Gives one file after another.
  public struct Iterator: AsyncIteratorProtocol {
    let pipe: UploadPipe?

    /// - Throws: `Problem` `bad-request` for a form that is not whole, `too-large`; `UploadEnded` when the sender has gone.
    public mutating func next() async throws -> Upload? { try await pipe?.nextFile() }
  }

  /// Goes on with the first file that has not been read; there is one sequence, whichever iterator reads it.
  public func makeAsyncIterator() -> Iterator { Iterator(pipe: pipe) }
}

/// One file that is arriving.
public struct Upload: Sendable {
  /// The name of the field with which it was sent.
  public let field: String
  /// As the browser says it; never a path to write to.
  public let fileName: String
  /// As the browser says it; look at the bytes before believing it.
  public let mediaType: String
  /// The file's bytes, in pieces as they come. To be read once.
  public let chunks: UploadChunks
}

/// The bytes of one file, in pieces.
public struct UploadChunks: AsyncSequence, Sendable {
  let pipe: UploadPipe
  let file: Int

  /// Gives one piece after another.
  public struct Iterator: AsyncIteratorProtocol {
    let pipe: UploadPipe
    let file: Int

    /// The next piece; nil at the file's end.
    ///
    /// - Throws: `Problem` `bad-request` for a form that is not whole, `too-large`; `UploadEnded` when the sender has
    /// gone.
    public mutating func next() async throws -> [UInt8]? { try await pipe.nextBytes(of: file) }
  }

  /// Goes on with the first piece that has not been read.
  public func makeAsyncIterator() -> Iterator { Iterator(pipe: pipe, file: file) }
}

/// The sender has gone before the form was whole; there is no one left to answer.
public struct UploadEnded: Error {}
