/// Goes through a picture step by step: a head, and the stretch that it announces.
protocol PictureWalker: ContentWalker {
  /// Goes on from `index`, by a byte at least; false as `take` has it.
  mutating func step(_ bytes: UnsafeRawBufferPointer, from index: inout Int) -> Bool
}

extension PictureWalker {
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      guard unsafe step(bytes, from: &index) else { return false }
    }
    return true
  }
}
