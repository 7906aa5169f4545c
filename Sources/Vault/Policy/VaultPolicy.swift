import Contracts
import Core

/// `vault.json5`: who may open what for which purpose, and how long records are kept.
struct VaultPolicy: Decodable, Sendable, Equatable {
  /// Who may open something for a purpose.
  private(set) var openers: [Purpose: Set<Opener>]
  /// The purposes for which records of the specific class may be opened (UU 27/2022, article 4(2)).
  private(set) var specificPurposes: Set<Purpose>
  /// The purposes for which the records of a restricted person may be opened (UU 27/2022, articles 11 and 41).
  private(set) var purposesWhileRestricted: Set<Purpose>
  /// How long each kind of record is kept; kinds without a rule are kept until the person is erased.
  private(set) var retention: [RetentionRule]
  /// How many days copies of the key ring are kept; an erasure has reached every backup after as many.
  private(set) var keyRingCopyDays: Int
  /// What keeps a mistake from taking much at once.
  private(set) var retentionGuard: RetentionGuard

  /// What holds where there is no file: what is shipped.
  static let shipped = VaultPolicy()

  private init() {
    openers = [
      .service: [.officer(with: .cases), .officer(with: .complaints), .officer(with: .surveys)],
      .tracking: [.applicant, .kiosk], .receipt: [.applicant],
      .duplicateCheck: [.officer(with: .cases), .system], .rights: [.applicant, .officer(with: .dataRights)],
      .erasure: [.officer(with: .erasure), .system], .retention: [.system],
      .breakGlass: [.officer(with: .breakGlass)],
    ]
    specificPurposes = [.service, .rights, .breakGlass]
    purposesWhileRestricted = [.tracking, .rights, .erasure, .retention, .breakGlass]
    retention = RetentionRule.shipped
    keyRingCopyDays = 30
    retentionGuard = RetentionGuard()
  }

  enum Keys: String, CodingKey, CaseIterable {
    case purposes, specificPurposes, purposesWhileRestricted, retention, retentionGuard, keyRingCopyDays
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    self.init()
    if let purposes = try file.optional(.purposes, as: PurposeOpeners.self) {
      openers.merge(purposes.openers) { _, written in written }
    }
    if file.has(.specificPurposes) {
      specificPurposes = Set(
        try file.list(.specificPurposes, of: Word<Purpose>.self, entryCount: 0...Purpose.allCases.count).map(\.value))
    }
    if file.has(.purposesWhileRestricted) {
      purposesWhileRestricted = Set(
        try file.list(
          .purposesWhileRestricted, of: Word<Purpose>.self, entryCount: 0...Purpose.allCases.count
        ).map(\.value))
    }
    if file.has(.retention) {
      retention = try file.list(.retention, of: RetentionRule.self, entryCount: 0...RecordKind.allCases.count)
      try file.refuseRepeats(in: .retention, names: retention.map(\.record.rawValue), member: "record")
    }
    retentionGuard = try file.value(.retentionGuard, or: retentionGuard)
    // A copy must outlive a weekend; more than a year would make the receipt of an erasure an empty promise.
    keyRingCopyDays = try file.number(.keyRingCopyDays, in: 3...366, or: keyRingCopyDays)
  }

  /// Whether the principal may open a record of that kind for that purpose.
  func allows(_ purpose: Purpose, _ principal: Principal, _ kind: RecordKind?) -> Bool {
    let isAllowed = openers[purpose, default: []].contains { $0.covers(principal) }
    return isAllowed && (kind?.sensitivity != .specific || specificPurposes.contains(purpose))
  }

  /// The openers by purpose, as they are written.
  private struct PurposeOpeners: Decodable {
    var openers: [Purpose: Set<Opener>] = [:]

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<PurposeKey>(decoder)
      for purpose in Purpose.allCases {
        let key = PurposeKey(purpose)
        guard file.has(key) else { continue }
        let words = try file.list(key, of: Word<Opener>.self, entryCount: 0...Opener.allCases.count)
        openers[purpose] = Set(words.map(\.value))
      }
    }
  }

  /// A purpose as a key of the file.
  private struct PurposeKey: CodingKey, CaseIterable {
    static var allCases: [PurposeKey] { Purpose.allCases.map(PurposeKey.init) }
    let stringValue: String
    var intValue: Int? { nil }

    init(_ purpose: Purpose) { stringValue = purpose.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// One of a closed set of words in a list.
private struct Word<Choice: RawRepresentable<String> & CaseIterable>: Decodable {
  let value: Choice

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Choice(rawValue: text) else {
      throw ConfigurationRefusal(
        ConfigurationPath(decoder.codingPath), what: "\"\(text)\" is not one of the words that can stand here",
        mend: KnownWords.mend(text, among: Choice.self))
    }
    self.value = value
  }
}
