import Contracts
import Core
import HTML

/// What a supervisor asks for; every part of it stands in the address, the officer as no reader of it can tell
/// (`petugas` is among the names that the web face covers).
struct ReportQuestion: Sendable, Equatable {
  /// What the table's rows are.
  enum Grouping: String, Sendable, CaseIterable {
    case day = "hari"
    case service = "layanan"
    case counter = "loket"
    case officer = "petugas"
    case channel = "saluran"
    case priority = "prioritas"
  }

  var period: ReportPeriod
  var grouping = Grouping.service
  var service: ServiceCode?
  var counter: Int?
  var officer: OfficerID?
  var channel: Channel?
  var isPriority: Bool?

  init(period: ReportPeriod) { self.period = period }

  /// What an address asks for; anything that cannot be is left out.
  init(today: CivilDate, _ value: (String) -> String?) {
    let day = value("tanggal").flatMap { CivilDate(iso: $0) } ?? today
    let length = value("jangka").flatMap { ReportPeriod.Length(rawValue: $0) } ?? .day
    period = ReportPeriod(length, around: day)
    grouping = value("menurut").flatMap { Grouping(rawValue: $0) } ?? .service
    service = value("layanan").flatMap { $0.isEmpty ? nil : ServiceCode($0) }
    counter = value("loket").flatMap { Int($0) }
    officer = value("petugas").flatMap { Int64($0) }.map { OfficerID($0) }
    channel = value("saluran").flatMap { Channel(rawValue: $0) }
    isPriority = ["ya": true, "tidak": false][value("prioritas") ?? ""]
  }

  /// The same question elsewhere.
  func asked(at link: Link) -> Link {
    parts.reduce(link) { $0.adding($1.name, $1.value) }
  }

  /// The question as an address or a form carries it.
  var parts: [(name: StaticString, value: String)] {
    var parts: [(name: StaticString, value: String)] = [
      ("jangka", period.length.rawValue), ("tanggal", period.first.description), ("menurut", grouping.rawValue),
    ]
    if let service { parts.append(("layanan", service.rawValue)) }
    if let counter { parts.append(("loket", String(counter))) }
    if let officer { parts.append(("petugas", officer.description)) }
    if let channel { parts.append(("saluran", channel.rawValue)) }
    if let isPriority { parts.append(("prioritas", isPriority ? "ya" : "tidak")) }
    return parts
  }

  func during(_ period: ReportPeriod) -> ReportQuestion {
    var question = self
    question.period = period
    return question
  }

  /// Whether arrivals can be counted: counters and officers have to do with a visit only from the call on.
  var countsArrivals: Bool {
    counter == nil && officer == nil && grouping != .counter && grouping != .officer
  }

  /// Whether a part of a day belongs to what is asked for.
  func includes(_ part: DaySums.Part) -> Bool {
    (service.map { $0 == part.service } ?? true) && (counter.map { $0 == part.counter } ?? true)
      && (officer.map { $0 == part.officer } ?? true) && (channel.map { $0 == part.channel } ?? true)
      && (isPriority.map { $0 == part.isPriority } ?? true)
  }
}
