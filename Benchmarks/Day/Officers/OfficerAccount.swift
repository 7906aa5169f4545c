/// What an officer signs in with.
public struct OfficerAccount: Sendable, Equatable {
  public let name: String
  public let password: String

  public init(name: String, password: String) {
    self.name = name
    self.password = password
  }

  /// Reads what `gapura officer add NAME` says; nil for anything else.
  public init?(saying text: String) {
    guard let name = text.firstMatch(of: #/officer (?<name>\S+) added/#),
      let password = text.firstMatch(of: #/[0-9a-z]{4}(-[0-9a-z]{4}){3}/#)
    else { return nil }
    self.init(name: String(name.output.name), password: String(password.output.0))
  }
}

/// An officer at a browser: signs in, and replaces a password that another person has drawn.
struct OfficerSession {
  let surfer: Surfer

  /// Signs in.
  ///
  /// - Returns: the account, with its new password where it had to be replaced.
  func signIn(_ account: OfficerAccount, replacement: String) async throws -> OfficerAccount {
    var form = try await surfer.open("/petugas/masuk").form(to: "/petugas/masuk")
    try form.answer("nama", account.name)
    try form.answer("sandi", account.password)
    let page = try await surfer.send(form)
    guard page.status == 200 else { throw Trouble("an officer could not sign in: \(page.shape)") }
    guard !page.path.hasPrefix("/petugas/faktor") else {
      throw Trouble("this office asks for a second factor, which no program has: start it with `make run`")
    }
    guard page.path == "/petugas/sandi" else { return account }
    return try await replacePassword(of: account, by: replacement, on: page)
  }

  private func replacePassword(
    of account: OfficerAccount, by replacement: String, on page: Page
  ) async throws -> OfficerAccount {
    var form = try page.form(to: "/petugas/sandi")
    try form.answer("sandi-lama", account.password)
    try form.answer("sandi-baru", replacement)
    try form.answer("sandi-ulang", replacement)
    let next = try await surfer.send(form)
    guard next.status == 200, next.path != "/petugas/sandi" else {
      throw Trouble("an officer could not replace the first password: \(next.shape)")
    }
    return OfficerAccount(name: account.name, password: replacement)
  }
}
