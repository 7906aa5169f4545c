public import Contracts
public import Core
public import Store
import Synchronization

/// Uploaded documents as a module; an office that takes none on the web switches it off.
public final class DocumentsModule: Module, Persistent {
  /// The prefix of its tables.
  public static let name = "documents"
  /// What is known of each document beside its sealed file.
  public static let schema = Schema.documents
  /// Taking, showing and removing documents, for the modules that ask people for them.
  public static let provides = [ServiceKey((any DocumentService).self)]
  /// The keys' keeper, which seals and erases, and the directory in which the sealed files lie.
  public static let requires = [
    ServiceKey((any DocumentSealing).self), ServiceKey((any ErasureService).self),
    ServiceKey((any HoldingService).self), ServiceKey(Store.self), ServiceKey((any WallClock).self),
    ServiceKey((any RandomSource).self), ServiceKey((any Log).self), ServiceKey(StateDirectory.self),
  ]
  /// The directory of `documents.json5`; without it, the settings are the usual ones.
  public static let uses = [ServiceKey(ConfigurationDirectory.self)]

  /// How long a removed document's file may still lie there.
  static let sweepInterval = Duration.seconds(60)

  /// Something that is done with the files again and again.
  struct Round: Sendable {
    let name: StaticString
    /// nil for that of all other work.
    var priority: TaskPriority?
    let interval: @Sendable () -> Duration
    let work: @Sendable () async throws -> Void
  }

  let archive: DocumentArchive
  private let documentRound: DocumentRound
  private let work: RegularWork
  private let log: any Log
  private let rounds = Mutex<[Periodic]>([])

  /// Puts documents under retention and under `vault check` from now on. Reads no file yet.
  public init(services: ServiceRegistry) throws {
    log = services.require((any Log).self)
    work = services.find(RegularWork.self) ?? RegularWork()
    let directory = services.find(ConfigurationDirectory.self)
    let holdings = services.require((any HoldingService).self)
    holdings.alsoRetains(AgingDocuments())
    archive = try DocumentArchive(
      sealing: services.require((any DocumentSealing).self), erasures: services.require((any ErasureService).self),
      holdings: holdings, store: services.require(Store.self),
      folder: DocumentFolder(path: services.require(StateDirectory.self).appending("documents")),
      clock: services.require((any WallClock).self), random: services.require((any RandomSource).self), log: log,
      settings: Reloadable(DocumentSettings()) {
        try directory?.optionalFile("documents.json5")?.decode(DocumentSettings.self)
      })
    documentRound = DocumentRound(archive)
    holdings.alsoInspects { [archive] in try await archive.inspect($0) }
  }

  /// Puts the archive there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any DocumentService).self, archive)
  }

  /// Reads the configuration, takes away what a kill has left, and begins the rounds.
  public func start() async throws {
    try await reload()
    try archive.folder.prepare()
    try await archive.store.atStart("the sweep of documents") {
      try await work.run("the sweep of documents", archive.sweep)
    }
    let begun = everyRound.map { begin($0) }
    rounds.withLock { $0 = begun }
  }

  /// What is begun with the module.
  var everyRound: [Round] {
    [
      Round(name: "the sweep of documents", interval: { Self.sweepInterval }) { [archive] in
        try await archive.sweep()
      },
      Round(
        name: "the scan of waiting documents",
        interval: { [archive] in archive.settings.scanner?.retryInterval ?? Self.sweepInterval }
      ) { [archive] in try await archive.scanWaiting() },
      // Behind all that people wait for.
      Round(
        name: "the reading of documents", priority: .background, interval: { Self.sweepInterval }
      ) { [documentRound] in try await documentRound.checkNext() },
    ]
  }

  /// Ends the rounds and waits for those that are under way.
  public func stop() async {
    let rounds = rounds.withLock { rounds in
      defer { rounds = [] }
      return rounds
    }
    for round in rounds { round.cancel() }
    for round in rounds { await round.stop() }
  }

  /// `documents.json5`: how large a document may be, how many a person may send, and which scanner looks at them.
  public var configuration: [any ReloadableFile] { [archive.settingsInForce] }

  /// Begins a round after its first interval; stopping ends it.
  func begin(_ round: Round) -> Periodic {
    let periodic = Periodic(every: Self.sweepInterval, from: .afterInterval, priority: round.priority)
    work.watch(round.name, periodic)
    periodic.start(
      pausing: { round.interval() },
      failed: { [log] in
        log.error("a round over the documents failed", ["work": round.name.description, "reason": $0.inLog])
      },
      { [work] in try await work.run(round.name, round.work) })
    return periodic
  }
}

extension DocumentsModule: Observed {
  /// Unhealthy while sealed documents do not open, or the scanner does not answer.
  public func health() async -> HealthReport {
    if let trouble = documentRound.trouble ?? archive.scanner.trouble {
      return HealthReport(isHealthy: false, detail: trouble)
    }
    return HealthReport(isHealthy: true, detail: "")
  }

  /// How many documents are kept, by their state.
  public func metrics() async -> [Metric] {
    guard let counts = try? await archive.store.read({ try DocumentTable.counts(in: $0) }) else { return [] }
    return counts.map { count in
      Metric(
        "gapura_documents", help: "Documents kept, by state.", labels: [("state", count.state.rawValue)],
        value: Double(count.count))
    }
  }
}
