import Contracts
import Core
import Forecast
import HTML
import Web

/// One counter at work: the person in hand with needs and case, what to do next, and the line.
struct CounterView {
  let counter: Office.Counter
  let office: Office
  let work: CounterWork
  let services: [OfferedService]
  let rules: QueueRules
  let context: PageContext
  /// What was just refused, if anything.
  let refusal: CounterRefusal?

  private var words: Words { context.words }
  private var path: Link { "/petugas/loket/\(String(counter.number))" }
  private let events: Link = "/petugas/loket/peristiwa"

  @NodeBuilder var node: Node {
    pageHeading(words("queue.counter", ["counter": String(counter.number)]))
    RefusalNotice(refusal: refusal, isShownBelow: refusal?.panel.map(shows) ?? false, words: words).node
    CounterBanner(state: work.state, context: context).node
    if work.nobodyWaits, work.hand == nil { notice(.info, title: words("queue.console.nobody"), isNews: true) }
    div(.class("columns")) {
      div {
        liveRegion("tangan", events: events) {
          CounterLossNotice(loss: work.loss, context: context).node
          if let hand = work.hand { inHand(hand) } else { withoutHand }
          if let undo = work.undo { undoButton(undo) }
        }
        caseRegions
      }
      div {
        liveRegion("antrean", events: events) {
          LineView(lines: work.lines, now: context.now, words: words).node
          if !work.held.isEmpty { held }
        }
        tools
      }
    }
  }

  /// The counter's own tools, once it is open. A live part leaves them out while they can be used, so that what is
  /// unfolded and typed there stays; it empties them when the counter is not open any more.
  @NodeBuilder private var tools: Node {
    if !work.isOpened {
      div(.id(Self.toolsID)) {}
    } else if !work.isForLivePart {
      liveRegion(Self.toolsID, events: events) {
        CounterTools(path: path, refusal: refusal, addressedCount: work.addressedCount, context: context).node
      }
    }
  }

  static let toolsID = "loket-ini"

  // MARK: in hand

  @NodeBuilder private var withoutHand: Node {
    switch work.post?.state {
    case .open?: free
    case .paused?: notCalling
    case .closed?, nil: unopened
    }
  }

  private var free: Node {
    card(title: words(work.state.closedDay == nil ? "queue.console.free" : "queue.console.free-nobody")) {
      p { words(work.state.freeText) }
      // Once the day is closed, every number is.
      if work.state.closedDay == nil {
        div(.class("actions")) {
          actionButton(
            context, to: "\(path)/panggil", label: words("queue.console.call"), style: .primary, icon: .bell,
            key: "P")
        }
      }
    }
  }

  private var notCalling: Node {
    card(title: words("queue.post.not-calling")) {
      p { PostView(post: work.post, words: words).state }
      div(.class("actions")) { openButton("queue.post.resume") }
    }
  }

  private func openButton(_ label: MessageKey) -> Node {
    actionButton(
      context, to: "\(path)/buka", label: words(label), style: .primary, icon: .counter, key: "B")
  }

  /// Before anything else the counter is opened: calling from one that was not opened looks as if an officer sat there.
  private var unopened: Node {
    card(title: words("queue.console.state.unopened")) {
      p { words("queue.console.unopened-text") }
      div(.class("actions")) { openButton("queue.post.open-action") }
    }
  }

  private func inHand(_ hand: CounterWork.Hand) -> Node {
    card {
      ticketNumber(
        hand.ticket.number, label: words(MessageKey("queue.state", named: hand.ticket.state.rawValue)),
        at: words(hand.serviceName))
      if let step = hand.presentStep {
        p(.class("muted")) { words("queue.console.step", ["step": words(step)]) }
      }
      if hand.ticket.calls > 1 {
        p(.class("muted")) { words("queue.console.calls", ["count": String(hand.ticket.calls)]) }
      }
      NeedsView(needs: hand.needs, isPriority: hand.ticket.isPriority, words: words).node
      div(.class("actions")) {
        for action in TicketLife.actions(in: hand.ticket.state).filter({ $0.isOneKey }) {
          actionButton(
            context, to: "\(path)/\(action.rawValue)", label: label(of: action, hand), style: action.style,
            fields: ["tiket": hand.ticket.id.description], key: action.key)
        }
      }
    }
  }

