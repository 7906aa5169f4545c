import Client
import Day
import Foundation
import Measuring

/// The clicks of one step: each is over when the page that it leads to is there.
struct Clicks: Sendable {
  /// When the next click was due: the first one when the person wanted it, the others as soon as they could.
  private var due: Date
  var notes: [Account.Note] = []

  init(due: Date) { self.due = due }

  mutating func done() {
    notes.append(.click(max(0, Date.now.timeIntervalSince(due))))
    due = .now
  }

  mutating func polled() {
    notes.append(.poll(max(0, Date.now.timeIntervalSince(due))))
    due = .now
  }

  mutating func note(_ note: Account.Note) { notes.append(note) }
}

/// What happened in one release.
struct Account: Sendable {
  enum Note: Sendable {
    /// Seconds.
    case click(Double)
    /// Asked the waiting room again.
    case poll(Double)
    case held
    case booked(Int)
    case tooLate
    case faster
    case failed(String)
  }

  let release: Date
  private var clicks: [Duration] = []
  private var polls: [Duration] = []
  private(set) var winners: Set<Int> = []
  private(set) var errors: [String: Int] = [:]
  private var lateCount = 0
  private var fasterCount = 0
  private var lastHold: Date?
  private var firstRefusal: Date?
  private var lastBooking: Date?

  init(release: Date) { self.release = release }

  mutating func add(_ note: Note) {
    switch note {
    case .click(let seconds): clicks.append(.seconds(seconds))
    case .poll(let seconds): polls.append(.seconds(seconds))
    case .held: lastHold = .now
    case .booked(let index):
      winners.insert(index)
      lastBooking = .now
    case .tooLate:
      lateCount += 1
      if firstRefusal == nil { firstRefusal = .now }
    case .faster: fasterCount += 1
    case .failed(let reason): errors[reason, default: 0] += 1
    }
  }

  func printFigures(places: Int) {
    Output.row("clicks, p50 / p90 / p99", "\(clicks.count), \(Distribution(clicks).summary)")
    if !polls.isEmpty {
      Output.row("looks at one's place, p50 / p90 / p99", "\(polls.count), \(Distribution(polls).summary)")
    }
    Output.row("booked, came too late", "\(winners.count), \(lateCount)")
    Output.row("somebody was faster, chose again", "\(fasterCount)")
    Output.row("errors", errors.isEmpty ? "0" : "\(errors)")
    if winners.count == places {
      Output.row("all places taken, all confirmed after", "\(after(lastHold)), \(after(lastBooking))")
    }
  }

  private func after(_ date: Date?) -> String {
    date.map { "\((($0.timeIntervalSince(release)) * 100).rounded() / 100) s" } ?? "–"
  }
}
