import Client
import Foundation
import XCTest

/// A person who acts while the disk fails: the first call that the act makes, the second, and so on, until the act is done.
/// Each time the answer says truly whether it happened. Where no disk fails, each act is done once.
final class WriteWalk {
  /// Which calls fail, one after another, until the act is through. All of them where the environment asks for that.
  static let isThorough = ProcessInfo.processInfo.environment["GAPURA_TEST_EVERY_CALL"] != nil
  private static let calls: [Int64] = isThorough ? Array(1...400) : [1, 4, 16, 64]
  /// A full disk seldom: where it is met the reserve is given up, and the act goes on.
  private static let errors: [Int32] = [EIO, EROFS, EIO, EROFS, EIO, ENOSPC, EROFS, EIO, EROFS, EIO, EROFS]
  /// What is refused while the reserve is not laid up again.
  private static let givingWay: Set<String> = [
    "/ajukan/:layanan", "/pengaduan", "/survei", "/data-saya/:nomor/minta/:jenis",
    "/permohonan/:nomor/dokumen/:syarat",
  ]

  let office: OfficeProcess
  /// What fails; nil where nothing does.
  let disk: OfficeDisk?
  /// Whether it is reads that fail, instead of what changes files.
  private let failsReads: Bool
  /// What is done after each act.
  private let afterAct: (String) throws -> Void
  /// What was tried, by its route's pattern or its command.
  private(set) var tried: Set<String> = []
  private(set) var refusalCount = 0
  /// What each act left behind, to be looked for again after a restart.
  private var traces: [(act: String, sql: String)] = []
  private var round = 0
  private var hasMetFullDisk = false

  init(
    _ office: OfficeProcess, _ disk: OfficeDisk?, failsReads: Bool = false,
    afterAct: @escaping (String) throws -> Void = { _ in }
  ) {
    self.office = office
    self.disk = disk
    self.failsReads = failsReads
    self.afterAct = afterAct
  }

  /// Does an act under failing calls until it is done.
  ///
  /// - Parameters:
  ///   - act: the route's pattern, or the command.
  ///   - trace: what the database says of it: another answer once it has happened.
  ///   - prepare: what is looked at first, with a disk that is well; gives what is sent then.
  /// - Returns: the answer that says that it has happened.
  @discardableResult
  func take(_ act: String, _ trace: String, _ prepare: () throws -> () throws -> Answer) throws -> Answer {
    try attempt(act, trace, prepare)
  }

  /// The same on any face.
  @discardableResult
  func attempt<Said: Reply>(_ act: String, _ trace: String, _ prepare: () throws -> () throws -> Said) throws -> Said {
    tried.insert(act)
    var met: [String] = []
    for call in (disk == nil ? [] : Self.calls) + [0] {
      if hasMetFullDisk, Self.givingWay.contains(act) { try settle() }
      let error = Self.errors[round % Self.errors.count]
      let send = try prepare()
      let before = try office.query(trace)
      if call > 0 { failsReads ? disk?.failRead(call) : disk?.fail(call: call, with: error) }
      let answer = try send()
      // Only what was met moves on.
      if call > 0, disk?.hasFailed == true {
        round += 1
        hasMetFullDisk = hasMetFullDisk || error == ENOSPC && !failsReads
      }
      disk?.mend()
      let after = try office.query(trace)
      let what = "\(act), call \(call), error \(failsReads ? "of a read" : "\(error)"), \(answer.gist)"
      if answer.isDone {
        XCTAssertNotEqual(after, before, "\(what): it is said to have happened, and has not; met \(met)")
        traces.append((act, trace))
        try afterAct(act)
        return answer
      }
      refusalCount += 1
      met.append("\(call): \(answer.gist)")
      XCTAssertEqual(after, before, "\(what): it is said not to have happened, and has")
      XCTAssertNil(answer.fault, what)
    }
    throw OfficeProcess.Failure(description: "\(act) does not go even on a disk that is well: \(met)")
  }

