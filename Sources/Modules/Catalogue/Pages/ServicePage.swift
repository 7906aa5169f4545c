internal import Contracts
internal import Core
internal import HTML
internal import PageParts
internal import Web

/// A service in full: what to bring, what it costs, how long it takes, which way it goes and by which law.
struct ServicePage {
  let service: OfferedService
  /// Whether it can be had at the office now, where a module knows it.
  let availability: Availability?
  /// The stops that lie ahead of it.
  let ahead: [StopAhead]
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    pageHeading(
      words(service.name), lead: words(service.summary),
      eyebrow: words(MessageKey("catalogue.audience", named: service.audience.rawValue))
    ) { actions }
    hindrance
    if isInForce { StopsAheadNotice(ahead, context: context).node }
    period
    notices
    requirements
    fees
    stages
    legalBasis
    officeCard(context)
    p { linkButton(words("catalogue.back"), to: "/layanan", style: .quiet, icon: .back) }
  }

  // MARK: What to do

  private var isInForce: Bool {
    service.validFrom <= context.today && service.validTo.map { context.today <= $0 } ?? true
  }

  @NodeBuilder private var actions: Node {
    if isInForce {
      div(.class("actions")) {
        if service.acceptsWebApplications, context.leads(to: "/ajukan") {
          linkButton(words("catalogue.apply"), to: "/ajukan/\(service.code)", style: .primary, icon: .form)
        }
        // Numbers and appointments are given on the web for an application only.
        if service.acceptsWebApplications, context.leads(to: "/antrean"), availability?.takesNumbers ?? true {
          linkButton(
            words("catalogue.queue"), to: Link("/antrean").adding("layanan", service.code.rawValue), icon: .ticket)
        }
      }
    }
  }

  @NodeBuilder private var period: Node {
    if service.validFrom > context.today {
      notice(.warning, title: words("catalogue.not-yet", ["day": words.date(service.validFrom)]))
    } else if let last = service.validTo {
      notice(.warning, title: words(isInForce ? "catalogue.until" : "catalogue.ended", ["day": words.date(last)]))
    }
    if !service.acceptsWebApplications {
      notice(.info, title: words("catalogue.walk-in.title")) {
        p { words(context.leads(to: "/antrean") ? "catalogue.walk-in.text" : "catalogue.walk-in.without-numbers") }
      }
    }
  }

  /// Why it cannot be had just now, and what can be done instead.
  @NodeBuilder private var hindrance: Node {
    if isInForce, let availability, availability.isHindered {
      notice(.warning, title: availability.title(words, in: context.zone)) {
        p { availability.text(words, in: context.zone) }
        if !availability.takesNumbers, service.acceptsWebApplications, context.leads(to: "/janji") {
          p { words("availability.appointment") }
          p { linkButton(words("appointment.nav.book"), to: "/janji", icon: .calendar) }
        }
      }
    }
  }

  @NodeBuilder private var notices: Node {
    if !service.notices.isEmpty {
      card(title: words("catalogue.notices")) {
        ul { for text in service.notices { li { words(text) } } }
      }
    }
  }

  // MARK: What it takes

  private var requirements: Node {
    card(title: words("catalogue.requirements.title")) {
      p { words("catalogue.requirements.lead") }
      ul(.class("checklist")) { for text in service.requirements { li { words(text) } } }
    }
  }

  private var fees: Node {
    card(title: words("catalogue.fees.title")) {
      dataTable(
        caption: words("catalogue.fees.title"),
        columns: [words("catalogue.fees.name"), words("catalogue.fees.amount")],
        numeric: [1], rows: feeRows)
      p(.class("muted")) { words("catalogue.fees.no-cash") }
    }
  }

  private var feeRows: [[Node]] {
    let lines = service.fees.map { fee -> [Node] in [.text(words(fee.name)), .text(fee.amount.description)] }
    let total: [Node] = [.text(words("catalogue.fees.total")), strong { service.total.description }]
    return service.fees.count == 1 ? lines : lines + [total]
  }

  private var stages: Node {
    card(title: words("catalogue.stages.title")) {
      p { words("catalogue.promise", ["days": String(service.promisedWorkingDays)]) }
      ol(.class("stages")) {
        for stage in service.stages {
          li {
            strong { words(stage.name) }
            // At the end there is no next move.
            if stage.ending != .none {
              " "
              moverTag(stage.mover)
            }
            p { words(stage.explanation) }
          }
        }
      }
    }
  }

  private func moverTag(_ mover: Stage.Mover) -> Node {
    tag(words(MessageKey("catalogue.mover", named: mover.rawValue)), mover == .office ? .neutral : .info)
  }

  private var legalBasis: Node {
    card(title: words("catalogue.legal-basis")) {
      // Laws are cited in Indonesian on every page.
      ul(.lang(Language.indonesian.rawValue)) { for text in service.legalBasis { li { text } } }
      p(.class("muted")) { words("catalogue.valid-from", ["day": words.date(service.validFrom)]) }
    }
  }
}
