internal import Core

/// What is done to a typed password before it is hashed or compared.
enum Password {
  /// Without white space around it, which pasting adds and nobody sees.
  static func tidied(_ password: Personal<String>) -> Personal<String> {
    var text = password.exposed[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return Personal(String(text))
  }
}
