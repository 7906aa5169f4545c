import Contracts
import Core
import Forecast
import HTML
import Web

/// `/petugas/ruang`: the hall at a glance, kept fresh by events.
struct HallView {
  /// Where supervisors stop the office or a service.
  private static let stops: Link = "/petugas/ruang/henti"

  let overview: HallOverview
  let queue: HallQueue
  let context: PageContext

  private var words: Words { context.words }
  private var rules: QueueRules { queue.rules.now }

  @NodeBuilder var node: Node {
    pageHeading(words("queue.hall.title"), lead: words("queue.hall.lead"))
    if let leftover = overview.leftover { leftCard(leftover) }
    liveRegion("ruang", events: "/petugas/loket/peristiwa") {
      alarm
      tiles(figures)
      if !overview.stranded.isEmpty { strandedCard }
      lineCard
      counterCard
    }
    liveRegion("hari", events: "/petugas/loket/peristiwa") {
      card(title: words("queue.hall.course")) { CoursePlot(course: overview.course, words: words).node }
      callCard
      outOfOrderCard
    }
    ruleCard
    if queue.hooks.stops != nil {
      card(title: words("queue.stop.title")) {
        p { words("queue.stop.lead") }
        linkButton(words("queue.stop.open"), to: Self.stops)
      }
    }
    if let closedAt = overview.dayClosedAt { closedDay(closedAt) } else { openDay }
  }

  /// A day that did not end by itself, because too much of it was left.
  private func leftCard(_ leftover: DayLeftover) -> Node {
    card(title: words("queue.hall.left")) {
      let what = words(
        "queue.hall.left-what",
        [
          "day": leftover.day.map { words.date($0) } ?? "",
          "numbers": String(leftover.numbers.left), "all-numbers": String(leftover.numbers.all),
          "appointments": String(leftover.appointments.left), "all-appointments": String(leftover.appointments.all),
        ])
      notice(.warning, title: what) { p { words("queue.hall.left-why") } }
      form(.method(.post), .action("/petugas/ruang/sisa-hari"), .class("form")) {
        hiddenFields(context, submission: nil)
        Field.checkbox("setuju", label: words("queue.hall.left-agree")).node(FormInput(), words)
        div(.class("actions")) {
          button(.button(.submit), .class("button danger")) { words("queue.hall.left-submit") }
        }
      }
    }
  }

  private func closedDay(_ closedAt: Instant) -> Node {
    card(title: words("queue.hall.day-is-closed", ["time": words.time(closedAt, in: context.zone)])) {
      p { words("queue.hall.day-is-closed-text") }
      div(.class("actions")) {
        actionButton(context, to: "/petugas/ruang/buka-hari", label: words("queue.hall.reopen-day"))
      }
    }
  }

  private var openDay: Node {
    card(title: words("queue.hall.close-day")) {
      p { words("queue.hall.close-day-text") }
      if let ends = overview.dayEnds {
        p(.class("muted")) { words("queue.hall.close-day-by-itself", ["time": words.time(ends, in: context.zone)]) }
      }
      form(.method(.post), .action("/petugas/ruang/tutup-hari"), .class("form")) {
        hiddenFields(context, submission: nil)
        Field.checkbox("setuju", label: words("queue.hall.close-day-agree")).node(FormInput(), words)
        div(.class("actions")) {
          button(.button(.submit), .class("button danger")) { words("queue.hall.close-day-submit") }
        }
      }
    }
  }

  /// What asks for an act now: people wait, and no counter serves them.
  @NodeBuilder private var alarm: Node {
    if !overview.unattended.isEmpty {
      notice(.error, title: words("queue.hall.unattended")) {
        list(overview.unattended)
        p { words("queue.hall.unattended-mend") }
      }
    } else if !overview.office.isServing {
      notice(
        overview.office.isAlarming ? .warning : .info,
        title: overview.office.title(words, in: context.zone, isOffice: true)
      ) { p { overview.office.text(words, in: context.zone, isOffice: true) } }
    }
    if !overview.stopped.isEmpty {
      notice(.warning, title: words("queue.hall.stopped")) {
        list(overview.stopped)
        p { linkButton(words("queue.hall.stopped-mend"), to: Self.stops) }
      }
    }
  }

  private func list(_ waiting: [(service: ServiceCode, waiting: Int)]) -> Node {
    ul {
      for (service, count) in waiting {
        li {
          words(
            "queue.hall.unattended-service",
            ["service": words(queue.serviceName(service)), "count": String(count)])
        }
      }
    }
  }

  private var figures: [Node] {
    let longest = overview.longestSince.map { minutes(since: $0) } ?? 0
    return [
      figureTile(String(overview.waiting), words("queue.hall.waiting")),
      figureTile(
        words("queue.hall.minutes", ["minutes": String(longest)]), words("queue.hall.longest")),
      figureTile(
        String(overview.atRisk), words("queue.hall.promises"), tone: overview.atRisk > 0 ? .warning : .success),
      figureTile(
        String(overview.promises.overdue), overdueLabel, tone: overview.promises.overdue > 0 ? .error : .success),
      figureTile(
        String(overview.promises.today), words("queue.hall.broken"),
        tone: overview.promises.today > 0 ? .error : .success),
      figureTile(
        words("queue.hall.of", ["open": String(overview.openCounters), "all": String(overview.seats.count)]),
        words("queue.hall.open-counters")),
      figureTile(String(overview.held.count), words("queue.hall.held")),
    ]
  }

