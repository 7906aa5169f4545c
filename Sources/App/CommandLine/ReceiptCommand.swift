import Contracts
import Core
import FoundationEssentials
import Ledger
import Vault

/// `gapura verify-receipt`: whether a receipt is genuine. Needs the office's public key and nothing else of it.
struct ReceiptCommand {
  /// A receipt has some hundred bytes and a key fewer; more is another file.
  private static let fileByteCountMax = 65_536

  let input: CommandLineInput

  /// - Throws: `UsageError`; `Problem` `vault.public-key-unreadable`.
  func run() throws -> ExitCode {
    let usage = "usage: gapura verify-receipt FILE|TEXT --public-key FILE|KEY"
    guard input.words.count == 2, let key = input.options["public-key"], input.options.count == 1 else {
      throw UsageError(usage)
    }
    let verdict = try ReceiptVerifier(publicKey: content(of: key)).verdict(on: content(of: input.words[1]))
    for line in Self.lines(verdict) { print(line) }
    return Self.code(verdict)
  }

  /// The file of that name; where there is none, the words themselves.
  private func content(of words: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: words) else { return words }
    guard data.count <= Self.fileByteCountMax else { throw UsageError("\(words) is too long for a receipt or a key") }
    return String(decoding: data, as: UTF8.self)
  }

  static func lines(_ verdict: ReceiptVerdict) -> [String] {
    switch verdict {
    case .genuine(let content): ["genuine: signed, and proven to stand in the ledger"] + said(content)
    case .notYetProven(let content):
      ["signed, but its entry is not yet in a signed head: get the proven receipt in some minutes"] + said(content)
    case .notInLedger(let content): ["signed, but not in the ledger"] + said(content)
    case .forged: ["forged or altered: the signature does not fit"]
    case .otherKey: ["signed with another key than this one"]
    case .unreadable: ["unreadable: no receipt, or only a part of one"]
    }
  }

  private static func said(_ content: ReceiptContent) -> [String] {
    let statement = content.statement
    var lines = ["\(statement.matter.rawValue) \(statement.reference)", "entry \(content.entry)"]
    lines.append("recorded \(utc(content.recordedAt))")
    if let day = statement.day { lines.append("left in no backup from \(day)") }
    if let proven = content.provenAt { lines.append("head signed \(utc(proven))") }
    return lines
  }

  private static func utc(_ instant: Instant) -> String {
    Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000).formatted(.iso8601)
  }

  /// Each finding has an exit code of its own, so that a script can tell them apart.
  static func code(_ verdict: ReceiptVerdict) -> ExitCode {
    switch verdict {
    case .genuine: .ok
    case .notYetProven: .tryAgain
    case .forged, .notInLedger: .dataError
    case .otherKey: .noPermission
    case .unreadable: .noInput
    }
  }
}
