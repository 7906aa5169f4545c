import HTML

/// A drawing of numbers as inline SVG. Readers who cannot see it have its title and description, and the table beside it;
/// nothing in it is said by colour alone.
struct Plot {
  /// Unique on the page.
  let id: String
  let title: String
  let description: String

  struct Bar {
    let label: String
    let value: Double
    /// The value as it is read.
    let shown: String
    /// A second value that is not smaller, drawn as an outline around the bar.
    var outline: (value: Double, shown: String)?
  }

  /// The least width: as wide as a telephone shows it with words that can be read; a longer day makes it wider.
  private static let widthMin = 360.0
  /// Room for a value of three digits above a bar.
  private static let stepMin = 34.0
  private static let barsHeight = 220.0

  private func drawing(width: Double, height: Double, @NodeBuilder _ content: () -> Node) -> Node {
    svg(
      .class("plot"), .viewBox(0, 0, Int(width), Int(height)), .role("img"),
      .aria("labelledby", "\(id)-title \(id)-desc")
    ) {
      drawingTitle(.id("\(id)-title")) { title }
      drawingDescription(.id("\(id)-desc")) { description }
      content()
    }
  }

  /// A bar for each value with the value above it. Where there is a second value the first bar stands inside the
  /// second one's outline.
  func bars(_ bars: [Bar]) -> Node {
    let top = 30.0
    let base = Self.barsHeight - 28
    let largest = max(bars.map { max($0.value, $0.outline?.value ?? 0) }.max() ?? 0, 1)
    let width = max(Self.widthMin, Self.stepMin * Double(bars.count))
    let step = width / Double(max(bars.count, 1))
    let thick = min(step * 0.7, 60)
    return drawing(width: width, height: Self.barsHeight) {
      path(.class("axis"), .d("M0 \(Int(base))h\(Int(width))"))
      for (place, bar) in bars.enumerated() {
        let middle = step * (Double(place) + 0.5)
        let height = rounded((base - top) * bar.value / largest)
        if let outline = bar.outline {
          let around = rounded((base - top) * outline.value / largest)
          rect(
            .class("outline"), .x(rounded(middle - thick / 2)), .y(base - around), .shapeWidth(rounded(thick)),
            .shapeHeight(around))
          // Where the two tops nearly touch, one of the numbers would stand in the other.
          if around - height > 20 {
            drawnText(.class("axis-label"), .x(rounded(middle)), .y(base - around - 7), .textAnchor(.middle)) {
              outline.shown
            }
          }
        }
        rect(
          .class("bar"), .x(rounded(middle - thick / 2)), .y(base - height), .shapeWidth(rounded(thick)),
          .shapeHeight(height))
        drawnText(.x(rounded(middle)), .y(base - height - 7), .textAnchor(.middle)) { bar.shown }
        drawnText(.class("axis-label"), .x(rounded(middle)), .y(base + 20), .textAnchor(.middle)) { bar.label }
      }
    }
  }

  /// A square for each cell, as large as its value, with the value in it.
  func heat(rows: [String], columns: [String], values: [[Int]]) -> Node {
    let left = 76.0
    let width = max(Self.widthMin, left + Self.stepMin * Double(columns.count))
    let side = (width - left) / Double(max(columns.count, 1))
    let row = min(side, 44)
    let largest = Double(max(values.joined().max() ?? 0, 1))
    return drawing(width: width, height: row * Double(rows.count) + 26) {
      for (y, label) in rows.enumerated() {
        let middle = row * (Double(y) + 0.5)
        drawnText(.class("axis-label"), .x(0), .y(rounded(middle + 5))) { label }
        for (x, value) in values[y].enumerated() where value > 0 {
          let centre = left + side * (Double(x) + 0.5)
          // The area, not the side, says how much.
          let length = rounded(row * 0.94 * (Double(value) / largest).squareRoot())
          rect(
            .class("cell"), .x(rounded(centre - length / 2)), .y(rounded(middle - length / 2)), .shapeWidth(length),
            .shapeHeight(length))
          drawnText(.x(rounded(centre)), .y(rounded(middle + 5)), .textAnchor(.middle)) { String(value) }
        }
      }
      for (x, label) in columns.enumerated() {
        drawnText(
          .class("axis-label"), .x(rounded(left + side * (Double(x) + 0.5))),
          .y(rounded(row * Double(rows.count) + 20)), .textAnchor(.middle)
        ) { label }
      }
    }
  }

  private func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }
}
