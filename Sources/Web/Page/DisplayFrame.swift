internal import Core
internal import HTML

/// The frame of the screen in the hall: the office's name, the time, and nothing to press.
struct DisplayFrame {
  let context: PageContext

  @NodeBuilder func around(_ content: Node) -> Node {
    header(.class("display-top")) {
      div(.class("brand")) { Brand(context: context).content }
      p(.class("display-clock")) {
        time(
          .data("clock", context.zone.rawValue), .data("milliseconds", String(context.now.milliseconds % 60_000)),
          .datetime(context.zone.time(of: context.now).description)
        ) {
          context.words.time(context.now, in: context.zone)
        }
        span { context.words.longDate(context.zone.date(of: context.now)) }
      }
    }
    main(.id(Layout.mainID)) { content }
    footer(.class("display-foot")) {
      Motif.band
      p { context.words("layout.honest") }
    }
  }
}
