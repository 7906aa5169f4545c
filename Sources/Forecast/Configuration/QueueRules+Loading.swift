import Contracts
public import Core

extension QueueRules {
  /// The file in the directory of the configuration.
  public static let fileName = "queue.json5"

  /// Reads `queue.json5`; what the file leaves out is as shipped, and so is everything where there is no file.
  ///
  /// - Throws: `ConfigurationProblem` with the line of what does not fit.
  public static func load(from directory: ConfigurationDirectory?) throws -> QueueRules {
    guard let directory else { return .shipped }
    let path = directory.appending(fileName)
    guard try ConfigurationFile.paths(in: directory.path).contains(path) else { return .shipped }
    return try ConfigurationFile.load(QueueRules.self, from: path)
  }
}

extension QueueRules: Decodable {
  enum Keys: String, CodingKey, CaseIterable {
    case next, callsBeforeNoShow, comeBackMinutes, holdMinutesMax, undoSeconds, closeGraceMinutes, closeSharePercent
    case closeAlways, arrivalWeightPercent, appointmentLeadMinutes, services, counters, estimate, admission
  }

  private struct ServiceSteps: Decodable {
    enum Keys: String, CodingKey, CaseIterable { case service, steps }
    let service: ServiceCode
    let steps: [Step]

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      service = ServiceCode(try file.text(.service))
      steps = try file.list(.steps, entryCount: 1...8)
      try file.refuseRepeats(in: .steps, names: steps.map(\.code), member: "code")
    }
  }

  private struct CounterSteps: Decodable {
    enum Keys: String, CodingKey, CaseIterable { case number, steps }
    let number: Int
    let steps: [String]

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      number = try file.number(.number, in: 1...999)
      steps = try file.list(.steps, entryCount: 1...32)
    }
  }

  /// Reads the rules; what is left out is as shipped.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try StrictContainer<Keys>(decoder)
    next = try file.value(.next, or: next)
    callsBeforeNoShow = try file.number(.callsBeforeNoShow, in: 1...10, or: callsBeforeNoShow)
    comeBackMinutes = try file.number(.comeBackMinutes, in: 0...480, or: comeBackMinutes)
    holdMinutesMax = try file.number(.holdMinutesMax, in: 1...480, or: holdMinutesMax)
    closeGraceMinutes = try file.number(.closeGraceMinutes, in: 0...480, or: closeGraceMinutes)
    closeSharePercent = try file.number(.closeSharePercent, in: 1...100, or: closeSharePercent)
    closeAlways = try file.number(.closeAlways, in: 0...10_000, or: closeAlways)
    undoSeconds = try file.number(.undoSeconds, in: 5...300, or: undoSeconds)
    arrivalWeightPercent = try file.number(.arrivalWeightPercent, in: 0...100, or: arrivalWeightPercent)
    appointmentLeadMinutes = try file.number(.appointmentLeadMinutes, in: 0...120, or: appointmentLeadMinutes)
    estimate = try file.value(.estimate, or: estimate)
    admission = try file.value(.admission, or: admission)
    let services: [ServiceSteps] = try file.list(.services, entryCount: 0...200)
    try file.refuseRepeats(in: .services, names: services.map(\.service.rawValue), member: "service")
    steps = Dictionary(services.map { ($0.service, $0.steps) }, uniquingKeysWith: { first, _ in first })
    let counters: [CounterSteps] = try file.list(.counters, entryCount: 0...999)
    try file.refuseRepeats(in: .counters, names: counters.map(\.number), member: "number")
    let known = Set(services.flatMap { $0.steps.map(\.code) })
    for (place, counter) in counters.enumerated() {
      for (inner, step) in counter.steps.enumerated() where !known.contains(step) {
        throw file.refusal(
          .counters, [.entry(place), "steps", .entry(inner)], what: "no service has a step \"\(step)\"",
          mend: KnownWords.mend(
            step, among: known.sorted(), none: "Give a service its steps first, or leave the counter out."))
      }
    }
    counterSteps = Dictionary(counters.map { ($0.number, Set($0.steps)) }, uniquingKeysWith: { first, _ in first })
  }
}

extension QueueRules.Step: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case code, name }

  /// Reads a step.
  public init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    code = try file.text(.code, characterCountMax: 40)
    name = try file.value(.name)
  }
}

extension QueueRules.Estimate: Decodable {
  enum Keys: String, CodingKey, CaseIterable {
    case days, coveragePercent, roundToMinutes, assumedMinutes, pauseMinutes
  }

  /// Reads how waits are estimated; what is left out is as shipped.
  public init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    self.init()
    days = try file.number(.days, in: 1...365, or: days)
    coveragePercent = try file.number(.coveragePercent, in: 50...98, or: coveragePercent)
    roundToMinutes = try file.number(.roundToMinutes, in: 1...30, or: roundToMinutes)
    assumedMinutes = try file.number(.assumedMinutes, in: 1...120, or: assumedMinutes)
    pauseMinutes = try file.number(.pauseMinutes, in: 1...120, or: pauseMinutes)
  }
}

extension QueueRules.Admission: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case earlyMinutes, lastMinutes, byForecast }

  /// Reads when numbers are given; what is left out is as shipped.
  public init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    self.init()
    earlyMinutes = try file.number(.earlyMinutes, in: 0...240, or: earlyMinutes)
    lastMinutes = try file.number(.lastMinutes, in: 0...240, or: lastMinutes)
    isByForecast = try file.value(.byForecast, or: isByForecast)
  }
}

extension NextRule: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case passedOverMax, headStartMinutes }

  /// Reads who is called next; what is left out is as shipped.
  public init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    self.init(
      passedOverMax: try file.number(.passedOverMax, in: 1...20, or: Self.shipped.passedOverMax),
      headStart: try file.value(.headStartMinutes, or: Self.shipped.headStart))
  }
}

extension NextRule.HeadStart: Decodable {
  enum Keys: String, CodingKey, CaseIterable { case priority, appointment, inProgress, language, sentHere }

  /// Reads the head starts; what is left out is as shipped.
  public init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    self.init()
    priority = try file.number(.priority, in: 0...480, or: priority)
    appointment = try file.number(.appointment, in: 0...480, or: appointment)
    inProgress = try file.number(.inProgress, in: 0...480, or: inProgress)
    language = try file.number(.language, in: 0...480, or: language)
    sentHere = try file.number(.sentHere, in: 0...480, or: sentHere)
  }
}