  private var overdueLabel: String {
    guard let since = overview.promises.longestSince else { return words("queue.hall.overdue") }
    return words("queue.hall.overdue-longest", ["minutes": String(minutes(since: since))])
  }

  private var lineCard: Node {
    card(title: words("queue.hall.lines")) {
      dataTable(
        caption: words("queue.hall.lines"),
        columns: [
          words("queue.console.service"), words("queue.hall.step"), words("queue.hall.waiting"),
          words("queue.priority"), words("queue.hall.longest"), words("queue.hall.at-risk"),
          words("queue.hall.overdue-short"),
        ], numeric: [2, 3, 4, 5, 6],
        rows: overview.lines.map { line in
          [
            .text(words(queue.serviceName(line.service))),
            .text(rules.step(line.step, of: line.service).map { words($0.name) } ?? words("queue.hall.only-step")),
            .text(String(line.waiting)), .text(String(line.priority)),
            .text(words("queue.hall.minutes", ["minutes": String(minutes(since: line.longestSince))])),
            line.atRisk > 0 ? tag(String(line.atRisk), .warning) : .text("0"),
            line.overdue > 0 ? tag(String(line.overdue), .error) : .text("0"),
          ]
        }, empty: words("queue.console.nobody"))
    }
  }

  private var strandedCard: Node {
    card(title: words("queue.hall.stranded")) {
      p { words("queue.hall.stranded-text") }
      for ticket in overview.stranded {
        div(.class("actions")) {
          strong(.untranslated) { ticket.number }
          if case .counter(let number) = ticket.target {
            span(.class("muted")) { words("queue.counter", ["counter": String(number)]) }
          }
          actionButton(
            context, to: "/petugas/ruang/lepas", label: words("queue.hall.stranded-release"), style: .secondary,
            fields: ["tiket": ticket.id.description])
        }
      }
    }
  }

  private var counterCard: Node {
    card(title: words("queue.console.counters")) {
      dataTable(
        caption: words("queue.console.counters"),
        columns: [
          words("queue.hall.counter"), words("queue.hall.state"), words("queue.hall.officer"),
          words("queue.hall.since"),
          words("queue.console.number"),
        ],
        rows: overview.seats.map { seat in
          let number = String(seat.counter.number)
          return [
            fragment {
              a(.href("/petugas/ruang/loket/\(number)")) { words("queue.counter", ["counter": number]) }
            },
            PostView(post: seat.post, words: words).state,
            .text(seat.post?.officerName ?? "–"),
            .text(seat.post.map { words.time($0.since, in: context.zone) } ?? "–"),
            .text(
              seat.hand.map {
                "\($0.number) · " + words(MessageKey("queue.state", named: $0.state.rawValue))
              } ?? "–"),
          ]
        })
    }
  }

  private var callCard: Node {
    card(title: words("queue.hall.why")) {
      dataTable(
        caption: words("queue.hall.why"),
        columns: [words("queue.console.number"), words("queue.hall.when"), words("queue.hall.explanation")],
        rows: overview.calls.map(row), empty: words("queue.hall.no-calls"))
    }
  }

  private var outOfOrderCard: Node {
    card(title: words("queue.hall.out-of-order")) {
      dataTable(
        caption: words("queue.hall.out-of-order"),
        columns: [
          words("queue.console.number"), words("queue.hall.when"), words("queue.hall.explanation"),
          words("queue.hall.officer"),
        ],
        rows: overview.outOfOrder.map { row($0) + [.text(overview.staff.name(of: $0.officer, words))] },
        empty: words("queue.hall.none-out-of-order"))
    }
  }

  private func row(_ call: CallTable.Entry) -> [Node] {
    [
      fragment { strong(.untranslated) { call.number } },
      .text(
        words.time(call.at, in: context.zone) + " · " + words("queue.counter", ["counter": String(call.counter)])),
      .text(CallWords(words: words).explanation(of: call)),
    ]
  }

  /// The rule itself, with this office's figures.
  private var ruleCard: Node {
    card(title: words("queue.rule.title")) {
      p { words("queue.rule.score") }
      ul {
        li { words("queue.rule.priority", ["minutes": String(rules.next.headStart.priority)]) }
        li { words("queue.rule.appointment", ["minutes": String(rules.next.headStart.appointment)]) }
        li { words("queue.rule.in-progress", ["minutes": String(rules.next.headStart.inProgress)]) }
        li { words("queue.rule.language", ["minutes": String(rules.next.headStart.language)]) }
        li { words("queue.rule.sent-here", ["minutes": String(rules.next.headStart.sentHere)]) }
      }
      p { words("queue.rule.bound", ["times": String(rules.next.passedOverMax)]) }
    }
  }

  private func minutes(since instant: Instant) -> Int { Int(max(0, (context.now - instant).milliseconds / 60_000)) }
}

/// A counter's state as a word.
struct PostView {
  let post: CounterPost?
  let words: Words

  var state: Node {
    guard let post else { return tag(words("queue.post.unopened")) }
    let text = words(MessageKey("queue.post", named: post.state.rawValue))
    switch post.state {
    case .open: return tag(text, .success)
    case .paused: return tag([text, reason].compactMap { $0 }.joined(separator: ": "), .warning)
    case .closed: return tag([text, post.closeReason?.text(words)].compactMap { $0 }.joined(separator: ": "))
    }
  }

  private var reason: String? {
    post?.reason.map { reason in
      PauseReason(rawValue: reason).map { words(MessageKey("queue.pause", named: $0.rawValue)) } ?? reason
    }
  }
}
