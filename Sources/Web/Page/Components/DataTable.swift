public import HTML

/// A table with a caption. On a narrow screen each row becomes a block whose cells name their column; where it is wider
/// than its place all the same, in large print or wide letters, it scrolls inside itself and the page stays.
///
/// Use it for data that is compared by row and column; not for layout, and not for the facts of one thing, which are a
/// `summaryList`.
///
/// - Parameters:
///   - captionIsSeen: false where a heading right above says the same.
///   - numeric: the columns (from 0) whose cells are numbers, to stand on the right.
///   - isCompact: true where it is narrow enough to stay a table on a narrow screen.
///   - rows: as many cells as there are columns; the first is the row's heading.
public func dataTable(
  caption words: String, captionIsSeen: Bool = false, columns: [String], numeric: Set<Int> = [],
  isCompact: Bool = false,
  rows: [[Node]], empty: String? = nil
) -> Node {
  if rows.isEmpty, let empty { return p(.class("empty")) { empty } }
  let columns = columns.map { $0.prefix(1).uppercased() + $0.dropFirst() }
  let alignment = columns.indices.map { numeric.contains($0) ? Attribute.class("number") : nil }
  // Made once for all rows.
  let names = columns.map { Attribute.data("column", $0) }
  let grid = table(.class("data")) {
    caption(.class(captionIsSeen ? nil : "unseen")) { words }
    thead { tr { for (column, aligned) in zip(columns, alignment) { th(.scope(.col), aligned) { column } } } }
    tbody {
      for row in rows {
        tr {
          for (place, cell) in row.prefix(columns.count).enumerated() {
            if place == 0 {
              th(.scope(.row), alignment[place]) { cell }
            } else {
              td(names[place], alignment[place]) { cell }
            }
          }
        }
      }
    }
  }
  // Browsers let the keyboard reach what scrolls, and only then; it says what it is.
  return div(.class(isCompact ? "scroll compact" : "scroll"), .role("group"), .aria("label", words)) { grid }
}

/// One figure that stands for much: "23 menunggu".
///
/// Use it for a figure that is taken in at a glance; not for one of many, which belongs into a `dataTable`.
public func figureTile(_ value: String, _ label: String, tone: Tone = .neutral) -> Node {
  div(.class("tile \(tone.rawValue)")) {
    p(.class("tile-value")) { value }
    p(.class("tile-label")) { label }
  }
}

/// Figures side by side.
///
/// Use it for two to five `figureTile`s; not for links or actions.
public func tiles(_ nodes: [Node]) -> Node { div(.class("tiles")) { nodes } }
