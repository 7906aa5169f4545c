/// A part of a picture whose length its head has announced: a segment of a JPEG, a chunk of a PNG.
struct PictureStretch {
  /// How much of it is still to come.
  var byteCount = 0

  var isOver: Bool { byteCount == 0 }

  /// Takes what belongs to it from the front of what has come.
  mutating func take(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let own = rest.prefix(byteCount)
    byteCount -= own.count
    rest = rest.dropFirst(own.count)
    return own
  }

  /// Goes over what belongs to it of bytes that end at `end`.
  mutating func pass(_ index: inout Int, until end: Int) {
    let count = min(byteCount, end - index)
    byteCount -= count
    index += count
  }
}
