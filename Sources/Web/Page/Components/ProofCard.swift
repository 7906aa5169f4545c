internal import Core
public import HTML
internal import QR

/// What proves that a receipt is genuine: a code that all can check, and a link that does it here.
///
/// Use it below a receipt; not for a ticket, whose code leads to its page and proves nothing.
///
/// - Parameters:
///   - text: the receipt's proof in short symbols.
///   - isProven: whether it is complete; else the reader is told to come back before printing.
///   - url: makes the whole address of a link; nil where the office has none, and then there is no code.
/// - Returns: nothing where no module checks receipts.
public func proofCard(_ text: String, isProven: Bool, url: ((String) -> String)?, _ context: PageContext) -> Node {
  let verification: Link = "/verifikasi"
  guard context.leads(to: verification) else { return .empty }
  // Behind the #, where it stands in no journal: browsers send it to no server.
  let (words, link) = (context.words, verification.going(to: text))
  return card(title: words("web.proof.title"), class: "proof") {
    p { words(isProven ? "web.proof.proven" : "web.proof.not-yet-proven") }
    // It holds much: without the least redundancy its squares would be too small to print.
    if let url, let code = try? QRCode(text: url(link.description), correction: .low) {
      qrCode(code, label: words("web.proof.qr"))
    }
    actionButton(context, to: verification, label: words("web.proof.verify"), icon: .check, fields: ["r": text])
  }
}