  private func label(of action: TicketAction, _ hand: CounterWork.Hand) -> String {
    if action == .finish, let next = hand.nextStep {
      return words("queue.console.finish-step", ["next": words(next)])
    }
    return words(MessageKey("queue.action", named: action.rawValue))
  }

  private func undoButton(_ undo: CounterWork.Undo) -> Node {
    div(.class("actions")) {
      actionButton(
        context, to: "\(path)/urungkan",
        label: words(
          "queue.console.undo",
          ["action": words(MessageKey("queue.action", named: undo.action.rawValue)), "number": undo.number]),
        style: .quiet, icon: .back, fields: ["tindakan": String(undo.transition)], key: "Z")
    }
  }

  // MARK: the case

  /// The case stands in a part of its own, named after its ticket. What a live part asks for leaves it out, and so it
  /// stays as it is; for tickets that were here before an empty one comes, so that no tab goes on showing them.
  @NodeBuilder private var caseRegions: Node {
    if work.isForLivePart {
      for ticket in Set(work.earlier) where ticket != work.hand?.ticket.id {
        div(.id(Self.caseID(ticket))) {}
      }
    } else if let hand = work.hand {
      liveRegion(Self.caseID(hand.ticket.id), events: events) {
        if let file = hand.file {
          CaseView(file: file, counter: counter.number, context: context).node
        } else {
          withoutCase(hand)
        }
        HandTools(
          ticket: hand.ticket, counter: counter, office: office, work: work, services: services,
          rules: rules, path: path, refusal: handRefusal, context: context
        ).node
      }
    }
  }

  /// What was refused about the ticket in hand; a choice made for another ticket is not this one's.
  private var handRefusal: CounterRefusal? {
    guard let refusal, let ticket = work.hand?.ticket.id, refusal.input["tiket"] == ticket.description else {
      return nil
    }
    return refusal
  }

  /// Whether a panel stands on the page as it is now.
  private func shows(_ panel: CounterPanel) -> Bool {
    switch panel {
    case .hold, .transfer: handRefusal != nil
    case .callChosen, .pause, .close, .languages: work.isOpened
    }
  }

  static func caseID(_ ticket: TicketID) -> String { "berkas-\(ticket)" }

  /// Why there is nothing to show.
  @NodeBuilder private func withoutCase(_ hand: CounterWork.Hand) -> Node {
    if let ending = hand.ending {
      notice(.warning, title: words(MessageKey("queue.console.ended", named: ending.rawValue))) {
        p { words(MessageKey("queue.console.ended-text", named: ending.rawValue)) }
      }
    } else if hand.ticket.application != nil {
      notice(.warning, title: words("queue.console.no-case")) { p { words("queue.console.no-case-text") } }
    } else {
      notice(.info, title: words("queue.console.walk-in")) { p { words("queue.console.walk-in-text") } }
    }
  }

  // MARK: on hold

  private var held: Node {
    card(title: words("queue.console.held", ["count": String(work.held.count)])) {
      for ticket in work.held {
        div(.class("actions")) {
          strong(.untranslated) { ticket.number }
          span(.class("muted")) {
            words("queue.console.held-until", ["time": ticket.holdUntil.map { words.time($0, in: context.zone) } ?? ""])
          }
          for action in [TicketAction.resume, .release] {
            actionButton(
              context, to: "\(path)/\(action.rawValue)",
              label: words(MessageKey("queue.action", named: action.rawValue)), style: action.style,
              fields: ["tiket": ticket.id.description])
          }
        }
      }
    }
  }
}

extension TicketAction {
  /// Whether the counter does it with one key and nothing more to say.
  var isOneKey: Bool { key != nil }

  /// The key that does it; shown on its button.
  var key: Character? {
    switch self {
    case .recall: "U"
    case .start: "M"
    case .finish: "S"
    case .noShow: "T"
    case .giveBack: "K"
    case .issue, .checkIn, .admit, .call, .callChosen, .finishStep, .hold, .resume, .release, .transfer, .comeBack,
      .cancel, .withdraw, .settle, .breakPromise, .undo:
      nil
    }
  }

  var style: ButtonStyle {
    switch self {
    case .start, .finish: .primary
    case .noShow: .danger
    case .issue, .checkIn, .admit, .call, .callChosen, .recall, .finishStep, .hold, .resume, .release, .transfer,
      .giveBack, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
      .secondary
    }
  }
}
