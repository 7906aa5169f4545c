import Foundation

/// A file of published vectors: lines `NAME = VALUE`, in parts that begin with `[…]`.
struct PublishedFile {
  /// Where Debian's python3-cryptography-vectors puts them; `scripts/dependencies test` installs it.
  private static let directory = "/usr/lib/python3/dist-packages/cryptography_vectors"

  /// Its lines, but for empty ones.
  let lines: [String]

  /// Reads the file of that name, such as `HMAC/rfc-2202-sha1.txt`.
  init(_ name: String) throws {
    lines = try String(contentsOfFile: "\(Self.directory)/\(name)", encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The vectors of the part under that heading, or of the whole file; each ends with the line of that name.
  func vectors(in heading: String? = nil, endingWith last: String) -> [[String: String]] {
    var (vectors, fields): ([[String: String]], [String: String]) = ([], [:])
    var isInside = heading == nil
    for line in lines {
      if let heading, line.hasPrefix("[") { isInside = isInside ? line.isSubheading : line == "[\(heading)]" }
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard isInside, parts.count == 2, !line.hasPrefix("#") else { continue }
      fields[parts[0]] = parts[1]
      guard parts[0] == last else { continue }
      vectors.append(fields)
      fields = [:]
    }
    return vectors
  }
}

extension String {
  /// `[B.4.2 Key Pair Generation by Testing Candidates]` stands below a curve's heading and does not end its part.
  fileprivate var isSubheading: Bool { hasPrefix("[B.") }
}

extension [String: String] {
  /// The field's bytes; of no field, none.
  func bytes(_ name: String) -> [UInt8] {
    let digits = (self[name] ?? "").compactMap(\.hexDigitValue)
    // A number of some files has lost the zero before it.
    let even = digits.count.isMultiple(of: 2) ? digits : [0] + digits
    return stride(from: 0, to: even.count, by: 2).map { UInt8(even[$0] << 4 | even[$0 + 1]) }
  }

  /// The field's bytes as a number of so many bytes.
  func number(_ name: String, byteCount: Int = 32) -> [UInt8] {
    let bytes = bytes(name)
    return [UInt8](repeating: 0, count: Swift.max(0, byteCount - bytes.count)) + bytes
  }

  /// The point with those two coordinates, uncompressed.
  func point(_ x: String, _ y: String) -> [UInt8] { [4] + number(x) + number(y) }
}
