import Contracts
import Core
import Forecast
import Store
import Web

/// What an officer's buttons and keys at a counter do.
extension CounterConsole {
  @Sendable func call(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let counter = try counters.counter(request.parameter("loket"))
    do {
      let called = try await counters.callNext(to: counter, by: officer.id, named: officer.name)
      let path: Link = "/petugas/loket/\(String(counter.number))"
      return .redirect(called == nil ? path.adding("kosong", "ya") : path)
    } catch let problem as Problem where problem.kind == .conflict {
      return try await page(request, counter, refusal: CounterRefusal(problem, of: nil, request))
    }
  }

  /// Takes the counter over from the officer whom the page named: a colleague who came meanwhile is not driven away.
  @Sendable func takeOver(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let former = Int64(request.form["dari"]).map { OfficerID($0) }
    return try await tried(request) {
      try await counters.takeOver($0, from: former, by: officer.id, named: officer.name)
    }
  }

  @Sendable func callChosen(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = request.form["alasan-khusus"]
    let wanted = request.form["nomor"].uppercased()
    return try await tried(request, .callChosen) { counter in
      let day = office.zone.date(of: queue.clock.now)
      guard let letter = wanted.first(where: \.isLetter), let sequence = Int(wanted.filter(\.isNumber)),
        let ticket = try await queue.store.read({
          try TicketTable.ticket(letter: String(letter), sequence: sequence, on: day, in: $0)
        })
      else { throw Problem(.conflict, "queue.no-such-number") }
      guard ticket.state == .waiting else {
        throw Problem(.conflict, "queue.not-waiting", ["number": ticket.number])
      }
      _ = try await counters.callChosen(
        ticket.id, to: counter, by: officer.id, named: officer.name, reason: reason)
    }
  }

  @Sendable func open(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let known = Set(request.context.languages)
    let languages = Set(request.form.all("bahasa-petugas").map { Language(rawValue: $0) }).intersection(known)
    return try await tried(request, .languages) {
      try await counters.open($0, by: officer.id, named: officer.name, languages: languages)
    }
  }

  @Sendable func pause(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = PauseReason(rawValue: request.form["alasan-jeda"])
    return try await tried(request, .pause) {
      try await counters.pause($0, by: officer.id, named: officer.name, reason: reason?.rawValue ?? "")
    }
  }

  @Sendable func close(_ request: Request) async throws -> Response {
    let hand: (action: TicketAction, detail: ActionDetail)? =
      switch TicketAction(rawValue: request.form["sisa"]) {
      case .giveBack: (.giveBack, ActionDetail())
      case .noShow: (.noShow, ActionDetail())
      case .hold: (.hold, ActionDetail(reason: HoldReason.colleague.rawValue))
      case nil, .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .resume, .release,
        .transfer, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
        nil
      }
    let reason = CloseReason(rawValue: request.form[CloseReasonField.name])
    return try await tried(request, .close) {
      try await counters.close($0, by: request.principal, hand: hand, reason: reason)
    }
  }

  @Sendable func act(_ request: Request) async throws -> Response {
    guard let action = TicketAction(rawValue: request.parameter("tindakan")) else {
      throw Problem(.notFound, "not-found")
    }
    guard let ticket = Int64(request.form["tiket"]) else { throw Problem(.invalid, "bad-request") }
    let seated = try await queue.store.read { try CounterPostTable.seated(in: $0) }.compactMap(\.officer)
    let form = request.form
    return try await tried(request, CounterPanel(rawValue: action.rawValue)) {
      let detail = try detail(of: action, in: form, seated: seated)
      try await counters.act(action, on: TicketID(ticket), at: $0, by: request.principal, detail)
    }
  }

  /// - Parameter seated: officers at a counter: a person can be sent to these alone, since no other would call them.
  private func detail(of action: TicketAction, in form: FormInput, seated: [OfficerID]) throws -> ActionDetail {
    switch action {
    case .hold:
      let most = queue.rules.now.holdMinutesMax
      guard form["menit"].isEmpty || Int(form["menit"]).map({ (1...most).contains($0) }) == true else {
        throw Problem(.invalid, "queue.minutes-wrong", ["max": String(most)])
      }
      return ActionDetail(
        reason: HoldReason(rawValue: form["alasan-tunda"])?.rawValue, holdMinutes: Int(form["menit"]))
    case .transfer:
      let parts = form["tujuan"].split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return ActionDetail() }
      let keepsPosition = form["tempat"] != "akhir"
      let isConfirmed = !form["tanpa-petugas"].isEmpty
      switch parts[0] {
      case "layanan" where offered.contains { $0.code.rawValue == parts[1] }:
        return ActionDetail(service: ServiceCode(parts[1]), keepsPosition: keepsPosition, isConfirmed: isConfirmed)
      case "loket":
        return ActionDetail(
          target: Int(parts[1]).map { .counter($0) }, keepsPosition: keepsPosition, isConfirmed: isConfirmed)
      case "petugas":
        let officer = Int64(parts[1]).map { OfficerID($0) }.flatMap { seated.contains($0) ? $0 : nil }
        return ActionDetail(target: officer.map { .officer($0) }, keepsPosition: keepsPosition)
      default: return ActionDetail()
      }
    case .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .resume, .release,
      .giveBack, .noShow, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
      return ActionDetail()
    }
  }

  /// Does something at the counter and shows it. What clashes, or lacks something, is said above the counter as it
  /// is now: a page that was stale is mended by that.
  func tried(
    _ request: Request, _ panel: CounterPanel? = nil, _ work: (Office.Counter) async throws -> Void
  ) async throws -> Response {
    let counter = try counters.counter(request.parameter("loket"))
    do {
      try await work(counter)
      return .redirect("/petugas/loket/\(String(counter.number))")
    } catch let problem as Problem where [.conflict, .invalid, .forbidden].contains(problem.kind) {
      return try await page(request, counter, refusal: CounterRefusal(problem, of: panel, request))
    }
  }

  private func signedIn(_ request: Request) throws(Problem) -> SignedInOfficer {
    guard let officer = request.officer else { throw Problem(.signInNeeded, "sign-in-needed") }
    return officer
  }
}
