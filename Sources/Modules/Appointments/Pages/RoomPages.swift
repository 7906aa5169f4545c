import Contracts
import Core
import HTML
import Store
import Web

/// `/ruang-tunggu`: waiting for a release. The page fetches itself again by a `Refresh` header, so it needs no script;
/// where scripts run, events tell when it is time.
struct RoomPages: Sendable {
  static let pass: StaticString = "ruang"

  let room: WaitingRoom

  private var booking: BookingContext { room.booking }

  func routes() -> [Route] {
    [
      Route(.get, "/ruang-tunggu", for: .everyone) { request in try await door(request) },
      Route(.post, "/ruang-tunggu", for: .everyone) { request in try await enter(request) },
      Route(.get, "/ruang-tunggu/:kode", for: .everyone) { request in try await standing(request) },
      Route(.get, "/ruang-tunggu/:kode/peristiwa", for: .everyone) { request in try await events(request) },
    ]
  }

  /// The pass that the browser holds.
  static func pass(_ request: Request) -> PublicCode? { request.cookie(pass).flatMap { PublicCode($0) } }

  private func door(_ request: Request) async throws -> Response {
    if let pass = Self.pass(request), let standing = try await room.standing(pass), standing != .over {
      return .redirect("/ruang-tunggu/\(pass)")
    }
    let now = booking.clock.now
    let (session, next) = try await booking.store.read { snapshot in
      (try room.session(in: snapshot), try SlotTable.nextRelease(after: now, in: snapshot))
    }
    let words = request.words
    return .page(request, title: words("appointment.room.title")) {
      pageHeading(words("appointment.room.title"), lead: words("appointment.room.lead"))
      NextReleaseView(next: next, context: request.context).node
      if let session, session.isOpen(at: now) {
        actionButton(
          request.context, to: "/ruang-tunggu", label: words("appointment.room.enter"), style: .primary)
        p(.class("muted")) { words("appointment.room.fair") }
      } else if let session, now < session.opens {
        notice(.info) { p { words("appointment.room.opens", ["time": words.time(session.opens, in: booking.zone)]) } }
      } else {
        p { linkButton(words("appointment.room.to-booking"), to: "/janji", style: .primary) }
      }
    }
  }

  private func enter(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    let code = try await room.enter(as: Self.pass(request))
    return .redirect("/ruang-tunggu/\(code)").setting(cookie(code))
  }

  private func cookie(_ code: PublicCode) -> Cookie {
    Cookie(Self.pass, code.description, secondsToLive: 24 * 3600)
  }

  private func found(_ request: Request) async throws -> (code: PublicCode, standing: RoomStanding) {
    if let code = PublicCode(request.parameter("kode")), let standing = try await room.standing(code) {
      return (code, standing)
    }
    try request.allow(.lookUp)
    throw Problem(.notFound, "appointment.unknown-pass")
  }

  private func standing(_ request: Request) async throws -> Response {
    let (code, standing) = try await found(request)
    let words = request.words
    let response = Response.page(request, title: words("appointment.room.title")) {
      pageHeading(words("appointment.room.title"))
      liveRegion("ruang", events: "/ruang-tunggu/\(code)/peristiwa", isAnnounced: true) { view(standing, words) }
      card(title: words("appointment.room.keep")) {
        p { words("appointment.room.keep-text") }
      }
    }.setting(cookie(code))
    guard let seconds = pause(standing) else { return response }
    return response.setting(header: "Refresh", String(seconds))
  }

  @NodeBuilder private func view(_ standing: RoomStanding, _ words: Words) -> Node {
    switch standing {
    case .early(let begins):
      notice(.info, title: words("appointment.room.early", ["time": words.time(begins, in: booking.zone)])) {
        p { words("appointment.room.fair") }
      }
    case .waiting(let ahead, let admitted):
      tiles([
        figureTile(String(ahead), words("appointment.room.ahead")),
        figureTile(words.time(admitted, in: booking.zone), words("appointment.room.about")),
      ])
      p { words("appointment.room.waiting") }
    case .admitted(let until):
      notice(.success, title: words("appointment.room.your-turn"), isNews: true) {
        p { words("appointment.room.until", ["time": words.time(until, in: booking.zone)]) }
      }
      p { linkButton(words("appointment.room.choose"), to: "/janji", style: .primary) }
    case .over:
      notice(.warning, title: words("appointment.room.over")) { p { words("appointment.room.over-text") } }
      p { linkButton(words("appointment.room.again"), to: "/ruang-tunggu", style: .primary) }
    }
  }

  /// Seconds until the page fetches itself again: sooner the nearer one is, so that a crowd asks seldom.
  private func pause(_ standing: RoomStanding) -> Int? {
    switch standing {
    case .early(let begins): spaced(begins - booking.clock.now)
    case .waiting(_, let admitted): spaced(admitted - booking.clock.now)
    case .admitted, .over: nil
    }
  }

  /// When the page asks again: in 5 to 60 seconds, with a random part that keeps a crowd from asking in the same second.
  private func spaced(_ left: Duration) -> Int {
    let seconds = Int(left.milliseconds / 1000)
    return min(60, max(5, seconds / 2)) + booking.random.below(4)
  }

  /// One event as soon as something has changed for the person; the page then fetches itself.
  ///
  /// A round of the stream's own and no `Periodic`: it ends by itself, when no more is to come for the person or it cannot be
  /// told, since the page asks again without it; and it is no work of the office whose failures health would count.
  private func events(_ request: Request) async throws -> Response {
    let (code, first) = try await found(request)
    let stream = EventStream()
    let room = room
    let teller = Task {
      var last = first
      while stream.isOpen, !Task.isCancelled {
        guard let seconds = pause(last) else { break }
        do { try await Task.sleep(for: .seconds(seconds)) } catch { break }
        guard let now = try? await room.standing(code) else { break }
        if now != last { stream.send(ServerEvent(data: "ruang")) }
        last = now
      }
    }
    stream.onClose { teller.cancel() }
    return .events(stream)
  }
}
