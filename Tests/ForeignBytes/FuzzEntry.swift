/// A reader of bytes that strangers send, and what must hold whatever they are.
///
/// `make fuzz` lets libFuzzer look for bytes for which it does not; `FuzzTests` plays the seeds and all former findings.
public protocol FuzzEntry: Sendable {
  /// What it is called on the command line.
  static var name: String { get }
  /// The longest input worth trying, in bytes.
  static var byteCountMax: Int { get }
  /// Bytes as they come in real life, to begin with.
  static var seeds: [[UInt8]] { get }
  /// Words of the grammar.
  static var words: [String] { get }

  init() throws

  /// Has the bytes read.
  ///
  /// - Throws: `Finding` when something does not hold.
  func check(_ bytes: [UInt8]) throws

  /// Gives back what it holds.
  func close()
}

extension FuzzEntry {
  public static var byteCountMax: Int { 4096 }

  public func close() {}
}

/// Something that must hold and does not.
public struct Finding: Error, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Every entry.
public enum FuzzEntries {
  public static let all: [any FuzzEntry.Type] = [
    FrontEntry.self, FormEntry.self, MultipartEntry.self, KioskEntry.self, ConfigurationEntry.self, ReceiptEntry.self,
    TextEntry.self, CodeEntry.self, HeaderEntry.self, DocumentEntry.self, PageEntry.self,
    PasskeyEntry.self,
  ]

  /// The entry of that name.
  public static func named(_ name: String) -> (any FuzzEntry.Type)? { all.first { $0.name == name } }
}

/// What must hold.
///
/// - Throws: `Finding` when it does not.
func hold(_ holds: Bool, _ description: @autoclosure () -> String) throws(Finding) {
  if !holds { throw Finding(description()) }
}
