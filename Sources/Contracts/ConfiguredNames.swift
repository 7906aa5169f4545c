public import Core

/// What files of the configuration name that another of its files defines: services by their codes, counters by their
/// numbers. A name that nothing goes by would be taken without a word, and a counter would serve no visitor.
///
/// Reads the files as they lie there and nothing else of them: whatever else is wrong, their owners say.
public struct ConfiguredNames: Sendable {
  /// What can be named.
  private enum Kind { case service, counter }

  /// A spot in a file at which names stand; `*` is each entry of a list.
  private struct Mention {
    let file: String
    let path: [String]
    let kind: Kind

    init(_ file: String, _ path: String, _ kind: Kind) {
      self.file = file
      self.path = path.split(separator: " ").map(String.init)
      self.kind = kind
    }
  }

  private static let mentions = [
    Mention("office.json5", "counters * services *", .service),
    Mention("appointments.json5", "services * code", .service),
    Mention("appointments.json5", "counterHours * counters *", .counter),
    Mention("queue.json5", "services * service", .service),
    Mention("queue.json5", "counters * number", .counter),
    Mention("displays.json5", "zones * counters *", .counter),
  ]

  private let directory: ConfigurationDirectory
  private let services: [String]
  private let counters: [String]

  /// Reads which services and counters there are.
  public init(_ directory: ConfigurationDirectory) {
    self.directory = directory
    let files = (try? ConfigurationFile.paths(in: directory.appending("services"))) ?? []
    services = files.compactMap { Self.read($0)?.content.names(at: ["code"]).first?.name }
    counters =
      Self.read(directory.appending("office.json5"))?.content.names(at: ["counters", "*", "number"])
      .map(\.name) ?? []
  }

  /// Every name in every file that nothing goes by.
  public var problems: [ConfigurationProblem] { Self.mentions.flatMap(problems) }

  /// - Throws: `ConfigurationProblem` for the first name in that file that nothing goes by.
  public func check(_ file: String) throws(ConfigurationProblem) {
    for mention in Self.mentions where mention.file == file {
      if let problem = problems(mention).first { throw problem }
    }
  }

  private func problems(_ mention: Mention) -> [ConfigurationProblem] {
    let known = mention.kind == .service ? services : counters
    // Where nothing is known, the files that define it are not there, and a part of Gapura does without them.
    guard !known.isEmpty, let (file, content) = Self.read(directory.appending(mention.file)) else { return [] }
    return content.names(at: mention.path).filter { !known.contains($0.name) }.map { stranger in
      switch mention.kind {
      case .service:
        file.problem(
          at: stranger.path, what: "no service has the code \"\(stranger.name)\"",
          mend: KnownWords.mend(
            stranger.name, among: known, none: "Put its file into \(directory.appending("services"))."))
      case .counter:
        file.problem(
          at: stranger.path, what: "the office has no counter \(stranger.name)",
          mend: "Write numbers of counters in office.json5: \(known.joined(separator: ", ")).")
      }
    }
  }

  private static func read(_ path: String) -> (file: ConfigurationFile, content: LooseValue)? {
    guard let file = try? ConfigurationFile(reading: path), let content = try? file.decode(LooseValue.self)
    else { return nil }
    return (file, content)
  }
}

/// A value of a file whatever it is.
private enum LooseValue: Decodable {
  case object([String: LooseValue])
  case list([LooseValue])
  case name(String)
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .name(text)
    } else if let number = try? value.decode(Int.self) {
      self = .name(String(number))
    } else if let entries = try? value.decode([LooseValue].self) {
      self = .list(entries)
    } else if let members = try? value.decode([String: LooseValue].self) {
      self = .object(members)
    } else {
      self = .other
    }
  }

  /// What stands at a path, and where exactly.
  func names(at path: [String], from start: ConfigurationPath = []) -> [(name: String, path: ConfigurationPath)] {
    switch self {
    case .name(let name): return path.isEmpty ? [(name: name, path: start)] : []
    case .list(let entries):
      guard path.first == "*" else { return [] }
      return entries.enumerated().flatMap { place, entry in
        entry.names(at: Array(path.dropFirst()), from: start.appending(.entry(place)))
      }
    case .object(let members):
      guard let key = path.first else { return [] }
      return members[key]?.names(at: Array(path.dropFirst()), from: start.appending(.key(key))) ?? []
    case .other: return []
    }
  }
}
