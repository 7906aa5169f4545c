public import Contracts
public import Core
internal import HTML
public import Store
public import Web

/// How it went: the satisfaction survey of a finished visit, and complaints with deadlines and replies.
public struct FeedbackModule: Persistent, WebFacing, Observed {
  /// The prefix of its tables.
  public static let name = "feedback"
  /// The answers of surveys, and complaints with their replies.
  public static let schema = Schema.feedback
  /// A person's complaints, for the copy of their own data.
  public static let provides = [ServiceKey((any PersonalHoldings).self)]
  /// The store and the office, the keyed hash for links and PINs, and the guard against guessed ones.
  public static var requires: [ServiceKey] {
    [
      ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
      ServiceKey(Office.self), ServiceKey((any KeyedHash).self), ServiceKey(LookUpGuard.self),
    ]
  }
  /// The queue for surveys of a visit, the vault without which no complaint is taken, the working days and the rules'
  /// file.
  public static var uses: [ServiceKey] {
    [
      ServiceKey((any QueueService).self), ServiceKey((any VaultService).self),
      ServiceKey((any CatalogueService).self), ServiceKey(ConfigurationDirectory.self),
      ServiceKey((any ErasureService).self),
    ]
  }

  private let surveys: SurveyService
  private let complaints: ComplaintService
  private let random: any RandomSource
  private let pass: CasePass

  /// Closes a person's complaints when they are erased, from now on.
  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let vault = services.find((any VaultService).self)
    random = services.require((any RandomSource).self)
    surveys = SurveyService(
      store: store, clock: clock, keyed: services.require((any KeyedHash).self),
      queue: services.find((any QueueService).self), vault: vault)
    complaints = ComplaintService(
      store: store, clock: clock, random: random, zone: services.require(Office.self).zone,
      days: OfficeDays(catalogue: services.find((any CatalogueService).self)),
      rules: ComplaintRules(directory: services.find(ConfigurationDirectory.self)), vault: vault,
      pins: CasePIN(hash: services.require((any KeyedHash).self)), lookUps: services.require(LookUpGuard.self))
    pass = CasePass(
      hash: services.require((any KeyedHash).self), clock: clock, for: "feedback.complaint", lifetime: .hours(2))
    services.find((any ErasureService).self)?.whenErased { [complaints] subject, transaction in
      try complaints.close(of: subject, in: transaction)
    }
  }

  /// Puts a person's complaints there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any PersonalHoldings).self, ComplaintHoldings())
  }

  /// Reads the deadlines for complaints.
  ///
  /// - Throws: `ConfigurationProblem` when they are broken.
  public func start() async throws { try await reload() }

  /// `complaints.json5`: the deadlines for complaints, by the day on which they came.
  public var configuration: [any ReloadableFile] { [complaints.rules] }

  /// The pages for survey and complaint, and what supervisors see of both.
  public func routes() -> [Route] {
    SurveyPages(surveys: surveys, random: random).routes()
      + SurveyConsolePages(surveys: surveys).routes()
      + ComplaintPages(complaints: complaints, random: random, pass: pass).routes()
      + ComplaintConsolePages(complaints: complaints).routes()
  }

  /// The portal's entries, the one that follows a visit, and those for supervisors.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "feedback.complaint.title", "/pengaduan", order: 70, icon: .message, hint: "feedback.complaint.hint"),
      NavigationEntry(.unlisted, "feedback.status.title", "/pengaduan/status", order: 0),
      NavigationEntry(
        .afterVisit, "feedback.survey.entry", "/survei", order: 10, icon: .star, hint: "feedback.survey.hint"),
      NavigationEntry(
        .console(.surveys, .reports), "feedback.results.title", "/petugas/survei", order: 62, icon: .star,
        hint: "feedback.results.hint"),
      NavigationEntry(
        .console(.complaints, .reports), "feedback.console.title", "/petugas/pengaduan", order: 65, icon: .message,
        hint: "feedback.console.hint"),
    ]
  }

  /// How many complaints are open and late; unhealthy where none can be taken or read.
  public func health() async -> HealthReport {
    do {
      let counts = try await complaints.openCounts()
      let taken = complaints.isOpen ? "" : "; no vault, so complaints are not taken"
      return HealthReport(
        isHealthy: complaints.isOpen,
        detail: "\(counts.open) complaints open, \(counts.late) past their deadline\(taken)")
    } catch {
      return HealthReport(isHealthy: false, detail: "complaints cannot be read")
    }
  }

  /// How many complaints wait for the office, and how many of them are past their deadline.
  public func metrics() async -> [Metric] {
    guard let counts = try? await complaints.openCounts() else { return [] }
    return [
      Metric("gapura_complaints_open", help: "Complaints that wait for the office", value: Double(counts.open)),
      Metric("gapura_complaints_late", help: "Complaints past their deadline", value: Double(counts.late)),
    ]
  }
}
