internal import HTML

/// What the first page for a browser carries within itself (`first.css`), with the number that lets it through the
/// content security policy.
struct FirstStyle: Sendable {
  let rules: InlineStyle
  /// 128 random bits of this answer alone (Content Security Policy Level 3, section 7.1).
  let nonce: String
}
