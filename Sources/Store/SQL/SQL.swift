/// One SQL statement, or a part of one: text that stands in the source, and values bound to it.
///
///     let sql: SQL = "SELECT number FROM queue_tickets WHERE day = \(day) AND state = \(state)"
///
/// The literal parts are `StaticString`s and what is interpolated becomes a bound parameter, or is one of an enum's
/// cases, so nothing that is known only at run time can become SQL text. Keep to the subset that SQLite and PostgreSQL
/// share.
public struct SQL: Sendable {
  /// The statement with a `?` for each value; the key under which it is kept prepared.
  private(set) var statement: SQLText
  /// The values in the order of their `?`.
  private(set) var values: [SQLCell]

  /// The statement written out.
  var text: String { statement.description }

  /// The text of what binds nothing: in a definition a value has no place.
  var definitionText: String {
    precondition(values.isEmpty, "a definition binds no values; a case stands in it as literal")
    return text
  }

  /// Joins two parts as they are: mind the space between them.
  public static func + (left: SQL, right: SQL) -> SQL {
    var both = left
    both += right
    return both
  }

  /// Appends a part as it is: mind the space before it.
  public static func += (left: inout SQL, right: SQL) {
    left.statement.append(right.statement)
    left.values += right.values
  }
}

extension SQL: ExpressibleByStringInterpolation {
  /// A statement without values.
  public init(stringLiteral literal: StaticString) {
    statement = SQLText(literal)
    values = []
  }

  /// A statement with its values bound, as an interpolated literal makes it.
  public init(stringInterpolation parts: StringInterpolation) {
    statement = parts.statement
    values = parts.values
  }

  /// Collects the literal parts as text and the interpolated ones as bound values.
  public struct StringInterpolation: StringInterpolationProtocol {
    var statement: SQLText
    var values: [SQLCell] = []

    /// Called by the compiler, with how long and how many the parts are.
    public init(literalCapacity: Int, interpolationCount: Int) {
      // Before each value there is a literal, and one may be at the end.
      statement = SQLText(partCount: 2 * interpolationCount + 1)
      values.reserveCapacity(interpolationCount)
    }

    /// Takes a part of the text as it stands in the source.
    public mutating func appendLiteral(_ literal: StaticString) {
      statement.append(.literal(literal))
    }

    /// A value becomes a bound parameter.
    public mutating func appendInterpolation(_ value: some SQLBindable) {
      statement.append(.value)
      values.append(value.sqlCell)
    }

    /// A value that may be absent becomes a bound parameter too: NULL where it is.
    public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
      statement.append(.value)
      values.append(value.sqlCell)
    }

    /// A further part of SQL is put in as it is, with its own bound values.
    public mutating func appendInterpolation(_ part: SQL) {
      statement.append(part.statement)
      values += part.values
    }

    /// The right-hand side of `IN`: `WHERE id IN \(anyOf: ids)`. Of nothing it makes an empty set, which says its type:
    /// PostgreSQL would take it for one of texts.
    public mutating func appendInterpolation<Member: SQLBindable>(anyOf members: some Collection<Member>) {
      guard !members.isEmpty else {
        statement.append(.word("(SELECT CAST(NULL AS \(Member.sqlType)) WHERE 1 = 0)"))
        return
      }
      statement.append(.word("(" + members.map { _ in "?" }.joined(separator: ", ") + ")"))
      values += members.map(\.sqlCell)
    }

    /// A case of an enum as text, for conditions of indexes and columns: `state = \(literal: Stage.waiting)`.
    ///
    /// An engine uses an index with a condition only for a statement in which the same text stands; a bound value could
    /// be any. Where no index asks for it, bind the case.
    public mutating func appendInterpolation<Word: CaseIterable & RawRepresentable>(literal word: Word)
    where Word.RawValue == String {
      precondition(!word.rawValue.utf8.contains(UInt8(ascii: "'")), "the name of a case has no quotation mark")
      statement.append(.word("'\(word.rawValue)'"))
    }

    /// The right-hand side of `IN`, of cases as text, in the order in which the condition has them.
    public mutating func appendInterpolation<Word: CaseIterable & RawRepresentable>(literals words: [Word])
    where Word.RawValue == String {
      precondition(!words.isEmpty, "no condition is for nothing")
      statement.append(.literal("("))
      for (place, word) in words.enumerated() {
        if place > 0 { statement.append(.literal(", ")) }
        appendInterpolation(literal: word)
      }
      statement.append(.literal(")"))
    }
  }
}
