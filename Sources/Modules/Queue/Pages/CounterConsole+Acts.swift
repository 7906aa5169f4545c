import Contracts
import Core
import Forecast
import Store
import Web

/// What an officer's buttons and keys at a counter do.
extension CounterConsole {
  @Sendable func call(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    return try await tried(request) { counter, transaction in
      let called = try counters.callNext(to: counter, by: officer.principal, named: officer.name, in: transaction)
      return called == nil ? .nobodyWaits : .done
    }
  }

  @Sendable func undo(_ request: Request) async throws -> Response {
    try await tried(request) { counter, transaction in
      try counters.undo(Int64(request.form["tindakan"]), at: counter, by: request.principal, in: transaction)
      return .done
    }
  }

  /// Takes the counter over from the officer whom the page named: a colleague who came meanwhile is not driven away.
  @Sendable func takeOver(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let former = Int64(request.form["dari"]).map { OfficerID($0) }
    return try await tried(request) { counter, transaction in
      try counters.takeOver(counter, from: former, by: officer.principal, named: officer.name, in: transaction)
      return .done
    }
  }

  @Sendable func callChosen(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = request.form["alasan-khusus"]
    let wanted = request.form["nomor"].uppercased()
    return try await tried(request, .callChosen) { counter, transaction in
      let ticket = try waitingTicket(wanted, in: transaction)
      _ = try counters.callChosen(
        ticket.id, to: counter, by: officer.principal, named: officer.name, reason: reason, in: transaction)
      return .done
    }
  }

  /// The waiting ticket of today whose number an officer has typed.
  private func waitingTicket(_ typed: String, in transaction: borrowing Transaction) throws -> TicketRecord {
    let day = office.zone.date(of: queue.clock.now)
    guard let letter = typed.first(where: \.isLetter), let sequence = Int(typed.filter(\.isNumber)),
      let ticket = try TicketTable.ticket(letter: String(letter), sequence: sequence, on: day, in: transaction)
    else { throw Problem(.conflict, "queue.no-such-number") }
    guard ticket.state == .waiting else {
      throw Problem(.conflict, "queue.not-waiting", ["number": ticket.number])
    }
    return ticket
  }

  @Sendable func open(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let known = Set(request.context.languages)
    let languages = Set(request.form.all("bahasa-petugas").map { Language(rawValue: $0) }).intersection(known)
    return try await tried(request, .languages) { counter, transaction in
      try counters.open(counter, by: officer.principal, named: officer.name, languages: languages, in: transaction)
      return .done
    }
  }

  @Sendable func pause(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = PauseReason(rawValue: request.form["alasan-jeda"])
    return try await tried(request, .pause) { counter, transaction in
      try counters.pause(
        counter, by: officer.principal, named: officer.name, reason: reason?.rawValue ?? "", in: transaction)
      return .done
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
    return try await tried(request, .close) { counter, transaction in
      try counters.close(counter, by: request.principal, hand: hand, reason: reason, in: transaction)
      return .done
    }
  }

  @Sendable func act(_ request: Request) async throws -> Response {
    guard let action = TicketAction(rawValue: request.parameter("tindakan")) else {
      throw Problem(.notFound, "not-found")
    }
    guard let ticket = Int64(request.form["tiket"]) else { throw Problem(.invalid, "bad-request") }
    let form = request.form
    return try await tried(request, CounterPanel(rawValue: action.rawValue)) { counter, transaction in
      let detail = try detail(of: action, form, in: transaction)
      try counters.act(
        action, on: TicketID(ticket), at: counter, by: request.principal, detail, in: transaction)
      return .done
    }
  }

  private func detail(
    of action: TicketAction, _ form: FormInput, in transaction: borrowing Transaction
  ) throws -> ActionDetail {
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
        // Who sits at no counter would not call the person, and no other officer would.
        let seated = try CounterPostTable.seated(in: transaction).compactMap(\.officer)
        let officer = Int64(parts[1]).map { OfficerID($0) }.flatMap { seated.contains($0) ? $0 : nil }
        return ActionDetail(target: officer.map { .officer($0) }, keepsPosition: keepsPosition)
      default: return ActionDetail()
      }
    case .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .resume, .release,
      .giveBack, .noShow, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
      return ActionDetail()
    }
  }

  // MARK: doing it

  /// Does something at the counter and shows it: by a redirect, or at once to a script that asks for it. What clashes, or
  /// lacks something, is said above the counter as it is now: a page that was stale is mended by that.
  private func tried(
    _ request: Request, _ panel: CounterPanel? = nil, _ act: @escaping CounterAct
  ) async throws -> Response {
    let counter = try counters.counter(request.parameter("loket"))
    let done: DoneAct
    do {
      done = try await perform(act, at: counter, for: request)
    } catch let problem as Problem where [.conflict, .invalid, .forbidden].contains(problem.kind) {
      return try await page(CounterQuestion(counter, request, refusal: CounterRefusal(problem, of: panel, request)))
    }
    let question = CounterQuestion(counter, after: done.outcome, request)
    guard let reading = done.reading else { return .redirect(question.address) }
    return page(question, reading).standing(at: question.address)
  }

  private func perform(
    _ act: @escaping CounterAct, at counter: Office.Counter, for request: Request
  ) async throws -> DoneAct {
    guard request.prefersPage else { return try await performAlone(act, at: counter) }
    do {
      return try await queue.store.write { transaction -> DoneAct in
        let outcome = try act(counter, transaction)
        do {
          return DoneAct(
            outcome: outcome, reading: try reading(CounterQuestion(counter, after: outcome, request), in: transaction))
        } catch let error as StoreError {
          throw error
        } catch {
          throw UnshownAct()
        }
      }
    } catch is UnshownAct {
    } catch StoreError.corrupt {}
    // What can be done is done although its page cannot be shown, where a case may not be opened or a part of the data is
    // damaged; the redirect says both.
    return try await performAlone(act, at: counter)
  }

  private func performAlone(_ act: @escaping CounterAct, at counter: Office.Counter) async throws -> DoneAct {
    try await queue.store.write { DoneAct(outcome: try act(counter, $0), reading: nil) }
  }

  private func signedIn(_ request: Request) throws(Problem) -> SignedInOfficer {
    guard let officer = request.officer else { throw Problem(.signInNeeded, "sign-in-needed") }
    return officer
  }
}
