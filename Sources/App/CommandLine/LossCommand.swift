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
    let log = SecurityLog(StandardErrorLog(least: .warning), showsAddresses: false, isOfCommand: true)
    let lock = try StateLock.take(isAccepting ? .alone : .beside, of: places.state)
    defer { withExtendedLifetime(lock) {} }
    try places.requireData()
    var isWhole = true
    for path in [places.database, places.keyRing] {
      let state = try Store.commitState(at: path)
      if case .lost = state, isAccepting {
        if let lost = try Store.acceptLoss(at: path, clock: SystemClock(), log: log) {
          print("\(path): accepted that \(Self.say(lost)); journalctl -t gapura has it from now on")
        }
      } else {
        print("\(path): \(Self.say(state))")
        if case .lost = state {
          isWhole = false
          for line in details(of: path) { print("  " + line) }
        }
      }
    }
    if isAccepting { for line in RestoreCommand.startLines { print(line) } }
    return isWhole ? .ok : .dataError
  }

  /// From when to when, and what it was, as far as anything tells.
  private func details(of path: String) -> [String] {
    let file = try? ConfigurationFile.load(OfficeFile.self, from: places.configuration.appending("office.json5"))
    let zone = file?.office.zone ?? .wib
    var status = stat()
    let isWitnessed = unsafe stat(path + Store.witnessSuffix, &status) == 0
    let latest = Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1000)
    var lines = isWitnessed ? ["the last of them was made at \(zone.timestamp(latest))"] : []
    if path == places.keyRing {
      return lines + [
        "they are the keys of people, up to 256 in one commit, or keys destroyed by an erasure; without a copy of the ring that "
          + "has them these people's data can never be read again: gapura restore \(places.state) --ring DIRECTORY"
      ]
    }
    let event = (try? Store.peek(at: path) { try $0.latestEvent() }) ?? nil
    if let event { lines.insert("what is there goes up to \(zone.timestamp(event.instant))", at: 0) }
    return lines + ["what they were is in no file here; a copy made in between has them: gapura restore COPY"]
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
