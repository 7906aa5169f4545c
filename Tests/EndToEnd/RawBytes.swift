import Client
import Foundation
import XCTest

/// Searches what lies on disk, byte for byte, for what must not stand there in clear.
enum RawBytes {
  /// The ways in which a value may have been written: as it is, in one case, percent-encoded for an address or a form.
  static func spellings(_ secret: String) -> [Data] {
    let encoded = Browser.encoded(secret)
    let all = [secret, secret.uppercased(), secret.lowercased(), encoded, encoded.replacing("%20", with: "+")]
    return Set(all).map { Data($0.utf8) }
  }

  /// The files below a directory in which one of the secrets stands; sockets hold no bytes.
  static func leaks(of secrets: [Data], in directory: URL) throws -> [String] {
    let walker = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: [.isRegularFileKey])
    let files = (walker?.compactMap { $0 as? URL } ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
    XCTAssertGreaterThan(files.count, 0)
    return try files.flatMap { file in
      leaks(of: secrets, in: try Data(contentsOf: file), named: file.lastPathComponent)
    }
  }

  static func leaks(of secrets: [Data], in bytes: Data, named name: String) -> [String] {
    // The reserve for the hall is megabytes of nothing, which to search for each secret takes minutes.
    if bytes == Data(count: bytes.count) { return [] }
    return secrets.contains { bytes.range(of: $0) != nil } ? [name] : []
  }
}
