/// A Swift source without what its comments and texts say: as long as before, so that braces and words can be counted.
struct BareSource {
  let bytes: [UInt8]

  init(_ text: String) {
    var blanking = Blanking(source: Array(text.utf8))
    blanking.run()
    bytes = blanking.bare
  }

  /// The lines, without their ends.
  var lines: [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

private struct Blanking {
  let source: [UInt8]
  private(set) var bare: [UInt8]

  init(source: [UInt8]) {
    self.source = source
    bare = source
  }

  mutating func run() {
    var place = 0
    while place < source.count {
      if let end = commentEnd(at: place) ?? literalEnd(at: place) {
        for blanked in place..<end where source[blanked] != UInt8(ascii: "\n") { bare[blanked] = UInt8(ascii: " ") }
        place = end
      } else {
        place += 1
      }
    }
  }

  private func starts(_ text: [UInt8], at place: Int) -> Bool {
    place + text.count <= source.count && source[place..<place + text.count].elementsEqual(text)
  }

  private func commentEnd(at start: Int) -> Int? {
    guard source[start] == UInt8(ascii: "/") else { return nil }
    if starts(Array("//".utf8), at: start) {
      return source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
    }
    guard starts(Array("/*".utf8), at: start) else { return nil }
    var place = start + 2
    while place < source.count, !starts(Array("*/".utf8), at: place) { place += 1 }
    return min(place + 2, source.count)
  }

  /// The end of the text that begins here; nil where none does.
  private func literalEnd(at start: Int) -> Int? {
    guard source[start] == UInt8(ascii: "\"") || source[start] == UInt8(ascii: "#") else { return nil }
    let hashes = source[start...].prefix { $0 == UInt8(ascii: "#") }
    let open = start + hashes.count
    guard open < source.count, source[open] == UInt8(ascii: "\"") else { return nil }
    let quotes = starts(Array("\"\"\"".utf8), at: open) ? Array("\"\"\"".utf8) : Array("\"".utf8)
    let (close, escape) = (quotes + hashes, Array("\\".utf8) + hashes)
    var place = open + quotes.count
    while place < source.count, !starts(close, at: place) {
      // A mark of quotation in an expression begins no text: one line at most is lost.
      if quotes.count == 1, source[place] == UInt8(ascii: "\n") { return place }
      if starts(escape, at: place) {
        place += escape.count
        let isCode = place < source.count && source[place] == UInt8(ascii: "(")
        place = isCode ? codeEnd(after: place + 1) : place + 1
      } else {
        place += 1
      }
    }
    return min(place + close.count, source.count)
  }

  /// The end of code inside a text, which may hold texts again.
  private func codeEnd(after start: Int) -> Int {
    var (place, depth) = (start, 1)
    while place < source.count, depth > 0 {
      if let end = literalEnd(at: place) {
        place = end
        continue
      }
      if source[place] == UInt8(ascii: "(") { depth += 1 }
      if source[place] == UInt8(ascii: ")") { depth -= 1 }
      place += 1
    }
    return place
  }
}
