import Civil
import Contracts
import Core
import HTML
import Web

/// One request: what it asks for, what it would change, and the decision.
struct RequestCasePage {
  let request: RightsRequest
  /// Where the application stands; nil where no module follows it.
  let timeline: Timeline?
  /// What a correction would change; nil before it is opened.
  let differences: [RightsRequestService.Difference]?
  /// Whether the decision may reach more than the application.
  let reachesHoldings: Bool
  /// What else seems to be the person's.
  let holdings: [PersonalHolding]
  let now: Instant
  let context: PageContext

  private var words: Words { context.words }

  var title: String { words(request.kind.name) }

  func node(_ input: FormInput) -> Node {
    fragment {
      pageHeading(title, lead: words(request.kind.explanationForOfficers), eyebrow: request.number.printed)
      if request.isOverdue(at: now) { notice(.error, title: words("privacy.case.overdue")) }
      card(title: words("privacy.case.facts")) { summaryList(facts) }
      if request.kind == .rectification, request.state == .open { correction }
      if request.state == .open { decision(input) }
      linkButton(words("privacy.supervision.title"), to: SupervisionPages.link, icon: .back)
    }
  }

  private var facts: [SummaryRow] {
    var rows = [
      SummaryRow(words("privacy.own.application"), node: code(.untranslated) { request.application.printed }),
      SummaryRow(words("privacy.status.state"), node: RequestStateTag(request: request, now: now, words: words).node),
      SummaryRow(words("privacy.status.received"), context.moment(request.receivedAt)),
      SummaryRow(
        words("privacy.status.due"),
        node: fragment {
          context.moment(request.dueAt)
          " "
          if request.state == .open { Deadline(request: request, now: now, words: words).node }
        }),
    ]
    if let stage = timeline?.current { rows.append(SummaryRow(words("privacy.case.stage"), words(stage.name))) }
    if let check = request.identity {
      rows.append(
        SummaryRow(
          words("privacy.case.identity"), words(MessageKey("privacy.identity-check", named: check.rawValue))))
    }
    if let ground = request.refusal {
      rows.append(
        SummaryRow(words("privacy.case.ground"), words(MessageKey("privacy.refusal", named: ground.rawValue))))
    }
    if let decided = request.decidedAt {
      rows.append(
        SummaryRow(
          words(request.state == .lapsed ? "privacy.status.lapsed" : "privacy.status.decided"), context.moment(decided))
      )
    }
    if let goneBy = request.goneBy {
      rows.append(SummaryRow(words("privacy.status.gone-by"), words.longDate(goneBy)))
      rows.append(
        SummaryRow(
          words("privacy.case.receipt"),
          node: a(.href("/permintaan-data/\(request.code)")) { words("privacy.case.receipt-open") }))
    }
    return rows
  }

  @NodeBuilder private var correction: Node {
    card(title: words("privacy.case.changes")) {
      if let differences {
        dataTable(
          caption: words("privacy.case.changes"),
          columns: [
            words("privacy.case.field"), words("privacy.case.present"), words("privacy.case.wished"),
          ],
          rows: differences.map { difference in
            [
              .text(words(difference.field.name)),
              .text(shown(difference.present?.exposed, difference.field)),
              strong { shown(difference.wished.exposed, difference.field) },
            ]
          }, empty: words("privacy.case.no-wish"))
      } else {
        p { words("privacy.case.changes-lead") }
        actionButton(
          context, to: "/petugas/hak-data/kasus/\(request.code)/buka", label: words("privacy.case.open"), icon: .eye)
      }
    }
  }

  private func shown(_ value: String?, _ field: PersonalField) -> String {
    guard let value else { return "–" }
    switch field {
    case .sex: return words(MessageKey("registration.sex", named: value))
    case .nationality: return words(MessageKey("registration.nationality", named: value))
    case .dateOfBirth, .passportExpiry: return CivilDate(iso: value).map(words.date) ?? value
    case .fullName, .nik, .birthPlace, .telephone, .email, .address, .passportNumber: return value
    }
  }

  private func decision(_ input: FormInput) -> Node {
    card(title: words("privacy.case.decide")) {
      p { words(MessageKey("privacy.kind-consequence", named: request.kind.rawValue)) }
      formNode(
        context, to: "/petugas/hak-data/kasus/\(request.code)", submission: nil,
        fields: fields, input: input, submitLabel: words("privacy.case.send"))
    }
  }

  var fields: [Field] { reach + [choice] + (differences == nil ? [] : [.hidden(SupervisionPages.comparedField, "ya")]) }

  /// A correction is carried out only by a supervisor who has seen what stands there and what shall.
  var mayCarryOut: Bool { request.kind != .rectification || differences != nil }

  /// None of it ticked: what another person has sent must not be given away or erased, and what is forgotten can be asked
  /// for again.
  private var reach: [Field] {
    guard reachesHoldings else { return [] }
    let named = Field.text(
      SupervisionPages.referenceField, label: words("privacy.case.reference"),
      hint: words("privacy.case.reference-hint"), required: false, kind: .short(Self.referencesCharacterCountMax))
    return (holdings.isEmpty ? [] : [alike]) + [named]
  }

  /// Ten numbers.
  private static let referencesCharacterCountMax = 200

  private var alike: Field {
    .checkboxes(
      SupervisionPages.reachField, label: words("privacy.case.reach"), hint: words("privacy.case.reach-hint"),
      options: holdings.map { holding in
        .init(
          holding.subject.description, holding.traits.map { words($0) }.joined(separator: " · "),
          hint: "\(holding.reference), \(context.moment(holding.receivedAt))")
      })
  }

  /// One choice, so that a request is not carried out with a reason to refuse it.
  private var choice: Field {
    let checks = IdentityCheck.allCases.map { check in
      Field.Option(
        check.rawValue,
        words("privacy.case.carry-out") + ": " + words(MessageKey("privacy.identity-check", named: check.rawValue)))
    }
    let grounds = RefusalGround.allCases.map { ground in
      Field.Option(
        ground.rawValue,
        words("privacy.case.refuse") + ": " + words(MessageKey("privacy.refusal", named: ground.rawValue)))
    }
    return .choice(
      SupervisionPages.decisionField, label: words("privacy.case.decision"),
      hint: words(mayCarryOut ? "privacy.case.decision-hint" : "privacy.case.compare-first"),
      options: mayCarryOut ? checks + grounds : grounds)
  }
}
