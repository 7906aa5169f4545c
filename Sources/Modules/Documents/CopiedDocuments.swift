public import Contracts
public import Core
import Crypto
import Glibc
public import Store

/// Whether a copy of the sealed documents has all that the copied database names, each as it was written. Needs no key: what
/// is compared is the files' length and their digest, which the database has kept since they were sealed.
public struct CopiedDocuments: Sendable {
  /// A file that is not as the database knows it.
  public struct Fault: Sendable, Equatable {
    /// The document whose file it is.
    public let document: DocumentID
    /// The file's name in the directory.
    public let name: String
    /// What is wrong, as the end of a sentence that begins with the name.
    public let reason: String
  }

  private static let pageCount = 1000

  /// Documents that the database names, but for those of people who are erased.
  public private(set) var count = 0
  /// The files that are missing, cut short or changed, as far as they have been met.
  public private(set) var faults: [Fault] = []

  /// Compares the files below `directory` with what the database at `path` knows of them. Reads all of them; blocks while it
  /// does.
  ///
  /// - Parameter isErased: whether a person is erased, as that database has it.
  /// - Throws: `StoreError`.
  public init(
    in directory: String, namedBy path: String, isErased: (SubjectID, borrowing Snapshot) throws -> Bool
  ) throws {
    let (folder, library) = (DocumentFolder(path: directory), try CryptoLibrary())
    var (count, faults) = (0, [Fault]())
    try Store.peek(at: path) { snapshot in
      // An office without the module, or one of before it.
      guard try snapshot.hasTable("documents_document") else { return }
      let knowsDigests = try snapshot.hasTable("documents_digest")
      var last = DocumentID(Int64.min)
      while case let page = try DocumentTable.kept(after: last, limit: Self.pageCount, in: snapshot),
        let end = page.last
      {
        for row in page where try !isErased(row.summary.subject, snapshot) {
          count += 1
          let digest = knowsDigests ? try DocumentTable.digest(of: row.summary.id, in: snapshot) : nil
          if let reason = Self.fault(of: row, digest, in: folder, library) {
            faults.append(Fault(document: row.summary.id, name: row.name, reason: reason))
          }
        }
        last = end.summary.id
      }
    }
    (self.count, self.faults) = (count, faults)
  }

  private static func fault(
    of row: DocumentRow, _ digest: [UInt8]?, in folder: DocumentFolder, _ library: CryptoLibrary
  ) -> String? {
    do {
      let file = try folder.open(row.name)
      let length = try DocumentReader.length(of: file)
      let expected = DocumentFormat.fileByteCount(row.summary.byteCount)
      guard length == expected else { return "has \(length) bytes instead of \(expected)" }
      _ = try DocumentReader.salt(of: file)
      guard let digest else { return nil }
      return try library.sha256(of: file) == digest ? nil : "is not as it was written"
    } catch DocumentFailure.missing {
      return "is missing"
    } catch DocumentFailure.unreadable(let code) {
      return "cannot be read: \(SystemCallFailure(code: code).reason)"
    } catch {
      return "is not as it was written"
    }
  }
}
