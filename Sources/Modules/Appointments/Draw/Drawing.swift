import Contracts
import Core

/// How a draw comes out. It follows from what no longer changes once entering has ended, so it comes out the same
/// each time that it is computed: it can be written in parts, and gone on with after an interruption.
struct Drawing: Sendable {
  /// What one entry gets.
  struct Result: Sendable {
    let entry: PublicCode
    /// The entry's rank, from 1.
    let rank: Int
    let slot: Int64?
  }

  let draw: Draw
  let seed: [UInt8]
  let entriesHash: [UInt8]
  /// The results, in the order of the lots.
  let results: [Result]

  var winnerCount: Int { results.count { $0.slot != nil } }

  /// - Parameter slots: in the order of their times.
  init(_ draw: Draw, seed: [UInt8], entries: [DrawEntry], slots: [DrawLots.Slot], lots: DrawLots) throws {
    self.draw = draw
    self.seed = seed
    var byLabel: [String: DrawEntry] = [:]
    for entry in entries { byLabel[try lots.label(of: entry.code)] = entry }
    entriesHash = try lots.entriesHash(Array(byLabel.keys))
    let order = try lots.order(Array(byLabel.keys), seed: seed, entriesHash: entriesHash)
    let assigned = DrawLots.assign(
      order.compactMap { label in
        byLabel[label].map { DrawLots.Entry(label: label, wish: $0.wish, isStrict: $0.isStrict) }
      }, slots)
    results = order.enumerated().compactMap { index, label in
      byLabel[label].map { Result(entry: $0.code, rank: index + 1, slot: assigned[label]) }
    }
  }

  /// The results in pieces of at most `count`.
  func parts(of count: Int) -> [ArraySlice<Result>] {
    stride(from: 0, to: results.count, by: count).map { results[$0..<min($0 + count, results.count)] }
  }

  /// The draw as all see it from now on.
  func revealed(at now: Instant) -> Draw {
    var draw = draw
    draw.seed = seed
    draw.entriesHash = entriesHash
    draw.drawnAt = now
    return draw
  }
}
