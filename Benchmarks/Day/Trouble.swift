/// Something that should not have happened: an answer that no client may get, or one that does not fit what
/// came before. Its words name paths and numbers, never a person.
public struct Trouble: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
