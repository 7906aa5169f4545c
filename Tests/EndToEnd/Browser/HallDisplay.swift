import Core
import WebDriver
import XCTest

/// The screen in the hall, in a window of its own that is never loaded again.
struct HallDisplay {
  let session: BrowserSession
  let window: WindowHandle
  let words: Words

  /// Opens it and has the page itself note when its board changes, by the clock of this machine.
  static func open(_ session: BrowserSession, _ address: String, _ words: Words) throws -> HallDisplay {
    let before = try session.window
    let window = try session.openWindow(width: 1280, height: 720)
    try session.open(address)
    try session.run(
      """
      window.shown = [];
      const note = () => {
        const number = document.querySelector('.board-number')?.textContent;
        const place = document.querySelector('.board-place')?.textContent;
        if (number) window.shown.push({ text: `${number} ${place}`, at: Date.now() });
      };
      new MutationObserver(note).observe(document.querySelector('main'), { childList: true, subtree: true });
      """)
    try session.go(to: before)
    return HallDisplay(session: session, window: window, words: words)
  }

  func inside<Value>(_ work: () throws -> Value) throws -> Value { try session.inside(window, work) }

  /// Waits until the display shows a call.
  ///
  /// - Returns: when it did so first, in milliseconds of Unix time.
  func wait(forCall number: String, counter: Int) throws -> Double {
    let text = "\(number) \(words("queue.counter", ["counter": String(counter)]))"
    return try inside {
      try session.wait(for: "the display shows \(text)", within: .seconds(30)) {
        try session.run("return window.shown?.find(each => each.text === arguments[0])?.at ?? null", .text(text)).double
      }
    }
  }

  /// Waits until it says that the line is down.
  func waitForStale() throws {
    try inside {
      try session.wait(for: "the display says that the line is down", within: .seconds(30)) {
        try session.element(".stale").isDisplayed
      }
      XCTAssertEqual(try session.text(".stale"), words("layout.stale"))
    }
  }
}
