internal import Client
internal import Core

/// The supervisor: makes the clerks' accounts in the morning, and looks at every page of the console at night.
struct Supervisor {
  private static let staff = "/petugas/akun"

  let surfer: Surfer
  /// Asked for again long after signing in, before an account is made or given a new one.
  let password: String

  /// An account for a clerk; an account of that name that is there already gets a new password.
  func clerk(_ name: String) async throws -> OfficerAccount {
    var form = try await surfer.open(Self.staff).form(to: Self.staff)
    try form.answer("nama", name)
    try form.answer("nama-lengkap", "Petugas Uji Contoh")
    try form.answer("peran", Role.clerk.name)
    let page = try await proven(surfer.send(form))
    if page.status == 409 { return try await newPassword(of: name) }
    return try account(name, on: page)
  }

  private func newPassword(of name: String) async throws -> OfficerAccount {
    let page = try await surfer.open(Self.staff)
    let forms = page.forms { $0.hasPrefix("\(Self.staff)/") && $0.hasSuffix("/sandi") }
    guard let form = forms.first(where: { $0.label.hasSuffix(" \(name)") }) else {
      throw Trouble("the staff page offers no new password for an account that is there")
    }
    let question = try await proven(surfer.send(form)).form(to: form.action)
    return try account(name, on: await surfer.send(question))
  }

  /// Gives the password where an act asks for it again.
  private func proven(_ page: Page) async throws -> Page {
    let field = "_bukti-sandi"
    guard var form = page.forms(where: { _ in true }).first(where: { $0.question(field) != nil }) else { return page }
    try form.answer(field, password)
    return try await surfer.send(form)
  }

  private func account(_ name: String, on page: Page) throws -> OfficerAccount {
    guard page.status == 200, let password = page.codeToKeep else {
      throw Trouble("no password after making an account but \(page.shape)")
    }
    return OfficerAccount(name: name, password: password)
  }

  /// Opens every page that the console's menu leads to.
  func lookAround() async throws {
    // A console that was left alone all day has locked itself.
    let home = try await proven(surfer.open("/petugas"))
    for link in Set(home.markup.links).sorted() where link.hasPrefix("/petugas") && !link.hasPrefix("/petugas/masuk") {
      let page = try await surfer.open(link)
      guard page.status == 200 else { throw Trouble("a page of the console shows \(page.shape)") }
    }
  }

  /// The numbers of the counters.
  func counters() async throws -> [Int] {
    let prefix = "/petugas/loket/"
    let links = try await surfer.open("/petugas/loket").markup.links
    return Set(links.filter { $0.hasPrefix(prefix) }.compactMap { Int($0.dropFirst(prefix.count)) }).sorted()
  }
}
