public import HTML
public import QR

/// A queue number to be read from afar or at a glance.
///
/// Use it once a page, for the number that is called in the hall; not for a number to keep, which is a `keepCode`.
///
/// - Parameter label: what it is ("Nomor antrean Anda").
public func ticketNumber(_ number: String, label: String, at place: String? = nil) -> Node {
  p(.class("ticket-number")) {
    span(.class("ticket-label")) { label }
    strong(.untranslated) { number }
    if let place { span(.class("ticket-place")) { place } }
  }
}

/// A number or code that the reader should keep, in letters that cannot be mistaken.
///
/// Use it for what the reader must write down or compare; not for a queue number, and not within a sentence.
public func keepCode(_ code: String, label: String) -> Node {
  // A fingerprint of 64 symbols is compared, not typed: smaller letters do.
  p(.class("keep-code"), code.utf8.count > 32 ? .class("long") : nil) {
    span { label }
    HTML.code(.untranslated) { code }
  }
}

/// A QR code as inline SVG, black on white in every mode, with the quiet zone of four modules that
/// ISO/IEC 18004 asks for.
///
/// Use it for what another device reads; not as the only way: the same stands beside it as a link or a number.
///
/// - Parameter label: what the code leads to, for those who cannot see it.
public func qrCode(_ code: QRCode, label: String) -> Node {
  let side = code.size + 8
  return svg(.class("qr"), .viewBox(0, 0, side, side), .role("img"), .aria("label", label), .crispEdges) {
    rect(.class("qr-light"), .shapeWidth(Double(side)), .shapeHeight(Double(side)))
    path(.class("qr-dark"), .d(runs(code)))
  }
}

/// The dark modules as one path: a line as thick as a module along the middle of each row, drawn where it is dark and
/// moved on where it is light, which is a tenth of the bytes of single squares.
private func runs(_ code: QRCode) -> String {
  var path = ""
  for y in 0..<code.size {
    path += "M4 \(y + 4).5"
    var start = 0
    for x in 1...code.size where x == code.size || code[x, y] != code[start, y] {
      if code[start, y] { path += "h\(x - start)" } else if x < code.size { path += "m\(x - start) 0" }
      start = x
    }
  }
  return path
}

/// A part of the page that follows events: when one arrives at `events` (server-sent), the script
/// fetches the page again and puts this part's new content in place. Without a script it stands still.
///
/// Use it around what changes while it is looked at; not around a form, whose content would be lost, and not around a
/// whole page.
///
/// - Parameters:
///   - id: unique on the page and the same each time.
///   - isAnnounced: whether a screen reader says what changed; for short parts only.
///   - isPushed: whether the events themselves bring the new content (events named `isi`, whose data is the part's
///     inside), the present one first: then the page is fetched only while there is no line.
public func liveRegion(
  _ id: String, events: Link, isAnnounced: Bool = false, isPushed: Bool = false, @NodeBuilder _ content: () -> Node
) -> Node {
  div(
    .id(id), .data("live", events.description), isPushed ? .data("pushed", "") : nil,
    isAnnounced ? .aria("live", "polite") : nil
  ) { content() }
}
