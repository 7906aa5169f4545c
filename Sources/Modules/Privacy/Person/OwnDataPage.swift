import Contracts
import Core
import HTML
import Web

/// What a person sees of their own data: who opened it, what they have agreed to, and what they may ask for.
struct OwnDataPage {
  let summary: ApplicationSummary
  let masked: MaskedIdentities?
  let openings: [Opening]
  /// Officers' names by principal; empty unless the configuration shows them.
  let names: [String: String]
  let consents: [Consent]
  let corrections: [Correction]
  let requests: [RightsRequest]
  let restrictedSince: Instant?
  let isErased: Bool
  let now: Instant
  let context: PageContext

  private var words: Words { context.words }
  private var number: ApplicationNumber { summary.number }

  var node: Node {
    fragment {
      pageHeading(words("privacy.own.title"), lead: words("privacy.own.shown"), eyebrow: number.printed)
      actionButton(context, to: "/data-saya/keluar", label: words("privacy.own.sign-out"), icon: .signOut)
      if let restrictedSince {
        notice(.warning, title: words("privacy.own.restricted")) {
          p { words("privacy.own.restricted-since", ["when": context.moment(restrictedSince)]) }
        }
      }
      if let copy = requests.first(where: { $0.copyEnd.map { now < $0 } ?? false }) { copyReady(copy) }
      kept
      opened
      if !requests.isEmpty { asked }
      mayAsk
      agreed
      if context.leads(to: "/ajukan") {
        linkButton(words("privacy.own.back"), to: "/permohonan/\(number)", icon: .back)
      }
    }
  }

  private func copyReady(_ request: RightsRequest) -> Node {
    notice(.success, title: words("privacy.copy.ready")) {
      p { words("privacy.copy.until", ["when": request.copyEnd.map(context.moment) ?? ""]) }
      actionButton(
        context, to: "/data-saya/\(number)/salinan", label: words("privacy.copy.fetch"), style: .primary,
        icon: .document)
    }
  }

  // MARK: What is kept

  private var kept: Node {
    card(title: words("privacy.own.kept")) {
      summaryList(
        [SummaryRow(words("privacy.own.application"), node: code(.untranslated) { number.printed })]
          + IdentityField.allCases.compactMap { field in
            masked?[field].map { value in
              SummaryRow(
                words(MessageKey("privacy.identity", named: field.rawValue)), node: code(.untranslated) { value })
            }
          })
      p(.class("muted")) { words("privacy.own.masked") }
      if !corrections.isEmpty {
        h3 { words("privacy.own.corrected") }
        ul {
          for correction in corrections {
            li {
              words(
                "privacy.own.correction",
                [
                  "record": words(MessageKey("privacy.record", named: correction.record.rawValue)),
                  "when": context.moment(correction.at),
                ])
            }
          }
        }
      }
    }
  }

  // MARK: Who opened it

  private var opened: Node {
    // A wrong date of birth may come from anyone, so it never counts as the person's own.
    let isOwn = { (opening: Opening) in opening.role == .applicant && opening.outcome != .denied }
    let own = OpeningTable(openings: openings.filter(isOwn), names: [:], context: context)
    return card(title: words("privacy.own.opened")) {
      p { words("privacy.own.opened-lead") }
      OpeningTable(openings: openings.filter { !isOwn($0) }, names: names, context: context).node
      if own.lookCount > 0 {
        details {
          HTML.summary { words("privacy.own.by-yourself", ["count": String(own.lookCount)]) }
          own.node
        }
      }
    }
  }

  // MARK: What was asked for, and what can be

  private var asked: Node {
    card(title: words("privacy.own.asked")) {
      ul(.class("link-rows")) {
        for request in requests {
          li {
            a(.href("/permintaan-data/\(request.code)")) { words(request.kind.name) }
            " "
            RequestStateTag(request: request, now: now, words: words).node
            " "
            small(.class("muted")) { context.moment(request.receivedAt) }
          }
        }
      }
    }
  }

  private var mayAsk: Node {
    let open = Set(requests.filter { $0.state == .open }.map(\.kind))
    let kinds = RequestKind.decided.filter { kind in
      switch kind {
      case .lifting: restrictedSince != nil
      case .restriction: restrictedSince == nil
      case .access, .rectification, .erasure, .withdrawal: true
      }
    }
    return card(title: words("privacy.own.may-ask")) {
      p { words("privacy.own.term") }
      cardGrid(
        kinds.filter { !open.contains($0) }.map { kind in
          linkCard(
            words(kind.name), to: "/data-saya/\(number)/minta/\(kind.rawValue)", icon: kind.icon,
            text: words(kind.explanation))
        })
    }
  }

  // MARK: Consent

  private var agreed: Node {
    card(title: words("privacy.own.consents")) {
      p { words("privacy.own.consents-lead") }
      for matter in ConsentMatter.allCases { consent(matter) }
    }
  }

