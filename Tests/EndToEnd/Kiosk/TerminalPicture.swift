/// A terminal's screen as a page: what `tmux capture-pane -e` gives, with its colours (ECMA-48 SGR).
struct TerminalPicture {
  private struct Pen: Equatable {
    var ink: String?
    var paper: String?
    var isBold = false
    var isUnderlined = false
    var isReversed = false
  }

  private static let ink = "#e8e8e8"
  private static let paper = "#0b1220"
  /// The sixteen colours, as a Linux console's are but readable.
  private static let palette = [
    "#0b1220", "#e05555", "#5fbf77", "#f0c261", "#5f9fe8", "#c583d6", "#4fc3c7", "#e8e8e8",
    "#6b778d", "#ff8a80", "#8be39f", "#ffd985", "#a3c8ff", "#e6a9f2", "#86e6e9", "#ffffff",
  ]

  private var html = ""
  private var pen = Pen()

  /// The page, one `pre` in a frame.
  static func page(_ screen: String) -> String {
    var picture = TerminalPicture()
    for line in screen.split(separator: "\n", omittingEmptySubsequences: false) {
      picture.add(line)
      picture.html += "\n"
    }
    return """
      <!doctype html><meta charset="utf-8"><style>
      body { margin: 0; background: \(paper); display: inline-block; }
      pre { margin: 0; padding: 16px 20px; color: \(ink); background: \(paper);
        font: 16.6113px/19px "DejaVu Sans Mono", monospace; /* a cell of 10 by 19 whole pixels: no seams */ font-variant-ligatures: none; }
      </style><pre>\(picture.html)</pre>
      """
  }

  private mutating func add(_ line: Substring) {
    var rest = line
    while let escape = rest.firstIndex(of: "\u{1B}") {
      write(rest[..<escape])
      rest = rest[escape...].dropFirst()
      guard rest.first == "[", let end = rest.firstIndex(where: { $0.isLetter }) else { continue }
      if rest[end] == "m" { apply(rest[..<end].dropFirst()) }
      rest = rest[rest.index(after: end)...]
    }
    write(rest)
  }

  private mutating func apply(_ codes: Substring) {
    var codes = codes.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }[...]
    if codes.isEmpty { codes = [0] }
    while let code = codes.popFirst() {
      switch code {
      case 0: pen = Pen()
      case 1: pen.isBold = true
      case 4: pen.isUnderlined = true
      case 7: pen.isReversed = true
      case 22: pen.isBold = false
      case 24: pen.isUnderlined = false
      case 27: pen.isReversed = false
      case 30...37: pen.ink = Self.palette[code - 30]
      case 38: pen.ink = Self.extended(&codes)
      case 39: pen.ink = nil
      case 40...47: pen.paper = Self.palette[code - 40]
      case 48: pen.paper = Self.extended(&codes)
      case 49: pen.paper = nil
      case 90...97: pen.ink = Self.palette[code - 82]
      case 100...107: pen.paper = Self.palette[code - 92]
      default: break
      }
    }
  }

  private static func extended(_ codes: inout ArraySlice<Int>) -> String? {
    switch codes.popFirst() {
    case 5: codes.popFirst().flatMap { $0 < 16 ? palette[$0] : nil }
    case 2:
      "rgb(\(codes.popFirst() ?? 0) \(codes.popFirst() ?? 0) \(codes.popFirst() ?? 0))"
    default: nil
    }
  }

  private mutating func write(_ text: Substring) {
    guard !text.isEmpty else { return }
    let escaped = text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      default: result.append(character)
      }
    }
    let (ink, paper) = (pen.ink ?? Self.ink, pen.paper ?? Self.paper)
    let colours = pen.isReversed ? (paper, ink) : (ink, paper)
    var style = "color:\(colours.0);background:\(colours.1)"
    if pen.isBold { style += ";font-weight:bold" }
    if pen.isUnderlined { style += ";text-decoration:underline" }
    html += "<span style=\"\(style)\">\(escaped)</span>"
  }
}
