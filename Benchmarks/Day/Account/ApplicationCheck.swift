internal import Store

/// Whether the applications in the database are those that people hold receipts of.
struct ApplicationCheck {
  let told: Told
  let marks: Books.Marks

  private struct Kept {
    let number: String
    let service: String
    let steps: Int
    let position: Int?
    let fees: Int
    let sealed: Int
  }

  func findings(in snapshot: borrowing Snapshot) throws -> [String] {
    let kept = try kept(in: snapshot).filter { !marks.applications.contains($0.number) }
    let byNumber = Dictionary(grouping: kept, by: \.number)
    let acknowledged = told.applications
    var findings = Set(acknowledged.keys).subtracting(byNumber.keys).sorted().map {
      "application \($0) was acknowledged and is not there"
    }
    for (number, rows) in byNumber.sorted(by: { $0.key < $1.key }) {
      guard let application = acknowledged[number] else {
        findings.append("application \(number) is there and nobody was told of it")
        continue
      }
      findings += rows.flatMap { differences(between: $0, and: application) }
    }
    return findings
  }

  private func differences(between kept: Kept, and told: Told.Application) -> [String] {
    var found: [String] = []
    if kept.service != told.service { found.append("application \(kept.number) is for another service") }
    if kept.position == nil || kept.steps != kept.position {
      found.append("application \(kept.number) stands in no stage, or its way has gaps")
    }
    if let position = told.position, let now = kept.position, now < position {
      found.append("application \(kept.number) stands in stage \(now), but its person saw stage \(position)")
    }
    if kept.fees == 0 { found.append("application \(kept.number) has no fee") }
    if kept.sealed == 0 { found.append("application \(kept.number) has no sealed records") }
    return found
  }

  private func kept(in snapshot: borrowing Snapshot) throws -> [Kept] {
    try snapshot.rows(
      """
      SELECT a.number, a.service,
        (SELECT count(*) FROM tracking_step s WHERE s.number = a.number),
        (SELECT position FROM tracking_case c WHERE c.number = a.number AND c.subject = a.subject),
        (SELECT count(*) FROM registration_fee f WHERE f.application = a.number),
        (SELECT count(*) FROM vault_records r WHERE r.subject = a.subject)
      FROM registration_application a
      """
    ) { row in
      Kept(
        number: try row.get(0), service: try row.get(1), steps: try row.get(2), position: try row.get(3),
        fees: try row.get(4), sealed: try row.get(5))
    }
  }
}
