internal import Core
internal import HTML

/// How a page that follows events stays true where no script runs: it loads itself again from time to time.
///
/// A reader may stop it (WCAG 2.2.2 and 2.2.4): a screen reader begins a page anew each time.
struct Reloading {
  /// In the address of a page that stands still.
  private static let stopped = "diam=ya"

  let context: PageContext
  let isDisplay: Bool

  /// A call must be seen within seconds in the hall; a phone in the hand may take longer.
  var seconds: Int { isDisplay ? 10 : 30 }

  var isOn: Bool { isDisplay || !context.address.description.contains(Self.stopped) }

  /// Says so to readers without scripts, with the way to stop it or to have it again.
  var note: Node {
    let words = context.words
    return noscript {
      p(.class("wrap reloading")) {
        words(isOn ? "layout.reloading.on" : "layout.reloading.off", ["seconds": String(seconds)]) + " "
        if isOn {
          a(.href(context.address.adding("diam", "ya"))) { words("layout.reloading.stop") }
        } else {
          a(.href(Link(localPath: context.path) ?? "/")) { words("layout.reloading.start") }
        }
      }
    }
  }
}
