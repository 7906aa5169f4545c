/// The requests at the beginning of some bytes that no two readers can understand differently: a narrow part of RFC 9112,
/// read with nothing of the server's own code.
struct PlainRequests {
  struct One {
    let method: String
    let target: String
  }

  /// So many bytes of header fields are within everybody's limits.
  private static let headByteCountMax = 4000
  private static let targetByteCountMax = 1000
  /// Fields that decide where a request or its connection ends, or whether something comes in between.
  private static let unclear: Set<String> = [
    "connection", "keep-alive", "proxy-connection", "upgrade", "expect", "te", "trailer", "http2-settings",
  ]

  private(set) var requests: [One] = []
  /// What comes behind them.
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
    while !rest.isEmpty {
      var after = rest
      guard let request = Self.request(&after) else { return }
      requests.append(request)
      rest = after
    }
  }

  private static func request(_ bytes: inout ArraySlice<UInt8>) -> One? {
    let start = bytes.startIndex
    guard let words = line(&bytes)?.split(separator: " ", omittingEmptySubsequences: false), words.count == 3,
      ["GET", "HEAD", "POST"].contains(words[0]), words[2] == "HTTP/1.1", words[1].hasPrefix("/"),
      words[1].utf8.count <= targetByteCountMax
    else { return nil }
    var fields: [String: String] = [:]
    while true {
      guard let line = line(&bytes), bytes.startIndex - start <= headByteCountMax else { return nil }
      if line.isEmpty { break }
      guard let (name, value) = field(line), fields.updateValue(value, forKey: name) == nil, !unclear.contains(name)
      else { return nil }
    }
    guard fields["host"] != nil else { return nil }
    switch (fields["content-length"], fields["transfer-encoding"]) {
    case (nil, nil): break
    case (let length?, nil):
      guard (1...4).contains(length.utf8.count), length.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let count = Int(length), bytes.count >= count
      else { return nil }
      bytes = bytes.dropFirst(count)
    case (nil, "chunked"): guard chunks(&bytes) else { return nil }
    default: return nil
    }
    return One(method: String(words[0]), target: String(words[1]))
  }

  private static func chunks(_ bytes: inout ArraySlice<UInt8>) -> Bool {
    while let line = line(&bytes), (1...3).contains(line.utf8.count),
      line.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let count = Int(line, radix: 16)
    {
      bytes = bytes.dropFirst(count)
      guard Self.line(&bytes) == "" else { return false }
      if count == 0 { return true }
    }
    return false
  }

  private static func field(_ line: String) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon]
    let isToken = name.utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isLetter || character.isNumber || byte == UInt8(ascii: "-")
    }
    guard !name.isEmpty, isToken, line[colon...].dropFirst().first == " " else { return nil }
    let value = line[colon...].dropFirst(2)
    // White space around a value falls away, which not all readers do alike.
    guard !value.hasPrefix(" "), !value.hasSuffix(" ") else { return nil }
    return (name.lowercased(), String(value))
  }

  /// A line of printable ASCII that ends with CR LF, without its end.
  private static func line(_ bytes: inout ArraySlice<UInt8>) -> String? {
    let line = bytes.prefix { (0x20...0x7E).contains($0) }
    guard bytes[line.endIndex...].starts(with: [0x0D, 0x0A]) else { return nil }
    bytes = bytes[(line.endIndex + 2)...]
    return String(decoding: line, as: UTF8.self)
  }
}
