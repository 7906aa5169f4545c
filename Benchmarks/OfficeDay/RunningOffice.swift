import Day
import Foundation

/// A server that runs already, such as that of `make run`.
struct RunningOffice {
  let state: String
  let port: UInt16

  var address: ServerAddress { ServerAddress(port: port, state: state) }

  private var file: URL { URL(fileURLWithPath: state).appendingPathComponent("first-officer") }

  /// The account that was made when the state was.
  ///
  /// - Throws: `Trouble` that says what to do.
  func supervisor() throws -> OfficerAccount {
    guard let text = try? String(contentsOf: file, encoding: .utf8), let account = OfficerAccount(saying: text) else {
      throw Trouble("\(file.path) does not tell the first officer's password: start the server with `make run`")
    }
    return account
  }

  /// Keeps the password that replaced the first one, so that people can still sign in with what the file says.
  func keep(_ account: OfficerAccount) throws {
    let text = """
      officer \(account.name) added as supervisor
      its password: \(account.password)

      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }
}
