import Contracts
import Core

/// Holds what was found against the books: each acknowledged thing is there once, in a state that clients know of or may
/// have brought about, and nothing is there that nobody asked for.
struct Audit {
  let books: Books
  let rows: [Row]
  let today: CivilDate

  var findings: [Finding] {
    let found = Dictionary(grouping: rows, by: \.thing)
    let twice = found.filter { $0.value.count > 1 }.map {
      Finding(.doubled, "\($0.key) is there \($0.value.count) times")
    }
    let lost = books.things.filter { found[$0.key] == nil && !mayBeAbsent($0.key, $0.value) }
      .map { Finding(.lost, "\($0.key), told as \($0.value.told)") }
    return twice + lost + stateFindings
  }

  /// Every blind act explains one thing, and no more.
  private var stateFindings: [Finding] {
    var findings: [Finding] = []
    var (kioskVisits, calls) = (books.blindKioskVisits, books.blindCalls)
    for row in rows {
      guard let standing = books.things[row.thing] else {
        if !isExplained(row, &kioskVisits) {
          findings.append(Finding(.doubled, "\(row.thing) is there (\(row.state)), and nobody was told of it"))
        }
        continue
      }
      guard !allows(row, standing) else { continue }
      if row.state == "called", standing.candidates.contains("waiting"), let counter = row.counter,
        calls.remove(counter) != nil
      {
        continue
      }
      findings.append(
        Finding(.lost, "\(row.thing) is \(row.state), and was told as \(standing.told), perhaps \(standing.possible)"))
    }
    return findings
  }

  private func isExplained(_ row: Row, _ kioskVisits: inout Int) -> Bool {
    if row.thing.kind == .form { return true }
    if let form = row.form, form.split(separator: ",").contains(where: { books.openForms.contains(String($0)) }) {
      return true
    }
    guard row.isFromKiosk, kioskVisits > 0 else { return false }
    kioskVisits -= 1
    return true
  }

  // MARK: What happens by itself

  private func mayBeAbsent(_ thing: Thing, _ standing: Standing) -> Bool {
    if standing.candidates.contains(Standing.absent) { return true }
    switch thing.kind {
    // Here documents are kept for a day, and go with their person.
    case .document: return standing.day < today || isErased(standing.application) || mayBeErased(standing.application)
    // Forgotten after 30 days.
    case .form: return standing.day.adding(days: 30) < today
    case .application, .ticket, .appointment, .complaint, .rating: return false
    }
  }

  private func allows(_ row: Row, _ standing: Standing) -> Bool {
    let isGone = isErased(row.application)
    switch row.thing.kind {
    case .application:
      if isGone { return row.state == Row.ended }
      if row.state == Row.ended { return mayBeErased(row.application) }
      // Visits move it on, too.
      return standing.candidates.contains { (Int($0) ?? .max) <= (Int(row.state) ?? 0) }
    case .ticket:
      if standing.candidates.contains(row.state) { return true }
      // A person who has not come might have come back.
      let isWithdrawn = row.state == "cancelled" && standing.candidates != ["finished"]
      if isWithdrawn, isGone || mayBeErased(row.application) { return true }
      let isEnded = TicketState(rawValue: row.state)?.isClosed == true
      let wasOpen = standing.candidates.contains { TicketState(rawValue: $0)?.isClosed == false }
      return isEnded && wasOpen && standing.day < today
    case .appointment:
      if standing.candidates.contains(row.state) { return true }
      let isWithdrawn = row.state == "cancelled" || row.state == "lapsed"
      if isWithdrawn, isGone || mayBeErased(row.application) { return true }
      if row.state == "lapsed" { return standing.candidates.contains("held") }
      return row.state == "missed" && (row.day ?? today) < today && standing.candidates.contains("booked")
    case .complaint:
      // What it says is kept for as long as people are; what is left of it after that is its number.
      // It has lapsed then, or is closed where it had been answered.
      let isOver = standing.day.adding(days: SoakOffice.keptDays) <= today
      let isEnded = row.state == "lapsed" || row.state == "closed" && standing.candidates.contains("answered")
      return isOver && isEnded || standing.candidates.contains(row.state)
    case .document, .rating, .form: return standing.candidates.contains(row.state)
    }
  }

  private func isErased(_ application: String?) -> Bool { application.map(books.erased.contains) ?? false }

  private func mayBeErased(_ application: String?) -> Bool {
    guard let application else { return false }
    return books.beingErased.contains(application) || isDue(application)
  }

  /// Whether the time for which its person is kept is over; some go by themselves at night, the others with the command.
  private func isDue(_ application: String) -> Bool {
    guard let applied = books.things[Thing(.application, application)]?.day else { return false }
    return applied.adding(days: SoakOffice.keptDays) <= today
  }
}
