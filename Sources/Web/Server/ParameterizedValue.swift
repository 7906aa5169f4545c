/// A value with parameters, such as `form-data; name="a"` (RFC 9110, section 5.6.6).
///
/// A quoted value ends with the next quote: browsers write one inside it as `%22` (WHATWG HTML, section 4.10.21.8).
struct ParameterizedValue {
  /// What stands before the first semicolon, in lower case.
  let word: String
  private var parameters: [String: String] = [:]

  /// Nil where something stands that is no parameter, or one stands twice.
  init?(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    let start = rest.prefix { $0 != UInt8(ascii: ";") }
    word = String(decoding: start.filter { !$0.isWhiteSpace }, as: UTF8.self).lowercased()
    rest = rest.dropFirst(start.count)
    while let mark = rest.popFirst() {
      guard mark == UInt8(ascii: ";") else { return nil }
      rest = rest.drop(while: \.isWhiteSpace)
      if rest.isEmpty { break }
      guard let (name, value) = Self.parameter(&rest), parameters.updateValue(value, forKey: name) == nil else {
        return nil
      }
      rest = rest.drop(while: \.isWhiteSpace)
    }
  }

  /// The value of a parameter; `name` in lower case.
  subscript(name: String) -> String? { parameters[name] }

  private static func parameter(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: String)? {
    let name = rest.prefix(while: \.isTokenCharacter)
    rest = rest.dropFirst(name.count)
    guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), let value = Self.value(&rest) else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
  }

  private static func value(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let quote = UInt8(ascii: "\"")
    guard rest.first == quote else {
      let value = rest.prefix { $0 != UInt8(ascii: ";") && !$0.isWhiteSpace }
      rest = rest.dropFirst(value.count)
      return value
    }
    let value = rest.dropFirst().prefix { $0 != quote }
    rest = rest.dropFirst(1 + value.count)
    return rest.popFirst() == quote ? value : nil
  }
}

extension UInt8 {
  /// Space and tab.
  var isWhiteSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
