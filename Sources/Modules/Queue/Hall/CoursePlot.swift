import Core
import HTML
import Web

/// The day so far as a picture with a table beside it, so that the picture need not be seen.
struct CoursePlot {
  let course: DayCourse
  let words: Words

  private static let width = 640
  private static let height = 200

  @NodeBuilder var node: Node {
    if course.points.count > 1 {
      figure(.class("day-plot")) {
        svg(
          .viewBox(0, 0, Self.width, Self.height), .role("img"), .aria("label", summary), .class("plot")
        ) {
          path(.d("M0 \(Self.height - 1)H\(Self.width)"), .class("plot-axis"), .stroke(.currentColor), .fill(.none))
          path(
            .d(outline), .class("plot-line"), .stroke(.currentColor), .strokeWidth(3), .fill(.none), .strokeRoundJoin)
        }
        figcaption { summary }
      }
    }
    details {
      summary_ { words("queue.hall.course-table") }
      table
    }
  }

  /// The highest point of the line, at the end of a quarter of an hour.
  private var highest: Int { course.points.map(\.waiting).max() ?? 0 }

  /// What the picture shows, in one sentence.
  private var summary: String {
    guard let peak = course.peak, let last = course.points.last else { return words("queue.hall.course-empty") }
    return words(
      "queue.hall.course-summary",
      ["most": String(peak.waiting), "at": clock(peak.minuteOfDay), "now": String(last.waiting)])
  }

  private var outline: String {
    let most = max(1, highest)
    let count = max(1, course.points.count - 1)
    return course.points.enumerated().map { place, point in
      let x = Self.width * place / count
      let y = Self.height - 4 - (Self.height - 8) * point.waiting / most
      return "\(place == 0 ? "M" : "L")\(x) \(y)"
    }.joined()
  }

  private var table: Node {
    dataTable(
      caption: words("queue.hall.course"),
      columns: [
        words("queue.hall.until"), words("queue.hall.arrived"), words("queue.hall.called"), words("queue.hall.waiting"),
      ],
      numeric: [1, 2, 3],
      rows: course.points.map { point in
        [
          .text(clock(point.minuteOfDay)), .text(String(point.arrived)), .text(String(point.called)),
          .text(String(point.waiting)),
        ]
      }, empty: words("queue.hall.course-empty"))
  }

  private func clock(_ minute: Int) -> String {
    CivilTime(minuteOfDay: minute).spoken
  }

  private func summary_(@NodeBuilder _ content: () -> Node) -> Node { HTML.summary { content() } }
}
