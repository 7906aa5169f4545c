/// What is wrong with a configuration file, where, and what to write instead; in English, for the
/// sysadmin who edits it.
public struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as it was named to the loader.
  public let file: String
  /// Counted from 1; nil when the file could not be read at all.
  public let line: Int?
  /// In characters, counted from 1.
  public let column: Int?
  /// Which value it is about; empty for the whole file.
  public let path: ConfigurationPath
  /// What is wrong, as a clause.
  public let what: String
  /// What to write or do instead, in a sentence.
  public let mend: String

  /// Puts `what` and `mend` on one line each, and shortens what is longer than any sentence of ours.
  public init(
    file: String, line: Int? = nil, column: Int? = nil, path: ConfigurationPath = [], what: String, mend: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.what = Self.line(what)
    self.mend = Self.line(mend)
  }

  /// No sentence of ours is as long; what a file holds may be.
  private static let characterCountMax = 1_000

  /// A sentence on one line, whatever it quotes of the file: else a text with a line end would write lines of its own into
  /// the journal.
  private static func line(_ sentence: String) -> String {
    let scalars = sentence.unicodeScalars.prefix(characterCountMax).map { scalar in
      scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(Character(scalar))
    }
    return scalars.joined() + (sentence.unicodeScalars.count > characterCountMax ? "…" : "")
  }

  /// `FILE:LINE:COLUMN: PATH: WHAT. MEND`, the form that editors can jump to.
  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let subject = path.isEmpty ? "" : "\(Self.line(path.description)): "
    return "\(place): \(subject)\(what). \(mend)"
  }
}

/// The way to a value inside a configuration file.
public struct ConfigurationPath: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// One step into an object or a list.
  public enum Step: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// The value of that key.
    case key(String)
    /// Counted from 0.
    case entry(Int)

    /// A step to the value of a key.
    public init(stringLiteral key: String) { self = .key(key) }
    /// A step to an entry, counted from 0.
    public init(integerLiteral entry: Int) { self = .entry(entry) }

    init(_ key: any CodingKey) {
      if let entry = key.intValue { self = .entry(entry) } else { self = .key(key.stringValue) }
    }
  }

  /// From the whole file inwards; none for the file itself.
  public let steps: [Step]

  /// The path of these steps.
  public init(_ steps: [Step]) { self.steps = steps }
  /// The path of these steps, written as a list: `["stages", 2, "name"]`.
  public init(arrayLiteral steps: Step...) { self.steps = steps }
  /// The path that a decoder has gone.
  public init(_ codingPath: [any CodingKey]) { steps = codingPath.map(Step.init) }

  /// Whether it is the way to the file itself.
  public var isEmpty: Bool { steps.isEmpty }

  /// The path one step deeper.
  public func appending(_ step: Step) -> Self { Self(steps + [step]) }

  /// In words, with entries counted from 1 as people do: `stages, entry 3, name`.
  public var description: String {
    steps.map { step in
      switch step {
      case .key(let key): key
      case .entry(let entry): "entry \(entry + 1)"
      }
    }.joined(separator: ", ")
  }
}

/// Thrown while a value is decoded, before anyone knows the line; the loader makes a
/// `ConfigurationProblem` of it.
public struct ConfigurationRefusal: Error, Sendable, Equatable {
  /// Whether the fault is in the name of the value or in the value.
  public enum Aim: Sendable { case key, value }

  /// Which value is refused.
  public let path: ConfigurationPath
  /// Whether its name or the value itself is at fault, which decides where the file is marked.
  public let aim: Aim
  /// What is wrong, as a clause.
  public let what: String
  /// What to write instead, in a sentence.
  public let mend: String

  /// A refusal of the value at `path`, or of its name where `aim` says so.
  public init(_ path: ConfigurationPath, at aim: Aim = .value, what: String, mend: String) {
    self.path = path
    self.aim = aim
    self.what = what
    self.mend = mend
  }
}

/// Several problems at once, for commands that check files.
public struct ConfigurationProblems: Error, Sendable, Equatable, CustomStringConvertible {
  /// In the order of the files; never empty where it is thrown.
  public let problems: [ConfigurationProblem]

  /// Puts problems together as one error.
  public init(_ problems: [ConfigurationProblem]) { self.problems = problems }

  /// One line each.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
