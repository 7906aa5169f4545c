import Contracts
import Core
import HTML
import Web

/// Where an application stands, whose move it is, and what comes next.
struct TimelinePage {
  private static let queue: Link = "/antrean"
  private static let appointments: Link = "/janji"
  private static let ownData: Link = "/data-saya"
  private static let applications: Link = "/ajukan"

  let timeline: Timeline
  let context: PageContext
  /// What proves that the document was handed over.
  var handOver: Receipt?
  var address: PublicAddress?
  /// Whether its service can be had at the office now; nil where no module knows.
  var availability: Availability?
  /// What its holder comes with.
  var coming = ComingVisit()

  private var words: Words { context.words }
  private var number: String { timeline.number.description }

  var title: String { words("tracking.timeline.title", ["number": timeline.number.printed]) }

  var node: Node {
    fragment {
      pageHeading(title, eyebrow: words(timeline.serviceName))
      if let current = timeline.current { present(current) }
      card(title: words("tracking.timeline.way")) { Web.timeline(timeline.entries.map(place)) }
      if let handOver {
        notice(.success, title: words("tracking.timeline.handed-over")) {
          p { words("tracking.timeline.handed-over-lead") }
        }
        proofCard(
          handOver.text, isProven: handOver.isProven, url: address.map { address in { address.appending($0) } },
          context)
      }
      acts
      p(.class("muted")) { words("tracking.timeline.private") }
      linkButton(words("tracking.timeline.another"), to: "/lacak", icon: .search)
    }
  }

  private func present(_ stage: Stage) -> Node {
    card(class: "present-stage") {
      p(.class("eyebrow")) { words("tracking.timeline.now") }
      h2 { words(stage.name) }
      p { tag(words(whoseMove(stage)), tone(stage)) }
      let explanation = words(stage.explanation)
      if !explanation.isEmpty { p { explanation } }
      if let next { p { words("tracking.timeline.next", ["stage": words(next.name)]) } }
      if let promised = timeline.promisedFor, stage.ending != .none {
        p { strong { words(promiseKey(promised), ["date": words.longDate(promised)]) } }
      }
      // What is done besides coming the stage has just explained.
      for way in coming.ways(words, in: context.zone) { wayNotice(way.title, label: way.label, to: way.path) }
      if let hindered = coming.number?.hindered(words, in: context.zone) {
        notice(.warning, title: hindered.title) { p { hindered.text } }
      }
      if step.isVisit, coming.number == nil { visit }
    }
  }

  /// What number and date of birth do not open, and how it is had: the date is known to others too.
  @NodeBuilder private var acts: Node {
    if context.leads(to: Self.ownData) {
      card(title: words("tracking.acts.title")) {
        p { words("tracking.acts.lead") }
        ul {
          li { words("tracking.acts.browser") }
          li { words("tracking.acts.counter") }
        }
        formNode(
          context, to: Self.ownData, submission: nil,
          fields: [.hidden(ApplicationQuestions.numberField, number), CounterCodeQuestion.field(words)],
          submitLabel: words("tracking.acts.send"), style: .secondary)
        proofWay(context)
        div(.class("actions")) {
          linkButton(words("tracking.acts.open"), to: Self.ownData.adding("nomor", number), icon: .lock)
          if context.leads(to: Self.applications) {
            linkButton(words("tracking.acts.receipt"), to: "/permohonan/\(number)", icon: .document)
          }
        }
      }
    }
  }

  /// Coming today or on another day; a number is offered where one is given now.
  @NodeBuilder private var visit: Node {
    if let availability, availability.isHindered {
      notice(.warning, title: availability.title(words, in: context.zone)) {
        p { availability.text(words, in: context.zone) }
      }
    }
    div(.class("actions")) {
      if step.takesNumbers, context.leads(to: Self.queue) {
        linkButton(
          words("tracking.timeline.take-number"), to: Self.queue.adding("nomor", number),
          style: coming.isEmpty ? .primary : .secondary, icon: .ticket
        )
      }
      if coming.appointment == nil, context.leads(to: Self.appointments) {
        linkButton(
          words("tracking.timeline.book"), to: Self.appointments.adding("nomor", number),
          style: step.takesNumbers ? .secondary : .primary, icon: .calendar)
      }
    }
  }

  private var step: NextStep { NextStep(stage: timeline.current, availability: availability) }

  /// A day that has passed is not promised any more.
  private func promiseKey(_ promised: CivilDate) -> MessageKey {
    promised < context.zone.date(of: context.now) ? "tracking.timeline.promise-broken" : "tracking.timeline.promised"
  }

  private var next: Stage? { timeline.entries.first { $0.enteredAt == nil }?.stage }

  private func whoseMove(_ stage: Stage) -> MessageKey {
    if stage.ending == .none { return "tracking.mover.nobody" }
    return MessageKey("tracking.mover", named: stage.mover.rawValue)
  }

  private func tone(_ stage: Stage) -> Tone {
    if stage.ending == .none { return .success }
    return stage.mover == .applicant ? .warning : .info
  }

  private func place(_ entry: Timeline.Entry) -> TimelineStep {
    let isDone = entry.enteredAt != nil && (!entry.isCurrent || entry.stage.ending == .none)
    let state: TimelineStep.State = isDone ? .done : entry.isCurrent ? .current : .ahead
    return TimelineStep(
      words(entry.stage.name), state, stateWord: words(MessageKey("tracking.state", named: state.rawValue)),
      when: entry.enteredAt.map { words.longDate(context.zone.date(of: $0)) })
  }
}
