/// One SQL statement, or a part of one: text that stands in the source, and values bound to it.
///
///     let sql: SQL = "SELECT number FROM queue_tickets WHERE day = \(day) AND state = \(state)"
///
/// The literal parts are `StaticString`s and what is interpolated becomes a bound parameter, or is one of an enum's
/// cases, so nothing that is known only at run time can become SQL text. Keep to the subset that SQLite and PostgreSQL
/// share.
public struct SQL: Sendable {
  /// The statement with a `?` for each value; the key under which it is kept prepared.
  let text: String
  /// The values in the order of their `?`.
  let values: [SQLCell]

  /// The text of what binds nothing: in a definition a value has no place.
  var definitionText: String {
    precondition(values.isEmpty, "a definition binds no values; a case stands in it as literal")
    return text
  }

  private init(text: String, values: [SQLCell]) {
    self.text = text
    self.values = values
  }

  /// Joins two parts as they are: mind the space between them.
  public static func + (left: SQL, right: SQL) -> SQL {
    SQL(text: left.text + right.text, values: left.values + right.values)
  }

  /// Appends a part as it is: mind the space before it.
  public static func += (left: inout SQL, right: SQL) { left = left + right }
}

extension SQL: ExpressibleByStringInterpolation {
  /// A statement without values.
  public init(stringLiteral literal: StaticString) {
    text = literal.description
    values = []
  }

  /// A statement with its values bound, as an interpolated literal makes it.
  public init(stringInterpolation parts: StringInterpolation) {
    text = parts.text
    values = parts.values
  }

  /// Collects the literal parts as text and the interpolated ones as bound values.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""
    var values: [SQLCell] = []

    /// Called by the compiler, with how long and how many the parts are.
    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount)
      values.reserveCapacity(interpolationCount)
    }

    /// Takes a part of the text as it stands in the source.
    public mutating func appendLiteral(_ literal: StaticString) {
      text += literal.description
    }

    /// A value becomes a bound parameter.
    public mutating func appendInterpolation(_ value: some SQLBindable) {
      text += "?"
      values.append(value.sqlCell)
    }

    /// A value that may be absent becomes a bound parameter too: NULL where it is.
    public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
      text += "?"
      values.append(value.sqlCell)
    }

    /// A further part of SQL is put in as it is, with its own bound values.
    public mutating func appendInterpolation(_ part: SQL) {
      text += part.text
      values += part.values
    }

    /// The right-hand side of `IN`: `WHERE id IN \(anyOf: ids)`. Of nothing it makes an empty set, which says its type:
    /// PostgreSQL would take it for one of texts.
    public mutating func appendInterpolation<Member: SQLBindable>(anyOf members: some Collection<Member>) {
      guard !members.isEmpty else {
        text += "(SELECT CAST(NULL AS \(Member.sqlType)) WHERE 1 = 0)"
        return
      }
      text += "(" + members.map { _ in "?" }.joined(separator: ", ") + ")"
      values += members.map(\.sqlCell)
    }

    /// A case of an enum as text, for conditions of indexes and columns: `state = \(literal: Stage.waiting)`.
    ///
    /// An engine uses an index with a condition only for a statement in which the same text stands; a bound value could
    /// be any. Where no index asks for it, bind the case.
    public mutating func appendInterpolation<Word: CaseIterable & RawRepresentable>(literal word: Word)
    where Word.RawValue == String {
      precondition(!word.rawValue.utf8.contains(UInt8(ascii: "'")), "the name of a case has no quotation mark")
      text += "'\(word.rawValue)'"
    }

    /// The right-hand side of `IN`, of cases as text, in the order in which the condition has them.
    public mutating func appendInterpolation<Word: CaseIterable & RawRepresentable>(literals words: [Word])
    where Word.RawValue == String {
      precondition(!words.isEmpty, "no condition is for nothing")
      text += "("
      for (place, word) in words.enumerated() {
        if place > 0 { text += ", " }
        appendInterpolation(literal: word)
      }
      text += ")"
    }
  }
}
