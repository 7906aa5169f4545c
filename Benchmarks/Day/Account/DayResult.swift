/// What came of a day.
public struct DayResult: Sendable {
  public let seed: UInt64
  public let peopleCount: Int
  public let duration: Duration
  public let times: OfficeTimes
  /// Where the database and what clients were told differ; empty when all is well.
  public let disagreements: [String]
  /// What should not have happened to anybody.
  public let errors: [String]
  /// Refusals that were right, by what had been done.
  public let refusals: [String: Int]
  public let recallCount: Int
  public let askedToWaitCount: Int
  /// People by how they came by their number and by service.
  public let ways: [(way: String, service: String, count: Int)]
  public let endings: [String: Int]
  public let surveyCount: Int
  public let complaintCount: Int
  public let latencies: Distribution
  public let kioskLatencies: Distribution
  /// Every path and query that was asked for.
  public let addresses: Set<String>

  public var isGood: Bool { disagreements.isEmpty && errors.isEmpty }

  init(
    seed: UInt64, peopleCount: Int, duration: Duration, told: Told, measurements: Measurements, times: OfficeTimes,
    disagreements: [String]
  ) {
    self.seed = seed
    self.peopleCount = peopleCount
    self.duration = duration
    self.times = times
    self.disagreements = disagreements
    errors = told.errors + measurements.faults.map { "the server was at fault: \($0)" }
    refusals = told.refusals
    recallCount = told.recallCount
    askedToWaitCount = measurements.askedToWaitCount
    ways = Self.ways(told)
    endings = Dictionary(grouping: told.tickets.values) { $0.state ?? "left" }.mapValues(\.count)
    surveyCount = told.surveys.count
    complaintCount = told.complaints.count
    latencies = measurements.latencies
    kioskLatencies = measurements.kioskLatencies
    addresses = measurements.addresses
  }

  private static func ways(_ told: Told) -> [(way: String, service: String, count: Int)] {
    let all =
      told.tickets.values.map { ($0.way.rawValue, $0.service) } + told.waysHome.map { ($0.way.rawValue, $0.service) }
    let counts = Dictionary(grouping: all) { "\($0.0)\t\($0.1)" }
    return counts.sorted { $0.key < $1.key }.map { ($0.value[0].0, $0.value[0].1, $0.value.count) }
  }

  /// Requests over HTTP in each second of the day.
  public var requestsPerSecond: Int {
    let seconds = Double(duration.milliseconds) / 1000
    return seconds > 0 ? Int(Double(latencies.count) / seconds) : 0
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