  private func consent(_ matter: ConsentMatter) -> Node {
    let standing = consents.last { $0.text.matter == matter && $0.withdrawnAt == nil }
    let last = consents.last { $0.text.matter == matter }
    return div(.class("part")) {
      h3 { words(MessageKey("privacy.consent-name", named: matter.rawValue)) }
      p { (standing?.text ?? .current(matter, words)).text }
      p {
        if let standing {
          tag(words("privacy.consent.holds"), .success)
          " "
          words(
            "privacy.consent.given",
            ["when": context.moment(standing.givenAt), "version": String(standing.text.version)])
        } else {
          tag(words("privacy.consent.none"))
          if let end = last?.withdrawnAt {
            " "
            words("privacy.consent.withdrawn", ["when": context.moment(end)])
          }
        }
      }
      actionButton(
        context, to: "/data-saya/\(number)/persetujuan",
        label: words(standing == nil ? "privacy.consent.give" : "privacy.consent.withdraw"),
        fields: ["hal": matter.rawValue, "jawab": standing == nil ? "setuju" : "tarik"])
    }
  }
}

extension RequestKind {
  var icon: Icon {
    switch self {
    case .access: .document
    case .rectification: .form
    case .restriction, .lifting: .lock
    case .erasure, .withdrawal: .error
    }
  }
}

/// Where a request stands, in a word or two.
struct RequestStateTag {
  let request: RightsRequest
  let now: Instant
  let words: Words

  var node: Node {
    switch request.state {
    case .open:
      request.isOverdue(at: now)
        ? tag(words("privacy.state.overdue"), .error)
        : tag(words("privacy.state.open"), request.isNear(at: now) ? .warning : .info)
    case .carriedOut: tag(words("privacy.state.carried-out"), .success)
    case .refused: tag(words("privacy.state.refused"))
    case .lapsed: tag(words("privacy.state.lapsed"))
    }
  }
}

/// Openings as their person sees them: when, in which role, why, and what. What one look at a case has opened stands in
/// one line, and so do looks of one day that are alike, with their count: an officer who serves a person opens the case
/// again at each step.
struct OpeningTable {
  /// What was opened at one time, by one principal, for one purpose.
  private struct Look {
    let first: Opening
    var records: [RecordKind]
    /// How many looks alike there were on that day.
    var count = 1
    /// The earliest of them.
    var earliest: Instant

    init(_ opening: Opening) {
      first = opening
      records = [opening.record]
      earliest = opening.at
    }
  }

  let openings: [Opening]
  let names: [String: String]
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    dataTable(
      caption: words("privacy.own.opened"),
      columns: [
        words("privacy.opening.when"), words("privacy.opening.role"), words("privacy.opening.purpose"),
        words("privacy.opening.what"),
      ],
      rows: looks.map(row), empty: words("privacy.opening.none"))
  }

  /// How many looks its rows stand for.
  var lookCount: Int { looks.reduce(0) { $0 + $1.count } }

  private var looks: [Look] {
    var looks: [Look] = []
    for opening in openings {
      if let last = looks.indices.last, looks[last].first.isOfOneLook(with: opening) {
        if !looks[last].records.contains(opening.record) { looks[last].records.append(opening.record) }
      } else {
        looks.append(Look(opening))
      }
    }
    return together(looks)
  }

  /// Puts together the looks of one day, principal and purpose that opened the same.
  private func together(_ looks: [Look]) -> [Look] {
    var together: [Look] = []
    for look in looks {
      if let place = together.firstIndex(where: { isAlike($0, look) }) {
        together[place].count += 1
        together[place].earliest = min(together[place].earliest, look.earliest)
      } else {
        together.append(look)
      }
    }
    return together
  }

  private func isAlike(_ one: Look, _ other: Look) -> Bool {
    one.first.principal == other.first.principal && one.first.purpose == other.first.purpose
      && one.first.isDenied == other.first.isDenied
      && Set(one.records) == Set(other.records)
      && context.zone.date(of: one.first.at) == context.zone.date(of: other.first.at)
  }

  private func when(_ look: Look) -> String {
    guard look.count > 1 else { return context.moment(look.first.at) }
    let count: KeyValuePairs = [
      "count": String(look.count), "since": context.words.time(look.earliest, in: context.zone),
    ]
    return "\(context.moment(look.first.at)) (\(words("privacy.opening.times", count)))"
  }

  private func row(_ look: Look) -> [Node] {
    let opening = look.first
    let role = opening.role(in: words)
    let name = names[opening.principal].map { "\(role) (\($0))" } ?? role
    let purpose = words(MessageKey("privacy.purpose", named: opening.purpose.rawValue))
    guard !opening.isDenied else {
      return [
        .text(when(look)), .text(name), tag(words("privacy.opening.denied"), .warning),
        .text(words("privacy.opening.nothing")),
      ]
    }
    return [
      .text(when(look)),
      .text(name),
      opening.purpose == .breakGlass ? tag(purpose, .error) : .text(purpose),
      .text(
        look.records.reversed().map { words(MessageKey("privacy.record", named: $0.rawValue)) }
          .joined(separator: ", ")),
    ]
  }
}

extension Opening {
  /// Whether a wrong date of birth was given, and nothing opened.
  var isDenied: Bool { outcome == .denied }

  /// The role in which it was opened; a reader who gave a wrong date of birth on the web is not known to be the applicant.
  func role(in words: Words) -> String {
    isDenied && role == .applicant
      ? words("privacy.opening.unknown") : words(MessageKey("privacy.role", named: role.rawValue))
  }

  /// A case is opened record by record, within a second; each wrong guess stands for itself.
  fileprivate func isOfOneLook(with earlier: Opening) -> Bool {
    !isDenied && !earlier.isDenied && principal == earlier.principal && purpose == earlier.purpose
      && at - earlier.at < .seconds(2)
  }
}
