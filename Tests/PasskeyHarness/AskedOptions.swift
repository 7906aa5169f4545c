public import Client
internal import Foundation

/// What a page, or the answer to its script, asks a browser for.
public struct AskedOptions: Decodable, Sendable {
  /// The account for which a key is made.
  public struct User: Decodable, Sendable {
    public let id: String
  }

  /// A page that asks for nothing.
  public struct NothingAsked: Error {}

  public let challenge: String
  public let user: User?

  /// Those of the page on which a key is made.
  public init(on page: Answer) throws {
    guard let text = Markup(page.body).tags.compactMap({ $0.attributes["data-options"] }).first else {
      throw NothingAsked()
    }
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  /// Those that the script of the sign-in page fetches.
  public init(in answer: Answer) throws { self = try JSONDecoder().decode(Self.self, from: Data(answer.body)) }
}

extension PageForm {
  /// This form as the page's script fills it in.
  public func filled(_ fields: [(name: String, value: String)]) -> PageForm {
    fields.reduce(self) { $0.filled([$1.name: $1.value]) }
  }
}

extension SoftKey {
  /// Answers the page on which a key is made.
  public mutating func create(on page: Answer) throws -> [(name: String, value: String)] {
    let options = try AskedOptions(on: page)
    return try create(challenge: options.challenge, handle: options.user?.id ?? "")
  }

  /// Answers what the script of the page has fetched on which a first factor is set up.
  public mutating func create(in answer: Answer) throws -> [(name: String, value: String)] {
    let options = try AskedOptions(in: answer)
    return try create(challenge: options.challenge, handle: options.user?.id ?? "")
  }

  /// Answers what the script of the page has fetched that asks for a proof: under names that no route sees.
  public mutating func prove(_ answer: Answer) throws -> [(name: String, value: String)] {
    try show(answer).map { (name: "_bukti-\($0.name)", value: $0.value) }
  }

  /// Answers what the script of the sign-in page has fetched.
  public mutating func show(_ answer: Answer) throws -> [(name: String, value: String)] {
    try show(challenge: AskedOptions(in: answer).challenge)
  }
}
