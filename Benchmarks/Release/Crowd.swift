import Client
import Core
import Day
import Foundation
import Synchronization

/// A town of people, each of whom does the next thing when it is time for them.
///
/// An open loop: people come when they come, however long the server takes, and a click's time counts from when it was
/// due. A few hundred workers stand for all of them, because nobody keeps a connection while they read or wait.
struct Crowd: Sendable {
  private static let workerCount = 160
  /// What is not answered by then counts as an error, as it would for people.
  private static let patience = Duration.seconds(30)

  let port: UInt16
  let applicants: [Applicant]
  let release: Date
  /// When the first one comes, in seconds from the release.
  let comesFrom: Int
  let within: Int
  /// When it is over for all who have not had their turn, in seconds from the release.
  let lasting: Int
  let usesRoom: Bool

  func play() async throws -> Account {
    let random = SeededRandom(seed: 2)
    let start = release.addingTimeInterval(Double(comesFrom))
    // More in the first seconds than in the last ones: the density falls to nothing at the end.
    let arrivals = applicants.indices.map { index in
      let share = 1 - (Double(random.below(1_000_000)) / 1_000_000).squareRoot()
      return Agenda.Entry(
        due: start.addingTimeInterval(share * Double(within)),
        booker: Booker(index: index, applicants[index], usesRoom: usesRoom))
    }
    let agenda = Agenda(arrivals, end: release.addingTimeInterval(Double(lasting)))
    let record = Record(Account(release: release))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<Self.workerCount {
        let worker = Worker(port: port, patience: Self.patience)
        group.addTask {
          while let entry = await agenda.next() {
            let (next, notes) = await worker.step(entry)
            record.add(notes)
            agenda.finish(next)
          }
        }
      }
      try await group.waitForAll()
    }
    return record.account
  }
}

/// What all workers have noted.
private final class Record: Sendable {
  private let notes: Mutex<Account>

  init(_ account: Account) { notes = Mutex(account) }

  var account: Account { notes.withLock { $0 } }

  func add(_ new: [Account.Note]) { notes.withLock { account in for note in new { account.add(note) } } }
}

/// Does things for the next person, on a thread of its own.
private actor Worker {
  private let executor = SerialQueueExecutor(label: "release.worker")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
  private let port: UInt16
  private let patience: Duration

  init(port: UInt16, patience: Duration) {
    self.port = port
    self.patience = patience
  }

  func step(_ entry: Agenda.Entry) -> (Agenda.Entry?, [Account.Note]) {
    var booker = entry.booker
    var clicks = Clicks(due: entry.due)
    do {
      let connection = try Connection(port: port, timeout: patience)
      defer { connection.close() }
      let seconds = try booker.step(&clicks, over: connection)
      let next = seconds.map { Agenda.Entry(due: Date.now.addingTimeInterval($0), booker: booker) }
      return (next, clicks.notes)
    } catch {
      clicks.notes.append(.failed("\(booker.stage): \(error)"))
      return (nil, clicks.notes)
    }
  }
}

/// Who does something next, and when.
private final class Agenda: Sendable {
  struct Entry: Sendable {
    let due: Date
    let booker: Booker
  }

  private struct State {
    /// A binary heap, the earliest on top.
    var heap: [Entry] = []
    var busyCount = 0
  }

  private let state = Mutex(State())
  private let end: Date

  init(_ entries: [Entry], end: Date) {
    self.end = end
    let sorted = entries.sorted { $0.due < $1.due }
    state.withLock { $0.heap = sorted }
  }

  /// Waits for the next thing to do; nil when everybody is done, or the time is over.
  func next() async -> Entry? {
    while Date.now < end {
      let (entry, isDone) = state.withLock { state -> (Entry?, Bool) in
        guard let first = state.heap.first else { return (nil, state.busyCount == 0) }
        guard first.due <= Date.now else { return (nil, false) }
        state.busyCount += 1
        return (Self.pop(&state.heap), false)
      }
      if let entry { return entry }
      if isDone { return nil }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return nil
  }

  func finish(_ next: Entry?) {
    state.withLock { state in
      state.busyCount -= 1
      if let next { Self.push(next, &state.heap) }
    }
  }

  private static func push(_ entry: Entry, _ heap: inout [Entry]) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child].due < heap[(child - 1) / 2].due {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private static func pop(_ heap: inout [Entry]) -> Entry? {
    guard !heap.isEmpty else { return nil }
    heap.swapAt(0, heap.count - 1)
    let top = heap.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { heap[$0].due < heap[$1].due }), heap[least].due < heap[parent].due else {
        return top
      }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
