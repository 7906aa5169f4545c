internal import Civil
internal import Contracts
internal import Core

/// `gapura officer …`: the way to the first account, and out of a lost one.
struct OfficerCommands: Sendable {
  let staff: StaffService
  let factorReset: FactorReset

  func commands() -> [Command] {
    [
      Command(
        ["officer", "add"], usage: "NAME [--role ROLE] [--name \"DISPLAY NAME\"] [--ask]",
        summary: "Add an officer's account; prints a first password for one day, or asks for their own with --ask",
        run: add),
      Command(["officer", "list"], usage: "", summary: "List the officers' accounts", run: list),
      Command(
        ["officer", "disable"], usage: "NAME", summary: "Close an officer's account and end its sessions",
        run: { try await setDisabled(true, $0) }),
      Command(
        ["officer", "enable"], usage: "NAME", summary: "Open a closed account again",
        run: { try await setDisabled(false, $0) }),
      Command(
        ["officer", "reset"], usage: "NAME [--lost-factors \"REASON\"]",
        summary: "Draw a new password for an account and end its sessions; take lost second factors away", run: reset),
    ]
  }

  /// Acts on behalf of those who may run commands: root, or the group that the sysadmin chose.
  private var principal: Principal { .system("command") }

  @Sendable private func add(_ input: CommandInput) async throws -> CommandOutput {
    let username = try username(input)
    let role = try role(input)
    let displayName = try displayName(input)
    guard input.options["ask"] != nil else {
      let password = try await staff.add(username, displayName: displayName, role: role, by: principal)
      return CommandOutput([
        "officer \(username) added as \(role.name)",
        "initial password, shown only now: \(password.exposed)",
        "it expires in one day, and must be changed at the first sign-in",
      ])
    }
    let password = try input.readSecret(
      "Password for \(username) (at least \(PasswordRule.characterCountMinAlone) characters): ")
    let new = NewAccount(username: username, displayName: displayName, role: role, mustChangePassword: false)
    try await staff.add(new, password: password, by: principal)
    return CommandOutput(["officer \(username) added as \(role.name)"])
  }

  @Sendable private func list(_ input: CommandInput) async throws -> CommandOutput {
    let accounts = try await staff.accounts()
    let width = accounts.map(\.username.description.count).max() ?? 0
    let lines = accounts.map { account in
      let name = account.username.description
      let padding = String(repeating: " ", count: width - name.count)
      return "\(name)\(padding)  \(staff.sessions.rights(of: account))  \(state(of: account))"
    }
    return CommandOutput(lines.isEmpty ? ["no accounts: run `gapura officer add NAME --role supervisor`"] : lines)
  }

  private func state(of account: Account) -> String {
    if account.isDisabled { return "disabled" }
    if account.isInitialPasswordOver(at: staff.clock.now) { return "initial password, expired" }
    if account.mustLengthenPassword { return "password too short, to be changed" }
    return account.mustChangePassword ? "initial password" : "open"
  }

  @Sendable private func reset(_ input: CommandInput) async throws -> CommandOutput {
    let account = try await account(input)
    let password =
      if let reason = input.options["lost-factors"] {
        try await factorReset.reset(account.id, because: reason, by: principal).password
      } else {
        try await staff.resetPassword(of: account.id, by: principal).password
      }
    return CommandOutput([
      "new password of \(account.username), shown only now: \(password.exposed)",
      "it expires in one day, and must be changed at the next sign-in; all sessions have been ended",
    ])
  }

  private func setDisabled(_ isDisabled: Bool, _ input: CommandInput) async throws -> CommandOutput {
    let account = try await account(input)
    _ = try await staff.setDisabled(isDisabled, account.id, by: principal)
    return CommandOutput([
      "officer \(account.username) \(isDisabled ? "disabled; all sessions have been ended" : "enabled")"
    ])
  }

  private func account(_ input: CommandInput) async throws -> Account {
    guard let account = try await staff.account(username(input)) else {
      throw Problem(.notFound, "officers.unknown-name")
    }
    return account
  }

  /// A role that can be given without an end; that of a counter where none is named.
  private func role(_ input: CommandInput) throws -> Role {
    let lasting = staff.sessions.roles.now.lasting
    let name = input.options["role"] ?? Role.clerk.name
    guard let role = lasting.first(where: { $0.name == name }) else {
      throw UsageError("--role is one of \(lasting.map(\.name).joined(separator: ", "))")
    }
    return role
  }

  private func displayName(_ input: CommandInput) throws -> String? {
    guard let written = input.options["name"] else { return nil }
    let name = TextGate.name(written)
    if let fault = name.fault { throw UsageError("--name \(fault.explanation)") }
    return name.text.isEmpty ? nil : name.text
  }

  private func username(_ input: CommandInput) throws -> Username {
    guard input.arguments.count == 1, let text = input.arguments.first else { throw UsageError("name one officer") }
    guard let username = Username(text) else {
      throw UsageError(
        "a user name has \(Username.characterCountMin) to \(Username.characterCountMax) letters, digits, dots, "
          + "hyphens or underscores, and starts with a letter")
    }
    return username
  }
}
