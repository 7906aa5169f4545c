internal import Core
internal import HTML
internal import Web

/// One officer's account: what they may do now, what was ever given to them, and the forms that change it.
struct AccountPage {
  let account: Account
  let accounts: [Account]
  let book: RoleBook
  let rights: Rights
  let context: PageContext

  private var words: Words { context.words }

  var title: String { words("officers.rights.of", ["name": account.username.description]) }

  /// Those in whose place the officer can stand.
  var others: [Account] { accounts.filter { $0.id != account.id && !$0.isDisabled } }

  /// What was chosen in a form, in words.
  func chosen(_ form: GrantForm, _ input: FormInput) -> String {
    switch form {
    case .give: book.role(input[GrantForm.roleField]).map { words($0.label) } ?? "–"
    case .standIn:
      others.first { $0.id.description == input[GrantForm.otherField] }?.name ?? "–"
    case .end:
      account.grants.first { String($0.id) == input[GrantForm.grantField] }
        .map { RoleWords(words).name($0, in: book) } ?? "–"
    }
  }

  func node(_ refused: GrantForm?, _ input: FormInput) -> Node {
    fragment {
      pageHeading(title, lead: words("officers.rights.lead"), eyebrow: account.displayName)
      card(title: words("officers.rights.now")) { now }
      card(title: words("officers.rights.given")) {
        GrantTableView(grants: account.grants, accounts: accounts, book: book, context: context).node(withNames: false)
      }
      if mayChange { forms(refused, input) }
      linkButton(words("officers.initial.back"), to: "/petugas/akun", icon: .back)
    }
  }

  /// Not the own rights, and nothing for an officer who only reads.
  private var mayChange: Bool {
    context.officer?.rights.contains(.accounts) == true && context.officer?.id != account.id && !account.isDisabled
  }

  @NodeBuilder private var now: Node {
    if rights.roles.isEmpty { p(.class("empty")) { words("officers.rights.none") } }
    for role in rights.roles {
      p {
        strong { RoleWords(words).name(role) }
        ": "
        RoleWords(words).rights(of: role)
      }
      if role.isReadOnly { p(.class("muted")) { words("officers.rights.read-only") } }
    }
  }

  @NodeBuilder private func forms(_ refused: GrantForm?, _ input: FormInput) -> Node {
    for form in GrantForm.allCases where isPossible(form) {
      card(title: words(MessageKey("officers.rights.form", named: form.rawValue))) {
        formNode(
          context, to: form.link(account.id), submission: nil,
          fields: form.fields(account, others, book, context), input: form == refused ? input : FormInput(),
          submitLabel: words(MessageKey("officers.rights.submit", named: form.rawValue)),
          style: form == .end ? .danger : .primary)
      }
    }
  }

  private func isPossible(_ form: GrantForm) -> Bool {
    switch form {
    case .give: true
    case .standIn: !others.isEmpty
    case .end: account.grants.contains { $0.isAhead(at: context.now) }
    }
  }
}
