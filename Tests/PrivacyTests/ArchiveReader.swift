/// Reads a ZIP archive from its directory, as most readers do, and with a checksum of its own.
struct ArchiveReader {
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  let files: [(name: String, content: [UInt8])]

  init(_ bytes: [UInt8]) throws {
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    guard bytes.count >= 22, number(bytes.count - 22, 4) == 0x0605_4B50 else { throw Broken(description: "no end") }
    var place = number(bytes.count - 6, 4)
    var files: [(name: String, content: [UInt8])] = []
    for _ in 0..<number(bytes.count - 12, 2) {
      guard number(place, 4) == 0x0201_4B50 else { throw Broken(description: "no directory entry at \(place)") }
      let (crc, packed, whole) = (number(place + 16, 4), number(place + 20, 4), number(place + 24, 4))
      let (nameCount, start) = (number(place + 28, 2), number(place + 42, 4))
      let name = String(decoding: bytes[place + 46..<place + 46 + nameCount], as: UTF8.self)
      guard number(start, 4) == 0x0403_4B50 else { throw Broken(description: "no file at \(start)") }
      var from = start + 30 + number(start + 26, 2) + number(start + 28, 2)
      let end = from + packed
      var content: [UInt8] = []
      var isLast = false
      while !isLast {
        isLast = bytes[from] == 1
        let count = number(from + 1, 2)
        guard count ^ number(from + 3, 2) == 0xFFFF else { throw Broken(description: "a block of \(name)") }
        content += bytes[from + 5..<from + 5 + count]
        from += 5 + count
      }
      guard from == end, content.count == whole, Self.crc(content) == crc else {
        throw Broken(description: "\(name) is not whole")
      }
      guard number(end, 4) == 0x0807_4B50, number(end + 4, 4) == crc, number(end + 8, 4) == packed,
        number(end + 12, 4) == whole
      else { throw Broken(description: "what stands behind \(name)") }
      files.append((name, content))
      place += 46 + nameCount
    }
    self.files = files
  }

  subscript(_ name: String) -> [UInt8]? { files.first { $0.name == name }?.content }

  /// Bit by bit, as the definition says.
  private static func crc(_ bytes: [UInt8]) -> Int {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      for bit in 0..<8 {
        let isOne = (rest ^ (UInt32(byte) >> UInt32(bit))) & 1 == 1
        rest = isOne ? (rest >> 1) ^ 0xEDB8_8320 : rest >> 1
      }
    }
    return Int(~rest)
  }
}
