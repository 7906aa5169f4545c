internal import Client

/// The screen and the loudspeaker of the hall: follows the call display's events and announces what they say.
struct CallDisplay {
  let surfer: Surfer
  let hall: Hall

  /// Runs until the task is cancelled.
  func run() async throws {
    let page = try await surfer.open("/display")
    guard page.status == 200 else { throw Trouble("the call display shows \(page.shape)") }
    try await surfer.hear("/display/peristiwa") { call in await hall.announce(call.number, calls: call.calls) }
  }
}

/// What the display says of a call.
struct AnnouncedCall: Sendable {
  let number: String
  let calls: Int

  /// Reads `{"id":"A-012/3/1",…}`, number, counter and how often; nil for anything else.
  init?(_ data: String) {
    guard let found = data.firstMatch(of: #/"id":"(?<number>[A-Z]-\d+)\/\d+\/(?<calls>\d+)"/#),
      let calls = Int(found.output.calls)
    else { return nil }
    number = String(found.output.number)
    self.calls = calls
  }
}

extension Surfer {
  /// Follows calls until the task is cancelled.
  func hear(_ path: String, _ announce: @Sendable (AnnouncedCall) async -> Void) async throws {
    var reader = try events(path)
    while !Task.isCancelled {
      do {
        guard let event = try reader.next() else {
          reader = try events(path)
          continue
        }
        if event.name == "call", let call = AnnouncedCall(event.data) { await announce(call) }
      } catch Connection.Failure.timedOut {
        continue
      }
    }
    reader.close()
  }

  /// Follows the events of a page and opens it again after each, until it is as awaited.
  func follow(_ events: String, of path: String, until isThere: @Sendable (Page) throws -> Bool) async throws -> Page {
    let reader = try self.events(events)
    defer { reader.close() }
    while true {
      let page = try await open(path)
      if try isThere(page) { return page }
      do {
        guard try reader.next() != nil else { throw Trouble("the events of \(events) ended") }
      } catch Connection.Failure.timedOut {
        continue
      }
    }
  }
}
