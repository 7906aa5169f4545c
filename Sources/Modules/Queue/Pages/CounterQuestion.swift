import Contracts
import HTML
import Web

/// What is asked of a counter's page.
struct CounterQuestion: Sendable {
  let counter: Office.Counter
  let request: Request
  /// What was just refused, if anything.
  let refusal: CounterRefusal?
  /// Whether the officer has just called and no ticket waited.
  let nobodyWaits: Bool

  /// For the page at its own address, or where an act was refused.
  init(_ counter: Office.Counter, _ request: Request, refusal: CounterRefusal? = nil) {
    self.counter = counter
    self.request = request
    self.refusal = refusal
    nobodyWaits = request.query("kosong") == "ya"
  }

  /// For the page to which an act leads: the same that its address gives, although another one was asked.
  init(_ counter: Office.Counter, after outcome: CounterOutcome, _ request: Request) {
    var request = request
    let link: Link = "/petugas/loket/\(String(counter.number))"
    switch outcome {
    case .done:
      nobodyWaits = false
      request.context.address = link
    case .nobodyWaits:
      nobodyWaits = true
      request.context.address = link.adding("kosong", "ya")
    }
    self.counter = counter
    self.request = request
    refusal = nil
  }

  /// Where the page stands.
  var address: Link { request.context.address }
}
