import Core
import Store

/// A draw as a text file that anybody, or a script, can recompute: its numbers, then a line for each place and entry.
struct DrawList: Sendable {
  let draw: Draw
  let lots: DrawLots
  let entries: [DrawEntry]
  /// What the entries got, by place.
  let places: [Int64: DrawLots.Place]

  /// Before the draw the seed and the order are missing; the labels are there from the beginning.
  func text() throws -> String {
    var lines = [
      "# gapura draw 1",
      "draw \(draw.id)", "service \(draw.service)", "days \(draw.first) \(draw.last)",
      "commitment \(DrawLots.hexadecimal(draw.commitment))",
    ]
    if draw.drawnAt != nil {
      lines.append("seed \(DrawLots.hexadecimal(draw.seed))")
      lines.append("entries-hash \(DrawLots.hexadecimal(draw.entriesHash ?? []))")
    }
    lines.append("# entry RANK LABEL WISH(only=! none=-) PLACE(day time, -) STATE")
    // Nothing of the order in which people entered is told.
    for entry in draw.drawnAt == nil
      ? try entries.sorted(by: { try lots.label(of: $0.code) < lots.label(of: $1.code) }) : entries
    {
      let wish = entry.wish.map { "\($0)\(entry.isStrict ? "!" : "")" } ?? "-"
      let place = entry.place.flatMap { places[$0] }.map { "\($0.day) \($0.at)" } ?? "- -"
      let state = entry.place == nil ? "none" : entry.appointment == nil ? "has-another" : "given"
      lines.append(
        "entry \(entry.rank.map(String.init) ?? "-") \(try lots.label(of: entry.code)) \(wish) \(place) \(state)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func read(_ id: DrawID, _ house: AppointmentHouse) async throws -> DrawList? {
    guard let digest = house.digest else { return nil }
    return try await house.store.read { snapshot in
      guard let draw = try DrawTable.draw(id, in: snapshot) else { return nil }
      let entries = try DrawTable.entries(of: id, in: snapshot)
      let places: [DrawLots.Place] = try snapshot.rows(
        """
        SELECT id, day, at FROM queue_appointment_place
        WHERE id IN (SELECT place FROM queue_appointment_entry WHERE draw = \(id) AND place IS NOT NULL)
        """
      ) { try DrawLots.Place(id: $0.get(0), day: $0.get(1), at: $0.get(2)) }
      return DrawList(
        draw: draw, lots: DrawLots(digest: digest), entries: entries,
        places: Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}
