#if canImport(Glibc)
  internal import Glibc
#endif

/// Takes a multipart form apart while it arrives (RFC 7578; RFC 2046, section 5.1), the same in pieces of any size.
///
/// What two readers may read differently is refused: a part without a name or with two, and a head with control characters,
/// of which U+0000 would end a name for some.
struct MultipartReader {
  /// What stands before a part's content.
  struct Head: Equatable {
    let name: String
    /// Nil for a field.
    let fileName: String?
    /// Empty where none is said.
    let mediaType: String
  }

  /// What has come, in its order.
  enum Event {
    case part(Head)
    /// Of the part that began last.
    case bytes(ArraySlice<UInt8>)
  }

  private enum Stage {
    /// Before the first boundary.
    case preamble
    /// Behind a boundary, before its line's end.
    case boundary
    case head
    case content
    case end
    case failed
  }

  /// RFC 2046, section 5.1.1.
  private static let boundaryByteCountMax = 70
  /// A name, a file's name of 255 bytes with each of them encoded, and a type take a few hundred.
  private static let headByteCountMax = 4096
  private static let lineEnd = Array("\r\n".utf8)
  private static let headEnd = Array("\r\n\r\n".utf8)

  private let delimiter: [UInt8]
  private var stage = Stage.preamble
  /// What is not understood yet. The first boundary may stand at the very beginning, where no line has ended.
  private var pending: [UInt8]

  /// Nil for what is no boundary.
  init?(boundary: String) {
    guard (1...Self.boundaryByteCountMax).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    delimiter = Self.lineEnd + Array("--\(boundary)".utf8)
    pending = Self.lineEnd
  }

  /// Whether the last boundary has come.
  var isWhole: Bool { stage == .end }
  /// Whether what came is no form.
  var hasFailed: Bool { stage == .failed }

  /// Takes the next bytes.
  mutating func read(_ bytes: [UInt8]) -> [Event] {
    guard stage != .end, stage != .failed else { return [] }
    pending += bytes
    var events: [Event] = []
    var place = 0
    while step(&place, &events) {}
    pending = stage == .end || stage == .failed ? [] : Array(pending[place...])
    return events
  }

  /// Reads one thing; false when more must come first, or nothing more is to be read.
  private mutating func step(_ place: inout Int, _ events: inout [Event]) -> Bool {
    switch stage {
    case .preamble, .content:
      let (end, isFound) = search(delimiter, from: place)
      if stage == .content, end > place { events.append(.bytes(pending[place..<end])) }
      place = end + (isFound ? delimiter.count : 0)
      if isFound { stage = .boundary }
      return isFound
    case .boundary:
      guard pending.count - place >= 2 else { return false }
      let mark = pending[place..<place + 2]
      place += 2
      stage = mark.elementsEqual(Self.lineEnd) ? .head : mark.elementsEqual("--".utf8) ? .end : .failed
      return stage == .head
    case .head:
      let (end, isFound) = search(Self.headEnd, from: place)
      guard end - place <= Self.headByteCountMax else {
        stage = .failed
        return false
      }
      guard isFound else { return false }
      guard let head = Self.head(pending[place..<end]) else {
        stage = .failed
        return false
      }
      events.append(.part(head))
      place = end + Self.headEnd.count
      stage = .content
      return true
    case .end, .failed: return false
    }
  }

  /// Where `mark`, which begins with CR, stands next; where it does not, up to where nothing of it can have begun.
  private func search(_ mark: [UInt8], from start: Int) -> (end: Int, isFound: Bool) {
    var place = start
    while let candidate = lineEndPlace(from: place) {
      let rest = pending[candidate...].prefix(mark.count)
      if mark.starts(with: rest) { return (candidate, rest.count == mark.count) }
      place = candidate + 1
    }
    return (pending.count, false)
  }

  /// The next CR.
  private func lineEndPlace(from start: Int) -> Int? {
    unsafe pending.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(UInt8(ascii: "\r")), bytes.count - start)
      else { return nil }
      return unsafe base.distance(to: UnsafeRawPointer(found))
    }
  }

  /// Reads a part's head: whole lines without the last one's end.
  private static func head(_ bytes: ArraySlice<UInt8>) -> Head? {
    var disposition: ParameterizedValue?
    var mediaType: String?
    var rest = bytes
    while !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\r") }
      rest = rest.dropFirst(line.count)
      guard rest.isEmpty || rest.starts(with: lineEnd) else { return nil }
      rest = rest.dropFirst(lineEnd.count)
      guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
      let name = line.prefix(while: \.isTokenCharacter)
      guard !name.isEmpty, line.dropFirst(name.count).first == UInt8(ascii: ":") else { return nil }
      var value = line.dropFirst(name.count + 1).drop(while: \.isWhiteSpace)
      while value.last?.isWhiteSpace == true { value = value.dropLast() }
      switch String(decoding: name, as: UTF8.self).lowercased() {
      case "content-disposition":
        guard disposition == nil, let read = ParameterizedValue(value) else { return nil }
        disposition = read
      case "content-type":
        guard mediaType == nil else { return nil }
        mediaType = String(decoding: value, as: UTF8.self)
      default: break
      }
    }
    guard let disposition, disposition.word == "form-data", let name = disposition["name"] else { return nil }
    return Head(name: name, fileName: disposition["filename"], mediaType: mediaType ?? "")
  }
}
