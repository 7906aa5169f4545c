internal import Contracts
internal import Core
internal import HTML
internal import Web

/// Whether the office is open today, and when it opens next.
struct OpeningNotice {
  let times: any OpeningTimesService
  /// Whether it can be had now, and what stops leave of today, where a module knows it.
  let hall: HallAvailability?
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    let spans = (hall?.closureToday?.hours ?? planned).ending(at: hall?.office.closesAt)
    if let office = hall?.office, office.isHindered {
      return notice(.warning, title: office.title(words, in: context.zone, isOffice: true)) {
        p { office.text(words, in: context.zone, isOffice: true) }
        if !spans.isEmpty, !office.isStopped { p { title(spans) } }
      }
    }
    return notice(spans.isEmpty ? .warning : .info, title: title(spans)) {
      if let next = nextOpening, spans.isEmpty || isOver(spans) {
        p {
          words("catalogue.open.next", ["day": words.longDate(next), "times": inWords(times.openingTimes(on: next))])
        }
      }
    }
  }

  /// Today's hours by the calendar.
  private var planned: [OpeningSpan] { times.openingTimes(on: context.today) }

  private func title(_ spans: [OpeningSpan]) -> String {
    if !spans.isEmpty {
      // The calendar's reason is that of its own hours.
      let occasion = spans == planned ? times.occasion(on: context.today).map { words($0) } : nil
      guard let reason = hall?.closureToday?.reason.text(words) ?? occasion else {
        return words("catalogue.open.today", ["times": inWords(spans)])
      }
      return words("catalogue.open.today-for", ["times": inWords(spans), "reason": reason])
    }
    guard let reason = times.closure(on: context.today) else { return words("catalogue.open.closed") }
    return words("catalogue.open.closed-for", ["reason": words(reason)])
  }

  private func isOver(_ spans: [OpeningSpan]) -> Bool {
    spans.last.map { $0.to <= context.zone.time(of: context.now) } ?? false
  }

  /// The next day with opening hours; none within two months is a calendar that has not been filled in.
  private var nextOpening: CivilDate? {
    (1...60).map { context.today.adding(days: $0) }.first { !times.openingTimes(on: $0).isEmpty }
  }

  /// `08.00–12.00 dan 13.00–16.00 WIB`.
  private func inWords(_ spans: [OpeningSpan]) -> String {
    let stretches = spans.map { "\(words.clock($0.from))–\(words.clock($0.to))" }
    let all = [stretches.dropLast().joined(separator: ", "), stretches.last ?? ""].filter { !$0.isEmpty }
    return "\(all.joined(separator: " \(words("catalogue.open.and")) ")) \(context.zone.rawValue)"
  }
}
