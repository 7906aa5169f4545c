internal import Civil
public import Core

/// What a form sent, and what is to be said about it beside each field.
///
/// A handler reads the values, refuses what cannot be right, and either goes on or shows the form
/// again with the same input: nothing that was typed is lost. Every value has come through the gate for text
/// (`TextGate.lines`); checking a field brings it into the form that the field's kind has.
public struct FormInput: Sendable {
  /// The hidden field that carries `PageContext.csrf`.
  public static let csrfField = "_csrf"
  /// The hidden field that carries the form's idempotency key.
  public static let submissionField = "_kirim"
  /// The hidden field with the names of the fields whose warnings the sender has seen.
  static let warningsSeenField = "_peringatan"
  /// The parts of a date, each a field of its own.
  static let dateParts = ["hari", "bulan", "tahun"]
  /// What stands between a date's name and a part of it. No field's own name has two hyphens (`CodeWord`), so that none,
  /// such as `jumlah-hari`, is taken for a part of a date.
  private static let datePartMark = "--"

  /// What the field of a date's part is called: `lahir--hari`.
  static func dateField(_ name: String, _ part: String) -> String { name + datePartMark + part }
  /// Longer values are cut: no field of a form of ours holds more. In Unicode scalars.
  public static let valueCharacterCountMax = 10_000

  /// One field and one value, in the order in which they were sent.
  public struct Entry: Sendable, Equatable {
    /// The field's name, as it was sent.
    public let name: String
    /// The value, as it was sent.
    public let value: String

    /// One value of a field.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A file that was sent with a multipart form.
  public struct Upload: Sendable, Equatable {
    /// The name of the field with which it was sent.
    public let field: String
    /// As the browser says it; never a path to write to.
    public let fileName: String
    /// As the browser says it; look at the bytes before believing it.
    public let mediaType: String
    /// The file's content.
    public let bytes: [UInt8]

    /// A file that has arrived whole; its name comes through the gate for text.
    public init(field: String, fileName: String, mediaType: String, bytes: [UInt8]) {
      self.field = field
      self.fileName = TextGate.line(fileName).text
      self.mediaType = mediaType
      self.bytes = bytes
    }
  }

  /// A sentence about a field, in the reader's language.
  public struct Remark: Sendable, Equatable {
    /// The name of the field that it is about.
    public let field: String
    /// The sentence.
    public let message: String
  }

  /// Every field that was sent, untrimmed.
  public private(set) var entries: [Entry]
  /// The files that were sent, in order.
  public let uploads: [Upload]
  /// What must be mended, in the order of refusal: first the summary on top, then beside each field.
  public private(set) var errors: [Remark] = []
  /// What the person should look at, but may keep.
  public private(set) var warnings: [Remark] = []

  /// What cannot be taken whatever the field asks, until it is said in words.
  private var faults: [(field: String, fault: TextFault)] = []

  /// A form that is still empty, or one that starts with values known before.
  public init(_ entries: [Entry] = [], uploads: [Upload] = []) {
    self.uploads = uploads
    self.entries = []
    self.entries.reserveCapacity(entries.count)
    for entry in entries {
      let admitted = TextGate.lines(Self.cut(entry.value))
      self.entries.append(Entry(entry.name, admitted.text))
      if let fault = admitted.fault { faults.append((entry.name, fault)) }
    }
  }

  /// A form that starts with what is known already, so that people are not asked twice (WCAG 3.3.7).
  public init(prefilled values: KeyValuePairs<String, String>) {
    self.init(values.map { Entry($0.key, $0.value) })
  }

  /// The field's first value without white space around it; empty where there is none. A date that
  /// was typed as day, month and year is given as `YYYY-MM-DD`.
  public subscript(_ name: String) -> String {
    guard let entry = entries.first(where: { $0.name == name }) else { return date(name) }
    return TextGate.trimmed(entry.value)
  }

  /// Every value of a field that may be sent several times (checkboxes), trimmed.
  public func all(_ name: String) -> [String] {
    entries.filter { $0.name == name }.map { TextGate.trimmed($0.value) }
  }

  /// Whether the field was sent at all.
  public func has(_ name: String) -> Bool { entries.contains { $0.name == name } || !date(name).isEmpty }

  /// Says that a field cannot stay as it is. One sentence that says how to mend it; the first one
  /// about a field stands.
  public mutating func refuse(_ field: String, _ message: String) {
    if error(field) == nil { errors.append(Remark(field: field, message: message)) }
  }

  /// Says beside each field what is in it that no field takes, such as U+0000. Done for every request before its handler
  /// sees it.
  mutating func refuseFaults(_ words: Words) {
    for (field, fault) in faults { refuse(Self.wholeName(field), fault.text(words)) }
    faults = []
  }

