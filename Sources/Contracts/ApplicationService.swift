public import Core
public import Store

/// An application without anything personal in it.
public struct ApplicationSummary: Sendable {
  /// The number by which its holder follows it.
  public let number: ApplicationNumber
  /// The service that was applied for.
  public let service: ServiceCode
  /// The person whose data it holds; the Vault knows who that is.
  public let subject: SubjectID
  /// When it was registered.
  public let registeredAt: Instant
  /// The tariff in force when it was registered.
  public let fee: Rupiah
  /// Why nothing more happens with it; nil while it is on its way, and when that was finished.
  public let ending: ApplicationEnding?

  /// A summary of an application; without an ending it is on its way or finished.
  public init(
    number: ApplicationNumber, service: ServiceCode, subject: SubjectID, registeredAt: Instant, fee: Rupiah,
    ending: ApplicationEnding? = nil
  ) {
    self.ending = ending
    self.number = number
    self.service = service
    self.subject = subject
    self.registeredAt = registeredAt
    self.fee = fee
  }
}

/// An application opened for the officer who serves it.
public struct CaseFile: Sendable {
  /// One answer beside its question.
  public struct Line: Sendable {
    /// What a coded answer means: `L`, `D`, a choice's value, a date as `YYYY-MM-DD`.
    public enum Meaning: Sendable {
      /// A date, to be written out.
      case date
      /// One of the program's own words.
      case message(MessageKey)
      /// A word of the service's configuration.
      case text(LocalizedText)
    }

    /// The question, as the form asked it.
    public let label: LocalizedText
    /// The answer as it is kept: coded where `meaning` says how to read it.
    public let value: Personal<String>
    /// Nil where the answer speaks for itself.
    public let meaning: Meaning?

    /// An answer beside its question.
    public init(label: LocalizedText, value: Personal<String>, meaning: Meaning? = nil) {
      self.label = label
      self.value = value
      self.meaning = meaning
    }
  }

  /// What is known of the application without opening anything.
  public let summary: ApplicationSummary
  /// The applicant's name, as it stands in civil documents.
  public let fullName: Personal<String>
  /// The answers, in the order of the form.
  public let lines: [Line]
  /// What an officer should look at: message keys such as `civil.finding.nik-date`.
  public let findings: [MessageKey]

  /// A case as the officer who serves it reads it.
  public init(summary: ApplicationSummary, fullName: Personal<String>, lines: [Line], findings: [MessageKey]) {
    self.summary = summary
    self.fullName = fullName
    self.lines = lines
    self.findings = findings
  }
}

extension Words {
  /// An answer as an officer reads it.
  public func callAsFunction(_ line: CaseFile.Line) -> String {
    switch line.meaning {
    case .date: CivilDate(iso: line.value.exposed).map(date) ?? line.value.exposed
    case .message(let key): self(key)
    case .text(let text): self(text)
    case nil: line.value.exposed
    }
  }
}

/// The applications of the office.
public protocol ApplicationService: Sendable {
  /// The application; nil when there is none of that number.
  func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary?

  /// The applications of a person: one, as long as each makes a person of its own.
  func applications<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber]

  /// Opens the personal data of the application for an officer; leaves its audit rows.
  func caseFile(
    _ number: ApplicationNumber, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> CaseFile?
}
