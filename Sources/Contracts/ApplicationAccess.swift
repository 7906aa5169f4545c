public import Core
public import Store

/// An application whose holder has shown that it is theirs.
///
/// Only `ApplicationAccess` makes one, so that what shows or changes anything of a case cannot be reached by a number
/// alone: it asks for this, and a number is none.
public struct OpenedApplication: Hashable, Sendable {
  /// The number of the application that was opened.
  public let number: ApplicationNumber

  init(_ number: ApplicationNumber) { self.number = number }
}

/// Opens applications to their holders: to a person who knows the date of birth, and to the browser that has applied or
/// has given that date before.
///
/// What is opened so shows how far the case is and takes numbers and appointments for it. Papers and the rights over
/// one's data take the pass of the browser that applied, or a counter's code (`CounterCodeService`).
public struct ApplicationAccess: Sendable {
  /// The cookie that holds the passes of a browser in which dates of birth were given.
  public static let cookie: StaticString = "berkas"

  /// Long enough to wait for places that are about to be released, too short for a telephone that is handed on.
  private static let lifetime = Duration.hours(2)

  private let store: Store
  private let applications: (any ApplicationService)?
  private let vault: (any VaultService)?
  private let lookUps: LookUpGuard
  private let applicant: CasePass
  /// What a date of birth gives to a browser.
  public let pass: CasePass

  /// - Parameters:
  ///   - applications: nil where the office keeps none; then none is opened.
  ///   - vault: nil where no module knows dates of birth; then only passes open.
  public init(
    store: Store, applications: (any ApplicationService)?, vault: (any VaultService)?, hash: any KeyedHash,
    clock: any WallClock, lookUps: LookUpGuard
  ) {
    self.store = store
    self.applications = applications
    self.vault = vault
    self.lookUps = lookUps
    applicant = .ofApplicant(hash: hash, clock: clock)
    pass = Self.pass(hash: hash, clock: clock)
  }

  /// The same for callers that need nothing else of it.
  public static func pass(hash: any KeyedHash, clock: any WallClock) -> CasePass {
    CasePass(hash: hash, clock: clock, for: "application.holder", lifetime: lifetime)
  }

  /// Opens an application to a person who knows the date of birth.
  ///
  /// - Throws: `Problem` `tracking.not-found`, the same for an unknown number and another date; `look-up.too-many` for a
  ///   client that has missed too often (`LookUpGuard`).
  public func open(
    _ number: ApplicationNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> OpenedApplication {
    try await lookUps.prove(number, from: client, otherwise: "tracking.not-found") {
      () async throws -> OpenedApplication? in
      try await store.write { transaction in
        guard let summary = try applications?.application(number, in: transaction),
          try vault?.confirm(dateOfBirth: date, of: summary.subject, for: .tracking, as: principal, in: transaction)
            == true
        else { return nil }
        return OpenedApplication(number)
      }
    }
  }

  /// The application, where the browser with these cookies has opened it before; nil where it has not.
  public func opened(_ number: ApplicationNumber, by cookies: (StaticString) -> String?) -> OpenedApplication? {
    let isOpen =
      applicant.holds(cookies(CasePass.applicantCookie), for: number) || pass.holds(cookies(Self.cookie), for: number)
    return isOpen ? OpenedApplication(number) : nil
  }

  /// All that the browser with these cookies has opened, the latest first.
  public func opened(by cookies: (StaticString) -> String?) -> [OpenedApplication] {
    let numbers =
      applicant.numbers(in: cookies(CasePass.applicantCookie), of: ApplicationKind.self)
      + pass.numbers(in: cookies(Self.cookie), of: ApplicationKind.self)
    return numbers.reduce(into: []) { opened, number in
      if !opened.contains(OpenedApplication(number)) { opened.append(OpenedApplication(number)) }
    }
  }
}