  /// Takes out the fields whose names begin so, and what was said of them.
  mutating func drop(prefix: String) {
    entries.removeAll { $0.name.hasPrefix(prefix) }
    errors.removeAll { $0.field.hasPrefix(prefix) }
    faults.removeAll { $0.field.hasPrefix(prefix) }
  }

  /// The first value of a field as a field of its kind has it.
  mutating func settle(_ name: String, _ form: (String) -> String) {
    guard let place = entries.firstIndex(where: { $0.name == name }) else { return }
    entries[place] = Entry(name, form(entries[place].value))
  }

  /// Says that a field looks odd but may stay; likewise.
  public mutating func warn(_ field: String, _ message: String) {
    if warning(field) == nil { warnings.append(Remark(field: field, message: message)) }
  }

  /// Whether nothing was refused, and what looked odd was shown before and sent again as it is.
  public var isAcceptable: Bool {
    errors.isEmpty && (warnings.isEmpty || self[Self.warningsSeenField] == warningNames)
  }

  /// The fields with warnings, as the form carries them until it is sent again.
  var warningNames: String { warnings.map(\.field).sorted().joined(separator: ",") }

  /// The first refusal of a field.
  public func error(_ field: String) -> String? { errors.first { $0.field == field }?.message }

  /// The first warning about a field.
  public func warning(_ field: String) -> String? { warnings.first { $0.field == field }?.message }

  /// The idempotency key of the form: the same one sent twice is the same submission.
  public var submission: String { self[Self.submissionField] }

  private func date(_ name: String) -> String {
    // Most fields are asked for in a form that is empty, or have no parts.
    guard !entries.isEmpty else { return "" }
    let begin = name + Self.datePartMark
    guard entries.contains(where: { $0.name.hasPrefix(begin) }) else { return "" }
    let parts = dateParts(of: name)
    guard parts.contains(where: { !$0.isEmpty }) else { return "" }
    if let date = TypedDate.date(parts[0], parts[1], parts[2]) { return date.description }
    // No date: as it was typed, in an order that no reader of dates takes.
    return [parts[2], parts[1], parts[0]].map { $0.isEmpty ? "?" : $0 }.joined(separator: "-")
  }

  /// What is wrong with a date that was typed in three parts; empty where nothing is, or where it was not typed so.
  func dateFaults(_ name: String) -> [TypedDate.Fault] {
    let parts = dateParts(of: name)
    return parts.contains { !$0.isEmpty } ? TypedDate.faults(parts[0], parts[1], parts[2]) : []
  }

  /// Says which part of a date is wrong and how to mend it.
  public mutating func refuseDate(_ field: String, _ words: Words) {
    let faults = dateFaults(field).map { $0.text(words) }
    refuse(field, faults.isEmpty ? words("form.error.date") : faults.joined(separator: " "))
  }

  private func dateParts(of name: String) -> [String] {
    Self.dateParts.map { part in
      let field = Self.dateField(name, part)
      return TextGate.number(entries.first { $0.name == field }?.value ?? "").text
    }
  }

  /// What stands in one of a date's three fields: as it was typed, or as a date that is known already has it.
  func datePart(_ place: Int, of name: String) -> String {
    let field = Self.dateField(name, Self.dateParts[place])
    if let entry = entries.first(where: { $0.name == field }) {
      return TextGate.trimmed(entry.value)
    }
    guard let date = CivilDate(iso: self[name]) else { return "" }
    return String([date.day, date.month, date.year][place])
  }

  /// The field to which a part of a date belongs: `lahir` for `lahir--hari`.
  private static func wholeName(_ name: String) -> String {
    for part in dateParts where name.hasSuffix(datePartMark + part) {
      return String(name.dropLast(datePartMark.count + part.count))
    }
    return name
  }

  private static func cut(_ value: String) -> String {
    value.utf8.count <= valueCharacterCountMax
      ? value : String(String.UnicodeScalarView(value.unicodeScalars.prefix(valueCharacterCountMax)))
  }
}

extension TypedDate.Fault {
  /// What to do about it.
  fileprivate func text(_ words: Words) -> String {
    switch self {
    case .dayMissing: words("form.error.date-part.day-missing")
    case .monthMissing: words("form.error.date-part.month-missing")
    case .yearMissing: words("form.error.date-part.year-missing")
    case .day: words("form.error.date-part.day")
    case .month: words("form.error.date-part.month")
    case .year: words("form.error.date-part.year")
    case .dayOfMonth(let last): words("form.error.date-part.day-of-month", ["last": String(last)])
    }
  }
}

// A form holds personal data, so it does not print.
extension FormInput: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<form>`.
  public var description: String { "<form>" }
  /// Always `<form>`.
  public var debugDescription: String { "<form>" }
  /// A mirror without children, so that `dump` shows nothing of what was typed.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
