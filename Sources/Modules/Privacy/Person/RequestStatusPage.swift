import Contracts
import Core
import HTML
import Web

/// How a request stands, and for an erasure its receipt. Nothing on it is personal, so its address may be kept.
struct RequestStatusPage {
  let request: RightsRequest
  /// nil without keys.
  let pin: String?
  /// What proves the erasure.
  let receipt: Receipt?
  /// Whether the person's data are gone, so that nothing that was done for another request can be had any more.
  let isErased: Bool
  let address: PublicAddress?
  let now: Instant
  let context: PageContext

  private static let complaints: Link = "/pengaduan"

  private var words: Words { context.words }

  var title: String { words(request.kind.name) }

  var node: Node {
    fragment {
      pageHeading(title, lead: words("privacy.status.lead"), eyebrow: words("privacy.status.eyebrow"))
      if let goneBy = request.goneBy { erased(goneBy) }
      if let ground = request.refusal {
        notice(.warning, title: words("privacy.status.refused")) {
          p { words(MessageKey("privacy.refusal", named: ground.rawValue)) }
          p { words("privacy.status.object") }
          if context.leads(to: Self.complaints) {
            linkButton(words("privacy.status.complain"), to: Self.complaints, icon: .message)
          }
        }
      }
      card(class: "receipt") {
        keepCode(request.number.printed, label: words("privacy.status.number"))
        if let pin { keepCode(pin, label: words("form.pin.label")) }
        summaryList(rows)
        if isErased || request.state == .lapsed, request.goneBy == nil {
          p { words("privacy.status.overtaken") }
        } else if request.state == .carriedOut, request.goneBy == nil {
          p { words(MessageKey("privacy.done", named: request.kind.rawValue)) }
        }
        p(.class("muted")) { words("privacy.status.keep") }
      }
      if let receipt {
        proofCard(
          receipt.text, isProven: receipt.isProven, url: address.map { address in { address.appending($0) } }, context)
      }
      if request.goneBy == nil, !isErased {
        linkButton(
          words("privacy.status.back"), to: OwnDataPages.link.adding("nomor", request.application.description),
          icon: .back)
      }
    }
  }

  private func erased(_ goneBy: CivilDate) -> Node {
    notice(.success, title: words("privacy.status.erased")) {
      p {
        words(
          "privacy.status.erased-when",
          ["when": request.decidedAt.map(context.moment) ?? "", "day": words.longDate(goneBy)])
      }
      p { words("privacy.status.erased-statistics") }
    }
  }

  private var rows: [SummaryRow] {
    var rows = [
      SummaryRow(words("privacy.status.state"), node: RequestStateTag(request: request, now: now, words: words).node),
      SummaryRow(words("privacy.own.application"), node: code(.untranslated) { request.application.printed }),
      SummaryRow(words("privacy.status.received"), context.moment(request.receivedAt)),
    ]
    if request.state == .open {
      rows.append(SummaryRow(words("privacy.status.due"), context.moment(request.dueAt)))
    } else if let decided = request.decidedAt {
      rows.append(
        SummaryRow(
          words(request.state == .lapsed ? "privacy.status.lapsed" : "privacy.status.decided"), context.moment(decided))
      )
    }
    if let goneBy = request.goneBy {
      rows.append(SummaryRow(words("privacy.status.gone-by"), words.longDate(goneBy)))
    }
    return rows
  }
}
