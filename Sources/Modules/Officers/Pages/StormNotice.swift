internal import Core
internal import HTML
internal import Web

/// What supervisors are told of a storm of failed sign-ins, and what they can do: while it lasts, and for a day after.
struct StormNotice: Sendable {
  /// Supervisors who were not there read it the next morning.
  static let memory = Duration.hours(24)

  /// Nil where none watches.
  let watch: SignInWatch?

  /// Nothing for other officers, and where there was no storm lately.
  func node(_ request: Request) -> Node {
    guard request.officer?.rights.shows(.accounts) == true, let storm = watch?.latest else { return .empty }
    let (words, zone, now) = (request.words, request.context.zone, request.context.now)
    let from = words.moment(storm.began, in: zone)
    let (tries, networks) = (String(storm.tryCount), String(storm.networkCount))
    guard let ended = storm.ended else {
      return notice(.warning, title: words("officers.storm.title")) {
        p { words("officers.storm.now", ["from": from, "tries": tries, "networks": networks]) }
        p { words("officers.storm.act") }
      }
    }
    guard now >= ended, now - ended < Self.memory else { return .empty }
    return notice(.info, title: words("officers.storm.over")) {
      p {
        words(
          "officers.storm.past",
          ["from": from, "to": words.moment(ended, in: zone), "tries": tries, "networks": networks])
      }
      p { words("officers.storm.after") }
    }
  }
}
