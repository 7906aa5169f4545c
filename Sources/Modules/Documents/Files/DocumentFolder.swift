import Core

/// The directory of sealed documents.
///
/// A document is written under `arriving/`, and once it is whole and on disk it gets a second name in the directory
/// itself; the first name goes when the document's row is durable. So what a kill leaves behind stands in `arriving/`
/// and nowhere else, and finding it takes no longer than there were uploads under way.
struct DocumentFolder: Sendable {
  private let documents: PrivateDirectory
  private let arriving: PrivateDirectory

  init(path: String) {
    documents = PrivateDirectory(path)
    arriving = PrivateDirectory(documents.file("arriving"))
  }

  var path: String { documents.path }

  /// Makes the directories, closed to others.
  func prepare() throws(Problem) {
    for directory in [documents, arriving] {
      do throws(SystemCallFailure) {
        try directory.make()
      } catch {
        throw Problem(.unavailable, "document.folder", ["path": directory.path, "reason": error.reason])
      }
    }
  }

  func file(_ name: String) -> String { documents.file(name) }

  /// The names under which something arrives, or was arriving when a process was killed.
  func arrivingNames() -> [String] { arriving.names() }

  /// A new file in which something arrives.
  func createArrival(_ name: String) throws(DocumentFailure) -> FileDescriptor {
    do throws(SystemCallFailure) { return try arriving.create(name) } catch { throw .unreadable(error.code) }
  }

  /// Opens what arrives for reading; nil where that cannot be done.
  func openArrival(_ name: String) -> FileDescriptor? {
    do throws(SystemCallFailure) { return try arriving.open(name) } catch { return nil }
  }

  /// Gives what has arrived its lasting name beside the first one, durably.
  func publish(_ name: String) throws(DocumentFailure) {
    do throws(SystemCallFailure) { try arriving.link(name, into: documents) } catch { throw .unreadable(error.code) }
    try sync()
  }

  /// The names of the documents' files.
  func fileNames() -> [String] { documents.names().filter { file($0) != arriving.path } }

  /// Takes a document's file away; one that is gone already is no trouble.
  ///
  /// - Returns: whether it is gone.
  @discardableResult
  func remove(_ name: String) -> Bool { documents.remove(name) }

  /// Takes away the name under which it arrived.
  func forgetArrival(of name: String) { arriving.remove(name) }

  /// How long a document's file is; nil where there is none.
  func byteCount(of name: String) -> Int? { documents.byteCount(of: name) }

  /// Opens a document's file for reading.
  func open(_ name: String) throws(DocumentFailure) -> FileDescriptor {
    do throws(SystemCallFailure) {
      return try documents.open(name)
    } catch {
      throw error.isMissing ? .missing : .unreadable(error.code)
    }
  }

  /// Makes what has been linked or removed durable.
  func sync() throws(DocumentFailure) {
    do throws(SystemCallFailure) { try documents.sync() } catch { throw .unreadable(error.code) }
  }
}
