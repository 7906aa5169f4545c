import Core
import Web

/// The forms of a counter that are folded away; the raw value is the action in their address.
enum CounterPanel: String, Sendable, CaseIterable {
  case hold = "tunda"
  case transfer = "alihkan"
  case callChosen = "panggil-khusus"
  case pause = "jeda"
  case close = "tutup"
  case languages = "buka"

  /// The key that unfolds it; shown on it.
  var key: Character? {
    switch self {
    case .hold: "N"
    case .transfer: "A"
    case .callChosen: "L"
    case .pause: "J"
    case .close: "X"
    case .languages: nil
    }
  }

  /// The field beside which a problem is said; nil for one that concerns the whole counter.
  func field(of problem: Problem) -> String? { fields[problem.code] }

  /// The fields of the problems that are said beside one, by the problems' codes.
  private var fields: [String: String] {
    switch self {
    case .hold: ["queue.reason-missing": "alasan-tunda", "queue.minutes-wrong": "menit"]
    case .transfer:
      [
        "queue.target-missing": "tujuan", "queue.unknown-counter": "tujuan", "queue.target-unattended": "tujuan",
        "queue.target-unserved": "tujuan", "queue.target-stopped": "tujuan",
      ]
    case .callChosen:
      [
        "queue.no-such-number": "nomor", "queue.not-waiting": "nomor", "queue.reason-missing": "alasan-khusus",
      ]
    case .pause: ["queue.reason-missing": "alasan-jeda"]
    case .close: ["queue.hand-full": "sisa", "queue.close-unexplained": CloseReasonField.name]
    case .languages: [:]
    }
  }
}

/// What was refused at a counter: it is shown again as it was sent, unfolded, with the reason.
struct CounterRefusal {
  let problem: Problem
  /// The panel that was sent; nil for a key.
  let panel: CounterPanel?
  /// What was chosen and typed there, with what is said beside a field.
  let input: FormInput

  init(_ problem: Problem, of panel: CounterPanel?, _ request: Request) {
    self.problem = problem
    self.panel = panel
    var input = request.form
    if let field = panel?.field(of: problem) {
      input.refuse(field, "\(problem.title(request.words)) \(problem.mend(request.words))")
    }
    self.input = input
  }

  /// Whether it is said in the panel itself.
  var isBesideAField: Bool { !input.errors.isEmpty }

  /// What stands in a panel: what was sent there, or a fresh form.
  func input(of panel: CounterPanel) -> FormInput? { self.panel == panel ? input : nil }
}