  /// Sends a form of a page.
  ///
  /// - Parameter isAsked: whether a page asks first; what it asks for is filled in, too.
  @discardableResult
  func take(
    _ act: String, _ trace: String, _ browser: Browser, on page: String, to action: String,
    _ fields: KeyValuePairs<String, String> = [:], isAsked: Bool = false,
    confirming: KeyValuePairs<String, String> = [:]
  ) throws -> Answer {
    try take(act, trace) {
      let shown = try browser.visit(page)
      guard let form = shown.forms.last(where: { $0.action == action && $0.isPost }) else {
        throw OfficeProcess.Failure(
          description:
            "\(page) has no form to \(action): \(shown.status) \(shown.heading ?? "") \(shown.forms.map(\.action))")
      }
      guard isAsked else { return { try browser.submit(form.filled(fields)) } }
      let asked = try browser.submit(form.filled(fields))
      guard let question = asked.forms.first(where: { $0["_yakin"] != nil }) else {
        throw OfficeProcess.Failure(description: "\(action) does not ask first: \(asked.status) \(asked.heading ?? "")")
      }
      return { try browser.submit(question.filled(confirming)) }
    }
  }

  /// Runs a command.
  ///
  /// - Parameter isResumed: it is done in parts, and what failed is brought to its end by the next one.
  func take(
    command words: [String], _ trace: () throws -> String, input: String = "", isResumed: Bool = false
  ) throws {
    let act = words.prefix(2).filter { !$0.contains("/") && !$0.hasPrefix("--") }.joined(separator: " ")
    tried.insert(act)
    let disk = try XCTUnwrap(disk)
    let began = try trace()
    for call in (Self.isThorough ? Array(1...200) : [1, 5, 20, 60]) + [0] {
      let error = Self.errors[round % Self.errors.count]
      let before = try trace()
      if call > 0 { disk.fail(call: Int64(call), with: error) }
      var refusal: String?
      do {
        _ = try office.command(words, input: input, environment: disk.environment(office.clock))
      } catch let failure as ChildProcess.Failure {
        refusal = failure.description
      }
      if call > 0, disk.hasFailed { round += 1 }
      disk.mend()
      let after = try trace()
      let what = "\(act), call \(call), error \(error)"
      guard let refusal else {
        XCTAssertNotEqual(
          after, isResumed ? began : before, "\(what): it is said to have happened, and has not")
        return
      }
      refusalCount += 1
      if !isResumed { XCTAssertEqual(after, before, "\(what): it failed and has happened: \(refusal)") }
      XCTAssertFalse(refusal.contains("Fatal error"), refusal)
      if call == 0 {
        throw OfficeProcess.Failure(description: "\(act) does not go even on a disk that is well: \(refusal)")
      }
    }
  }

  /// The room that was given up is laid up again: until then no forms of the public are taken.
  private func settle() throws {
    hasMetFullDisk = false
    for _ in 0..<300 {
      if try !Browser(port: office.hallPort).get("/kesehatan").text.contains("space:") { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    XCTFail("there is room, and nobody has noticed")
  }

  /// Power goes and comes back: everything that was acknowledged is there, and nothing of what was refused.
  func restart() throws {
    let before = try traces.map { try office.query($0.sql) }
    let port = office.port
    office.kill()
    try office.start(port: port, environment: disk?.environment(office.clock) ?? [:])
    for (trace, answer) in zip(traces, before) {
      XCTAssertEqual(try office.query(trace.sql), answer, "\(trace.act): not the same after a restart")
    }
    XCTAssertEqual(office.stop(), 0, office.log)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
  }
}

/// What a person is told of an act.
protocol Reply {
  /// Whether it is said to have happened.
  var isDone: Bool { get }
  /// What it says, in short.
  var gist: String { get }
  /// What is wrong with a refusal, which must be for now alone and say how to go on; nil for nothing.
  var fault: String? { get }
}

extension Answer: Reply {
  var isDone: Bool { status < 400 }

  var gist: String { "status \(status) \(heading ?? "")" }

  var fault: String? {
    guard status == 503 else { return String(text.suffix(1500)) }
    let isClear = text.contains("class=\"hint\"") || text.contains("error-summary")
    return isClear ? nil : "nothing says how to go on"
  }
}
