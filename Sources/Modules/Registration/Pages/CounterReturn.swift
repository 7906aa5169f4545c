import Core
import HTML
import Web

/// The counter from which an officer has opened a case, and to which they go back.
struct CounterReturn: Equatable {
  static let field = "loket"
  private static let counters: Link = "/petugas/loket"
  /// More counters than any hall has.
  private static let numberMax = 999

  /// nil for a case that was looked up.
  let number: Int?

  init(_ input: FormInput) {
    number = Int(input[Self.field]).flatMap { (1...Self.numberMax).contains($0) ? $0 : nil }
  }

  /// The value that is sent along with a form; empty for none.
  var value: String { number.map { String($0) } ?? "" }

  @NodeBuilder func hiddenField() -> Node {
    if number != nil { input(.type(.hidden), .name(Self.field), .value(value)) }
  }

  @NodeBuilder func link(_ context: PageContext) -> Node {
    if let number, context.leads(to: Self.counters) {
      linkButton(
        context.words("registration.case.to-counter", ["counter": String(number)]),
        to: "\(Self.counters)/\(String(number))", icon: .back)
    }
  }
}
