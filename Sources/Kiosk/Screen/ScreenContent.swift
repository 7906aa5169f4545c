internal import Contracts
internal import Core
internal import QR

/// What a screen says, before it is known how large it is: one question, its answers and its keys.
struct ScreenContent {
  var title: String
  var items: [Item] = []
  /// What the keys do that mean something only here.
  var actions: [KeyHint] = []
  /// The keys that are on every screen, always in the same place.
  var fixedKeys: [KeyHint] = []
  var pageHints: (previous: KeyHint, next: KeyHint)?
  var picture: Picture?
}

/// A code to photograph, beside or below the words.
struct Picture {
  let code: QRCode
  let caption: String
  /// The words that stand in its place on a screen that is too small for it.
  let alternative: String
}

/// One thing on a screen, below the one before.
enum Item {
  case text(String, Emphasis = .normal)
  case choice(ScreenChoice)
  /// What is being typed.
  case entry(String)
  /// A text as large as it can be shown.
  case display(String)

  var isEntry: Bool {
    if case .entry = self { return true }
    return false
  }

  var isText: Bool {
    if case .text = self { return true }
    return false
  }

  /// Whether it only adds to what is said in bold.
  var isPlain: Bool {
    if case .text(_, .normal) = self { return true }
    return false
  }

  enum Emphasis {
    case normal
    case strong
    /// Something is wrong, and how to mend it.
    case warning
  }
}

/// An answer that a digit chooses.
struct ScreenChoice {
  enum Action {
    case speak(Language)
    case begin(KioskModel.Purpose)
    case help
    case hasApplication(Bool)
    case service(OfferedService)
    case priority(PriorityGroup?)
    case assistance(Assistance)
    case proceed
    /// Checks in for the appointment of that code.
    case checkIn(PublicCode)
    /// Back to the menu, from anything that was begun.
    case menu
    /// What to do with a scanned application.
    case beginWith(KioskModel.Purpose, ApplicationNumber)
    /// Leave what was begun for what was scanned.
    case open(ScannedCode)
    /// Leave what was scanned for what was begun.
    case stay
  }

  let label: String
  /// Whether it has been chosen, where several can be.
  var isMarked: Bool?
  let action: Action

  init(_ label: String, isMarked: Bool? = nil, _ action: Action) {
    self.label = label
    self.isMarked = isMarked
    self.action = action
  }

  /// The label with its mark in words of a text terminal.
  var shownLabel: String {
    switch isMarked {
    case true?: "[x] \(label)"
    case false?: "[ ] \(label)"
    case nil: label
    }
  }
}

/// A key and what it does.
struct KeyHint {
  let key: String
  let meaning: String

  init(_ key: String, _ meaning: String) {
    self.key = key
    self.meaning = meaning
  }

  var text: String { "\(key) \(meaning)" }
}
