public import HTML

extension Request {
  /// What its form holds, hidden, for a page that asks something before the form goes on to where it was sent: nothing that
  /// was typed is lost meanwhile. Passwords and PINs are not among it, since no page holds them; they are asked for again.
  public var carried: [Field] {
    DisplaySettings.answers(in: form).filter { $0.name != FormInput.csrfField && !Resending.isSecret($0.name) }
      .map { .hidden($0.name, $0.value) }
  }

  /// Where the form goes on to.
  public var ownLink: Link { Link(localPath: path) ?? "/" }
}
