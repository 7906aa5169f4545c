import Contracts
import Core
import Glibc
import Store

/// `gapura loss`: whether the data has everything that was acknowledged, by the witnesses beside it; and how to go on without
/// what is missing, once a person has decided that.
struct LossCommand {
  static let usage = "usage: gapura loss [accept]"

  let input: CommandLineInput
  let places: Places

  /// - Throws: `UsageError`; `StoreError`; `Problem` `state.…`.
  func run() throws -> ExitCode {
    guard input.words == ["loss"] || input.words == ["loss", "accept"],
      input.options.keys.allSatisfy(Places.options.contains)
    else { throw UsageError(Self.usage) }
    guard unsafe access(places.state, F_OK) == 0 else {
      throw Problem(.notFound, "backup.no-data", ["path": places.database])
    }
    try StateOwner.become(ownerOf: places.state)
    let isAccepting = input.words.count == 2
    let lock = try StateLock.take(isAccepting ? .alone : .beside, of: places.state)
    defer { withExtendedLifetime(lock) {} }
    var isWhole = true
    for path in [places.database, places.keyRing] {
      let state = try Store.commitState(at: path)
      if case .lost = state, isAccepting {
        let lost = try Store.acceptLoss(at: path, clock: SystemClock(), log: StandardErrorLog(least: .warning))
        if let lost { print("\(path): accepted that \(Self.say(lost)); it is in the journal of events") }
      } else {
        if case .lost = state { isWhole = false }
        print("\(path): \(Self.say(state))")
      }
    }
    return isWhole ? .ok : .dataError
  }

  private static func say(_ state: CommitState) -> String {
    switch state {
    case .whole: "nothing that was acknowledged is missing"
    case .unwitnessed: "there is no witness of the last commit, or it cannot be read; the next start begins one"
    case .lost(let lost): say(lost)
    }
  }

  private static func say(_ lost: LostCommits) -> String {
    lost.count == 1 ? "commit \(lost.last) is missing" : "commits \(lost.first) to \(lost.last) are missing"
  }
}
