public import Console

/// As much of a terminal as the renderer relies on: printing, moving, erasing, attributes; for tests.
public struct TinyTerminal: Sendable {
  /// A cell as it is shown.
  public struct ShownCell: Equatable, CustomStringConvertible, Sendable {
    public internal(set) var character: Character = " "
    public internal(set) var isTrailing = false
    /// The attributes of ECMA-48 in force.
    public internal(set) var codes: Set<Int> = []
    public var description: String { "\(character)\(isTrailing ? "<" : "")\(codes.sorted())" }
  }

  public let size: Size
  public var cells: [[ShownCell]]
  public var column = 0
  public var row = 0
  public var codes: Set<Int> = []
  public var cursorIsVisible = false
  /// What it was sent and does not know; a renderer's fault.
  public var unknown: [String] = []
  /// Whether the screen and all that could be scrolled back to have been cleared since this was reset.
  public var wasWiped = false
  public var bellCount = 0
  private var bytes: ArraySlice<UInt8> = []

  public init(_ size: Size) {
    self.size = size
    cells = Array(repeating: Array(repeating: ShownCell(), count: size.columns), count: size.rows)
  }

  public mutating func apply(_ sent: [UInt8]) {
    bytes = sent[...]
    while let byte = bytes.first {
      switch byte {
      case 0x1B: escape()
      case 0x0D: column = 0
      case 0x0A: row = min(row + 1, size.rows - 1)
      case 0x07: bellCount += 1
      case 0x08: column = max(0, min(column, size.columns - 1) - 1)
      case 0x20...:
        print()
        continue
      default: unknown.append("byte \(byte)")
      }
      bytes = bytes.dropFirst()
    }
  }

  private mutating func print() {
    let text = bytes.prefix { $0 >= 0x20 && $0 != 0x1B }
    bytes = bytes.dropFirst(text.count)
    for character in String(decoding: text, as: UTF8.self) {
      let width = character.cellCount
      guard column + width <= size.columns else {
        unknown.append("beyond the edge")
        continue
      }
      for taken in column..<(column + width) { release(taken) }
      cells[row][column] = ShownCell(character: character, codes: codes)
      if width == 2 { cells[row][column + 1] = ShownCell(isTrailing: true, codes: codes) }
      column += width
    }
  }

  private mutating func release(_ column: Int) {
    if cells[row][column].isTrailing { cells[row][column - 1] = ShownCell() }
    if column + 1 < size.columns, cells[row][column + 1].isTrailing { cells[row][column + 1] = ShownCell() }
  }

  /// The rows as a reader sees them.
  public var text: String {
    cells.map { row in String(row.filter { !$0.isTrailing }.map(\.character)) }.joined(separator: "\n")
  }

  private mutating func escape() {
    // ESC = and ESC > switch the number pad.
    if let second = bytes.dropFirst().first, "=>".utf8.contains(second) {
      bytes = bytes.dropFirst()
      return
    }
    let sequence = bytes.dropFirst(2)
    let parameters = sequence.prefix { !(0x40...0x7E).contains($0) }
    let final = sequence.dropFirst(parameters.count).first.map { Character(Unicode.Scalar($0)) } ?? "?"
    bytes = bytes.dropFirst(2 + parameters.count)
    let text = String(decoding: parameters, as: UTF8.self)
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    func number(_ index: Int) -> Int { index < numbers.count ? numbers[index] ?? 1 : 1 }
    switch (final, text) {
    case ("h", "?25"): cursorIsVisible = true
    case ("l", "?25"): cursorIsVisible = false
    case ("H", _): (row, column) = (number(0) - 1, number(1) - 1)
    case ("C", _): column += number(0)
    case ("K", ""):
      for erased in column..<size.columns { cells[row][erased] = ShownCell() }
      if !codes.isEmpty { unknown.append("erased in a style") }
    case ("h", "?1049"), ("l", "?1049"), ("h", "?7"), ("l", "?7"): break
    case ("J", "3"): wasWiped = true
    case ("J", "2"): cells = TinyTerminal(size).cells
    case ("m", _): (text.isEmpty ? [0] : numbers.map { $0 ?? 0 }).forEach { attribute($0) }
    default: unknown.append("ESC[\(text)\(final)")
    }
    if "HCK".contains(final), row >= size.rows || column >= size.columns { unknown.append("\(final) outside") }
  }

  private mutating func attribute(_ code: Int) {
    switch code {
    case 0: codes = []
    case 1, 4, 7: codes.insert(code)
    case 22: codes.remove(1)
    case 24: codes.remove(4)
    case 27: codes.remove(7)
    case 30...37: codes = codes.filter { !(30...37).contains($0) }.union([code])
    case 39: codes = codes.filter { !(30...37).contains($0) }
    case 40: codes.insert(40)
    case 49: codes.remove(40)
    default: unknown.append("attribute \(code)")
    }
  }

  /// What a terminal must show for a frame.
  public static func cells(of frame: Frame, palette: Palette) -> [[ShownCell]] {
    (0..<frame.size.rows).map { row in
      (0..<frame.size.columns).map { column in
        let cell = frame[column, row]
        let shown = ShownCell(character: cell.character, isTrailing: cell.width == 0)
        return ShownCell(
          character: shown.character, isTrailing: shown.isTrailing, codes: codes(of: cell.style, palette))
      }
    }
  }

  private static func codes(of style: Style, _ palette: Palette) -> Set<Int> {
    var codes: Set<Int> = []
    if style.isBold { codes.insert(1) }
    if style.isUnderlined { codes.insert(4) }
    if style.isReverse { codes.insert(7) }
    let colours: [Int] =
      switch style.tone {
      case .plain: []
      case .accent: [36]
      case .good: [32]
      case .warning: [33]
      case .bad: [31]
      case .picture: [37, 40]
      }
    if palette == .colour { return codes.union(colours) }
    return style.tone == .plain || style.tone == .picture ? codes : codes.union([1])
  }
}
