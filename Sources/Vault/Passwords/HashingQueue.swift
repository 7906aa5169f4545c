import Contracts

/// What waits to be hashed, in fair order and bounded: officers one after another, and strangers so that the client that has
/// had the fewest turns is next. A client that tries a thousand passwords makes itself wait and no other.
struct HashingQueue<Job> {
  /// Officers who wait: with two lanes the last of them waits some five seconds.
  static var officerCountMax: Int { 32 }
  /// Strangers who wait, all clients together: the last of them waits about three seconds, as long as a person at a sign-in
  /// form does.
  static var strangerCountMax: Int { 10 }
  /// After so many turns, some ten minutes of a storm, each client's count as half: an address that was noisy in the
  /// morning is like any other in the afternoon.
  static var turnCountMax: Int { 2_000 }

  /// What became of a job.
  enum Admission {
    case waits
    /// It waits in the place of another, which is turned away.
    case waitsInstead(of: Job)
    case turnedAway
  }

  private struct Waiting {
    let id: Int
    /// Nil for an officer.
    let client: [UInt8]?
    let job: Job
  }

  private var officers: [Waiting] = []
  private var strangers: [Waiting] = []
  /// How many turns each client has had lately.
  private var turns: [[UInt8]: Int] = [:]
  private var turnCount = 0

  /// Lets a job wait, under an id of its own.
  mutating func add(_ job: Job, _ id: Int, in turn: PasswordTurn) -> Admission {
    switch turn {
    case .officer:
      guard officers.count < Self.officerCountMax else { return .turnedAway }
      officers.append(Waiting(id: id, client: nil, job: job))
      return .waits
    case .stranger(let client):
      let new = Waiting(id: id, client: client, job: job)
      guard strangers.count >= Self.strangerCountMax else {
        strangers.append(new)
        return .waits
      }
      // Of the client that asks for most it is the latest that gives way.
      guard let place = strangers.indices.max(by: { rank(strangers[$0]) < rank(strangers[$1]) }),
        rank(strangers[place]) > rank(new) + 1
      else { return .turnedAway }
      let last = strangers.indices.last { strangers[$0].client == strangers[place].client } ?? place
      let given = strangers.remove(at: last)
      strangers.append(new)
      return .waitsInstead(of: given.job)
    }
  }

  /// Takes the job whose turn it is.
  ///
  /// - Parameter isForOfficers: whether strangers' jobs stay where they are.
  mutating func next(isForOfficers: Bool) -> Job? {
    if !officers.isEmpty { return officers.removeFirst().job }
    // The first of those whose clients have had the fewest.
    guard !isForOfficers, let place = strangers.indices.min(by: { had(strangers[$0]) < had(strangers[$1]) }) else {
      return nil
    }
    let waiting = strangers.remove(at: place)
    if let client = waiting.client { note(client) }
    return waiting.job
  }

  /// Takes out a job that is not waited for any more; nil where its turn has come already.
  mutating func remove(_ id: Int) -> Job? {
    if let place = officers.firstIndex(where: { $0.id == id }) { return officers.remove(at: place).job }
    guard let place = strangers.firstIndex(where: { $0.id == id }) else { return nil }
    return strangers.remove(at: place).job
  }

  private mutating func note(_ client: [UInt8]) {
    turns[client, default: 0] += 1
    turnCount += 1
    guard turnCount >= Self.turnCountMax else { return }
    turns = turns.compactMapValues { $0 > 1 ? $0 / 2 : nil }
    turnCount = turns.values.reduce(0, +)
  }

  private func had(_ waiting: Waiting) -> Int { waiting.client.flatMap { turns[$0] } ?? 0 }

  /// The turns that its client has had, and those that it asks for now.
  private func rank(_ waiting: Waiting) -> Int {
    had(waiting) + strangers.count { $0.client == waiting.client }
  }
}
