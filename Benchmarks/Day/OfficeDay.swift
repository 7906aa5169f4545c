internal import Console
internal import Contracts
public import Core
public import People

/// A day of an office, played through its real interfaces: browsers, kiosk terminals, officers at counters.
public struct OfficeDay: Sendable {
  /// Two kiosks as they come: a full screen, and a small one without room for a picture.
  private static let kioskSizes = [Size(columns: 80, rows: 25), Size(columns: 40, rows: 12)]

  private let address: ServerAddress
  private let supervisor: OfficerAccount
  private let locales: Locales
  private let seed: UInt64
  private let pace: Pace
  private let people: [Person]

  /// - Parameters:
  ///   - supervisor: an account that may make others.
  ///   - locales: the words that pages and screens are expected to say.
  public init(
    at address: ServerAddress, supervisor: OfficerAccount, locales: Locales, seed: UInt64, people: [Person], pace: Pace
  ) {
    self.address = address
    self.supervisor = supervisor
    self.locales = locales
    self.seed = seed
    self.people = people
    self.pace = pace
  }

  /// Plays the day.
  ///
  /// - Parameters:
  ///   - supervisorChanged: is told the supervisor's account when its first password had to be replaced.
  ///   - progress: is called with how many people have gone home.
  /// - Throws: `Trouble` when the day could not begin. What goes wrong later stands in the result.
  public func play(
    supervisorChanged: (OfficerAccount) throws -> Void = { _ in },
    progress: @escaping @Sendable (_ done: Int) -> Void = { _ in }
  ) async throws -> DayResult {
    let measurements = Measurements()
    let books = Books(database: address.database)
    let before = try await books.marks()
    let premises = Premises(
      address: address, offer: try await OfferReader(address: address, measurements: measurements).read(), hall: Hall(),
      kiosks: KioskRow(try kiosks(measurements)), locales: locales, pace: pace, told: Told(), measurements: measurements
    )
    let surfer = premises.surfer(.indonesian, network: "192.0.2.1")
    let account = try await OfficerSession(surfer: surfer).signIn(supervisor, replacement: password(0))
    if account != supervisor { try supervisorChanged(account) }
    let chief = Supervisor(surfer: surfer, password: account.password)
    let clerks = try await clerks(chief, premises)

    let clock = ContinuousClock()
    let start = clock.now
    await run(premises, clerks, progress)
    let duration = clock.now - start

    do {
      try await chief.lookAround()
    } catch {
      premises.told.fail("supervisor: \(error)")
    }
    let findings = try await books.disagreements(with: premises.told, since: before)
    return DayResult(
      seed: seed, peopleCount: people.count, duration: duration, told: premises.told, measurements: measurements,
      times: try await books.times(since: before), disagreements: findings)
  }

  // MARK: Before the doors open

  private func kiosks(_ measurements: Measurements) throws -> [KioskTerminal] {
    try Self.kioskSizes.enumerated().map { place, size in
      try KioskTerminal(
        socket: address.kioskSocket, name: "uji-\(place + 1)", size: size, measurements: measurements)
    }
  }

  private func clerks(_ chief: Supervisor, _ premises: Premises) async throws -> [(counter: Int, surfer: Surfer)] {
    var clerks: [(Int, Surfer)] = []
    for counter in try await chief.counters() {
      let surfer = premises.surfer(.indonesian, network: "192.0.2.\(10 + counter)")
      let account = try await chief.clerk("uji-loket-\(counter)")
      _ = try await OfficerSession(surfer: surfer).signIn(account, replacement: password(counter))
      clerks.append((counter, surfer))
    }
    guard !clerks.isEmpty else { throw Trouble("the office has no counters") }
    return clerks
  }

  /// In four groups, as the program itself draws them.
  private func password(_ number: Int) -> String {
    let random = SeededRandom(seed: seed &+ UInt64(number))
    return (0..<4).map { _ in Crockford.encode(random.uint64() >> 44, length: 4).lowercased() }.joined(separator: "-")
  }

  // MARK: While they are open

  private func run(
    _ premises: Premises, _ clerks: [(counter: Int, surfer: Surfer)], _ progress: @escaping @Sendable (Int) -> Void
  ) async {
    let over = DayIsOver()
    let shares = VisitShares(
      plans: Dictionary(uniqueKeysWithValues: people.map { ($0.index, Plan($0, seed: seed, offer: premises.offer)) }))
    let display = Task {
      try await CallDisplay(
        surfer: premises.surfer(.indonesian, network: "192.0.2.2"), hall: premises.hall
      ).run()
    }
    let watch = Task {
      try await Task.sleep(for: pace.dayMax)
      premises.told.fail("the day did not end in time")
      await premises.hall.close()
    }
    await withTaskGroup(of: Void.self) { group in
      for (counter, surfer) in clerks {
        let clerk = Clerk(
          counter: counter, surfer: surfer, premises: premises, random: SeededRandom(seed: seed &+ UInt64(counter)),
          visitShares: shares, dayIsOver: over)
        group.addTask { await work(clerk, premises) }
      }
      await letIn(premises, progress)
      over.announce()
    }
    watch.cancel()
    display.cancel()
  }

  /// A counter that breaks down closes the hall: nobody should wait for it.
  private func work(_ clerk: Clerk, _ premises: Premises) async {
    do {
      try await clerk.run()
    } catch {
      premises.told.fail("counter \(clerk.counter): \(error)")
      await premises.hall.close()
    }
  }

  private func letIn(_ premises: Premises, _ progress: @escaping @Sendable (Int) -> Void) async {
    let random = SeededRandom(seed: seed ^ 0xA221)
    await withTaskGroup(of: Void.self) { group in
      var (inside, done) = (0, 0)
      for person in people {
        if inside == pace.seatCount {
          await group.next()
          (inside, done) = (inside - 1, done + 1)
          progress(done)
        }
        let day = VisitorDay(person, seed: seed, in: premises)
        group.addTask { await day.run() }
        inside += 1
        // Twice the average at most, as people come.
        try? await Task.sleep(for: Pace.part(random.below(2000), of: pace.arrivalGap))
      }
      for await _ in group {
        done += 1
        progress(done)
      }
    }
  }
}
