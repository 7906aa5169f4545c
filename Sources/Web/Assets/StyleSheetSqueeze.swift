/// Takes the comments and the white space that mean nothing out of a style sheet: what is written for people need not go
/// over a weak line.
enum StyleSheetSqueeze {
  static func squeezed(_ sheet: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(sheet.count)
    var rest = sheet[...]
    var hasSpace = false
    while let byte = rest.first {
      if rest.starts(with: Array("/*".utf8)) {
        rest = afterComment(rest)
        hasSpace = true
      } else if byte == quote {
        separate(&output, hasSpace, before: byte)
        hasSpace = false
        let end = rest.dropFirst().firstIndex(of: quote) ?? rest.endIndex - 1
        output += rest[...end]
        rest = rest[(end + 1)...]
      } else if whiteSpace.contains(byte) {
        hasSpace = true
        rest = rest.dropFirst()
      } else {
        separate(&output, hasSpace, before: byte)
        hasSpace = false
        // The last declaration of a block needs no semicolon.
        if byte == UInt8(ascii: "}"), output.last == UInt8(ascii: ";") { output.removeLast() }
        output.append(byte)
        rest = rest.dropFirst()
      }
    }
    return output
  }

  private static let quote = UInt8(ascii: "\"")
  private static let whiteSpace = Array(" \n\r\t".utf8)
  /// A space after these means nothing. Before a colon it does: it is a descendant's.
  private static let needsNoneAfter = Array("{};,:".utf8)
  private static let needsNoneBefore = Array("{};,".utf8)

  private static func separate(_ output: inout [UInt8], _ hasSpace: Bool, before byte: UInt8) {
    guard hasSpace, let last = output.last, !needsNoneAfter.contains(last), !needsNoneBefore.contains(byte) else {
      return
    }
    output.append(UInt8(ascii: " "))
  }

  private static func afterComment(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = rest.dropFirst(2)
    while !rest.isEmpty, !rest.starts(with: Array("*/".utf8)) { rest = rest.dropFirst() }
    return rest.dropFirst(2)
  }
}
