import Contracts
import Core
import Crypto
import Store

/// A draw as a text file that any reader, or a script, can recompute: its numbers, then a line for each slot and entry.
struct DrawList: Sendable {
  let draw: Draw
  let lots: DrawLots
  let entries: [DrawEntry]
  /// What the draw was held for; empty before it.
  let slots: [DrawLots.Slot]

  /// Before the draw the seed and the order are missing; the labels are there from the beginning.
  func text() throws -> String {
    (try head() + slotLines() + entryLines()).joined(separator: "\n") + "\n"
  }

  /// SHA-256 of the text, as the ledger holds it.
  func digest() throws -> [UInt8] { try lots.digest.sha256(Array(try text().utf8)) }

  private func head() -> [String] {
    var lines = [
      "# gapura draw 2",
      "draw \(draw.id)", "service \(draw.service)", "days \(draw.first) \(draw.last)",
      "commitment \(Hexadecimal.text(draw.commitment))",
    ]
    if draw.drawnAt != nil {
      lines.append("seed \(Hexadecimal.text(draw.seed))")
      lines.append("entries-hash \(Hexadecimal.text(draw.entriesHash ?? []))")
    }
    return lines
  }

  private func slotLines() -> [String] {
    ["# place DAY TIME, in the order in which they are given"] + slots.map { "place \($0.day) \($0.at)" }
  }

  private func entryLines() throws -> [String] {
    let header = "# entry RANK LABEL WISH(only=! none=-) PLACE(day time, -) STATE"
    let labelled = try entries.map { (label: try lots.label(of: $0.code), entry: $0) }
    guard draw.drawnAt != nil else {
      // Nothing of the order in which people entered is told, nor anything of the outcome while it is being written.
      return [header]
        + labelled.sorted { $0.label < $1.label }.map { "entry - \($0.label) \(wish($0.entry)) - - none" }
    }
    let byID = Dictionary(slots.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return [header]
      + labelled.map { label, entry in
        let slot = entry.slot.flatMap { byID[$0] }.map { "\($0.day) \($0.at)" } ?? "- -"
        let state = entry.slot == nil ? "none" : entry.appointment == nil ? "has-another" : "given"
        return "entry \(entry.rank.map(String.init) ?? "-") \(label) \(wish(entry)) \(slot) \(state)"
      }
  }

  private func wish(_ entry: DrawEntry) -> String {
    entry.wish.map { "\($0)\(entry.isStrict ? "!" : "")" } ?? "-"
  }

  static func read(_ id: DrawID, _ draws: DrawService) async throws -> DrawList? {
    try await draws.booking.store.read { try read(id, draws, in: $0) }
  }

  static func read<Database: Queryable & ~Copyable>(
    _ id: DrawID, _ draws: DrawService, in database: borrowing Database
  ) throws -> DrawList? {
    guard let digest = draws.digest, let draw = try DrawTable.draw(id, in: database) else { return nil }
    return DrawList(
      draw: draw, lots: DrawLots(digest: digest), entries: try DrawTable.entries(of: id, in: database),
      slots: draw.drawnAt == nil ? [] : try DrawTable.notedSlots(of: id, in: database))
  }
}
