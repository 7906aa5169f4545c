public import Core
public import Store

/// What a person may agree to. The application itself is none of it: its ground is the law (UU 27/2022, article 20(2)c
/// and e), and consent that cannot be refused would be none.
public enum ConsentMatter: String, Sendable, CaseIterable {
  /// Reminders of an appointment and of a finished document.
  case reminders
  /// Being asked about the visit later.
  case surveyFollowUp = "survey-follow-up"
}

/// The words to which a person agrees, as they stood on the page.
public struct ConsentText: Sendable, Equatable {
  /// What is agreed to.
  public let matter: ConsentMatter
  /// Raised whenever the words change in substance.
  public let version: Int
  /// The language of the words.
  public let language: Language
  /// The words themselves.
  public let text: String

  /// Words that were shown, in one language.
  public init(_ matter: ConsentMatter, version: Int, language: Language, text: String) {
    self.matter = matter
    self.version = version
    self.language = language
    self.text = text
  }
}

extension ConsentText {
  /// Of the words as they stand now; raised whenever they change in substance.
  public static let currentVersion = 1

  /// The words as they stand now, in the reader's language.
  public static func current(_ matter: ConsentMatter, _ words: Words) -> ConsentText {
    ConsentText(
      matter, version: currentVersion, language: words.language,
      text: words(MessageKey("privacy.consent-text", named: matter.rawValue)))
  }
}

/// How a person agreed.
public enum ConsentWay: String, Sendable, CaseIterable {
  /// With a box that was not ticked before, in the application's form.
  case applicationForm = "application-form"
  /// With a button on the page of their own data.
  case ownPage = "own-page"
}

/// That a person agreed, and whether they still do.
public struct Consent: Sendable, Equatable {
  /// The words that were agreed to.
  public let text: ConsentText
  /// How the person agreed.
  public let way: ConsentWay
  /// When the person agreed.
  public let givenAt: Instant
  /// Nil while it holds.
  public let withdrawnAt: Instant?

  /// A consent as it is kept.
  public init(text: ConsentText, way: ConsentWay, givenAt: Instant, withdrawnAt: Instant?) {
    self.text = text
    self.way = way
    self.givenAt = givenAt
    self.withdrawnAt = withdrawnAt
  }
}

/// Proves what people have agreed to (UU 27/2022, articles 22 and 24) and lets them take it back (articles 9 and 40).
/// Provided by the Vault; each change leaves a ledger entry that commits to the words.
public protocol ConsentService: Sendable {
  /// Notes that a person has agreed. Nothing happens when they already do, to the same words.
  ///
  /// - Throws: `Problem` `vault.unknown-subject`.
  func give(
    _ text: ConsentText, of subject: SubjectID, by way: ConsentWay, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws

  /// Takes back what a person has agreed to; nothing happens where they have not.
  func withdraw(
    _ matter: ConsentMatter, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws

  /// All that a person has ever agreed to, the first one first.
  func consents<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [Consent]
}

extension ConsentService {
  /// Whether the person agrees now: ask before each use.
  public func holds<Database: Queryable & ~Copyable>(
    _ matter: ConsentMatter, of subject: SubjectID, in database: borrowing Database
  ) throws -> Bool {
    try consents(of: subject, in: database).contains { $0.text.matter == matter && $0.withdrawnAt == nil }
  }
}
