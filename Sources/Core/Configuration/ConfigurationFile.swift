import FoundationEssentials

/// A JSON5 file that has been read and whose grammar is sound: it decodes values strictly and
/// knows on which line each of them stands.
///
/// Foundation's decoder does the decoding; `JSON5Scanner` only finds places, duplicate keys and
/// the spot of a syntax error.
public struct ConfigurationFile: Sendable {
  /// A configuration is written by hand; a larger file is the wrong file.
  public static let byteCountMax = 1 << 20

  /// The file as it was named.
  public let path: String
  private let bytes: [UInt8]
  private let root: JSON5Node

  /// Reads the file and checks its grammar.
  ///
  /// - Throws: `ConfigurationProblem` when there is no such file, it cannot be read, is too large,
  ///   is no UTF-8, breaks the grammar of JSON5 or names a key twice.
  public init(reading path: String) throws(ConfigurationProblem) {
    try self.init(path: path, bytes: Self.read(path))
  }

  /// Takes the content from memory; `path` only names it.
  public init(path: String, bytes: [UInt8]) throws(ConfigurationProblem) {
    self.path = path
    self.bytes = bytes
    do throws(JSON5Fault) {
      var scanner = try JSON5Scanner(bytes)
      root = try scanner.document()
    } catch {
      let spot = LineAndColumn(of: error.offset, in: bytes)
      throw ConfigurationProblem(
        file: path, line: spot.line, column: spot.column, path: error.path, what: error.what, mend: error.mend)
    }
  }

  /// Reads and decodes in one step.
  public static func load<Value: Decodable>(
    _ type: Value.Type, from path: String
  ) throws(ConfigurationProblem) -> Value {
    try ConfigurationFile(reading: path).decode(type)
  }

  /// The file's value.
  ///
  /// - Throws: `ConfigurationProblem` with the line of what does not fit.
  public func decode<Value: Decodable>(_ type: Value.Type) throws(ConfigurationProblem) -> Value {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let refusal as ConfigurationRefusal {
      throw problem(refusal)
    } catch let error as DecodingError {
      throw problem(refusal(for: error))
    } catch {
      throw problem(at: [], what: "the content cannot be used: \(error)", mend: "Correct the file.")
    }
  }

  /// A problem with the value at `path`, or with the innermost thing around it that is there.
  public func problem(
    at path: ConfigurationPath, aim: ConfigurationRefusal.Aim = .value, what: String, mend: String
  ) -> ConfigurationProblem {
    let spot = LineAndColumn(of: root.offset(of: path.steps[...], aim: aim), in: bytes)
    return ConfigurationProblem(
      file: self.path, line: spot.line, column: spot.column, path: path, what: what, mend: mend)
  }

  private func problem(_ refusal: ConfigurationRefusal) -> ConfigurationProblem {
    problem(at: refusal.path, aim: refusal.aim, what: refusal.what, mend: refusal.mend)
  }

  private func refusal(for error: DecodingError) -> ConfigurationRefusal {
    DecodingExplanation(root: root).refusal(for: error)
  }
}

extension ConfigurationDirectory {
  /// The file of that name; nil where there is none, and what is shipped holds.
  ///
  /// - Throws: `ConfigurationProblem` when the directory or the file cannot be read.
  public func optionalFile(_ name: String) throws(ConfigurationProblem) -> ConfigurationFile? {
    let path = appending(name)
    guard try ConfigurationFile.paths(in: self.path).contains(path) else { return nil }
    return try ConfigurationFile(reading: path)
  }
}

extension ConfigurationFile {
  /// The paths of the `*.json5` files of a directory, in the order of their names.
  ///
  /// - Throws: `ConfigurationProblem` when there is no such directory.
  public static func paths(in directory: String) throws(ConfigurationProblem) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory)
        .filter { $0.hasSuffix(".json5") && !$0.hasPrefix(".") }
        .sorted()
        .map { "\(directory)/\($0)" }
    } catch {
      throw ConfigurationProblem(
        file: directory, what: "the directory cannot be read",
        mend: "Create it, or give the service's user the right to read it.")
    }
  }

  private static func read(_ path: String) throws(ConfigurationProblem) -> [UInt8] {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      throw ConfigurationProblem(
        file: path, what: "there is no such file, or its directory may not be entered",
        mend: "Create it, or correct the path or the rights.")
    }
    // A link says nothing of what it leads to, so it is followed by reading it.
    let kind = attributes[.type] as? FileAttributeType
    guard kind == .typeRegular || kind == .typeSymbolicLink else {
      throw ConfigurationProblem(file: path, what: "this is not a file", mend: "Put a JSON5 file in its place.")
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ConfigurationProblem(
        file: path, what: "the file cannot be read", mend: "Give the service's user the right to read it.")
    }
    guard data.count <= byteCountMax else {
      throw ConfigurationProblem(
        file: path, what: "the file has \(data.count) bytes, more than the \(byteCountMax) a configuration may have",
        mend: "Put the right file in its place.")
    }
    return Array(data)
  }
}

/// A line and a column, both from 1.
struct LineAndColumn: Equatable {
  var line = 1
  var column = 1

  /// Where a byte is; columns count characters, so that they are what an editor shows.
  init(of offset: Int, in bytes: [UInt8]) {
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
