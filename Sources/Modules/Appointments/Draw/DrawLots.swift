import Contracts
import Core
import Crypto

/// The order of a draw, which any reader can compute again. Pure.
///
/// 1. Before the draw opens, 32 random bytes are chosen: the seed, written as 64 small hexadecimal digits. Its
///    SHA-256 is published at once: the commitment.
/// 2. When the draw has closed, the labels of all entries are sorted and joined by line feeds (one between two, none at
///    the end); the SHA-256 of that text in hexadecimal is the entries' hash.
/// 3. Each entry's lot is the SHA-256 in hexadecimal of the text SEED:ENTRIES:LABEL. The entries stand in the order of
///    their lots, the smallest first.
/// 4. In that order each gets the earliest free slot of the wished day; where there is none, or no day was wished, the
///    earliest free slot of any day, unless only that day was wanted.
///
/// The seed was fixed before the first entry, and the order depends on the entries: neither the office nor an entrant
/// can choose an outcome.
struct DrawLots: Sendable {
  let digest: any PublicDigest

  /// An entrant.
  struct Entry: Sendable, Equatable {
    /// Public, and does not tell who it is.
    let label: String
    let wish: CivilDate?
    let isStrict: Bool
  }

  /// What is drawn for.
  struct Slot: Sendable, Equatable {
    let id: Int64
    let day: CivilDate
    let at: CivilTime
  }

  /// The label under which an entry stands in the public list: the first 16 hexadecimal digits of the SHA-256 of its code.
  func label(of code: PublicCode) throws -> String {
    String(Hexadecimal.text(try digest.sha256(Array(code.description.utf8))).prefix(16))
  }

  func commitment(to seed: [UInt8]) throws -> [UInt8] { try digest.sha256(Array(Hexadecimal.text(seed).utf8)) }

  func entriesHash(_ labels: [String]) throws -> [UInt8] {
    try digest.sha256(Array(labels.sorted().joined(separator: "\n").utf8))
  }

  /// The labels in the order of their lots.
  func order(_ labels: [String], seed: [UInt8], entriesHash: [UInt8]) throws -> [String] {
    let prefix = "\(Hexadecimal.text(seed)):\(Hexadecimal.text(entriesHash)):"
    let lots = try labels.map { (label: $0, lot: Hexadecimal.text(try digest.sha256(Array("\(prefix)\($0)".utf8)))) }
    return lots.sorted { ($0.lot, $0.label) < ($1.lot, $1.label) }.map(\.label)
  }

  /// Which slot each entry gets: by label, the slot's id.
  ///
  /// - Parameters:
  ///   - entries: in the order of their lots.
  ///   - slots: in the order of their times.
  static func assign(_ entries: [Entry], _ slots: [Slot]) -> [String: Int64] {
    var left = slots[...]
    var taken: Set<Int64> = []
    var byDay: [CivilDate: ArraySlice<Slot>] = [:]
    for (day, slots) in Dictionary(grouping: slots, by: \.day) { byDay[day] = slots[...] }
    func next(_ queue: inout ArraySlice<Slot>) -> Int64? {
      while let slot = queue.popFirst() { if taken.insert(slot.id).inserted { return slot.id } }
      return nil
    }
    var assigned: [String: Int64] = [:]
    for entry in entries {
      var slot = entry.wish.flatMap { day in byDay[day].flatMap { _ in next(&byDay[day, default: []]) } }
      if slot == nil, entry.wish == nil || !entry.isStrict { slot = next(&left) }
      if let slot { assigned[entry.label] = slot }
    }
    return assigned
  }
}
