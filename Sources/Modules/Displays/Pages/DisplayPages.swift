import Contracts
import Core
import HTML
import Web

/// The call displays and what they say.
struct DisplayPages: Sendable {
  let snapshots: any QueueSnapshotService
  let displays: LiveDisplays
  let rules: DisplayRules
  let locales: Locales
  /// Nil where recordings have no place to be kept.
  let speaker: Speaker?

  func routes() -> [Route] {
    [
      Route(.get, "/display", for: .everyone) { request in try await page(request, of: nil) },
      Route(.get, "/display/peristiwa", for: .everyone) { request in try await events(request, of: nil) },
      Route(.get, "/display/:zona", for: .everyone) { request in
        try await page(request, of: request.parameter("zona"))
      },
      Route(.get, "/display/:zona/peristiwa", for: .everyone) { request in
        try await events(request, of: request.parameter("zona"))
      },
      Route(.get, "/suara/:nama", for: .everyone) { request in try await sound(request) },
    ]
  }

  private func zone(_ code: String?) throws(Problem) -> DisplayZone {
    guard let zone = rules.now.zone(code) else { throw Problem(.notFound, "queue.unknown-zone") }
    return zone
  }

  private func page(_ request: Request, of code: String?) async throws -> Response {
    let zone = try zone(code)
    try await snapshots.catchUp()
    let view = DisplayView(
      board: displays.board(of: code) ?? Board(calls: [], waiting: 0), zone: zone, displays: rules.now,
      words: request.words, officeZone: request.context.zone)
    return .page(request, title: view.title, face: .display) { view.node }
  }

  /// Brings the board at once and after each change, and what to say.
  private func events(_ request: Request, of code: String?) async throws -> Response {
    let zone = try zone(code)
    try await snapshots.catchUp()
    let display = LiveDisplays.Display(zone: code, language: request.words.language)
    return .events(displays.follow(display, in: zone, lastEventID: request.lastEventID))
  }

  /// The recording of a call that was made today. There is none of any other, so that no client can have
  /// the machine speak at will.
  private func sound(_ request: Request) async throws -> Response {
    let name = request.parameter("nama")
    let called = displays.snapshot.calls.lazy.flatMap { call in
      rules.now.languages.map { CallPhrase(call, in: $0, locales: locales) }
    }
    guard let phrase = called.first(where: { $0.fileName == name }), let speaker,
      let bytes = await speaker.recording(of: phrase)
    else { throw Problem(.notFound, "not-found") }
    let isVersioned = request.query("v") == phrase.version
    return .bytes(bytes, mediaType: "audio/wav")
      .setting(header: "Cache-Control", isVersioned ? "public, max-age=31536000, immutable" : "no-cache")
  }
}
