import Core
import Day
import People

/// Somebody in the hall who takes a number at a kiosk, with an application or without.
actor HallGuest {
  private let town: Town
  private let kiosk: KioskGuest
  private let serviceNames: [Language: String]
  private let random: SeededRandom

  init(_ kiosk: KioskGuest, serviceNames: [Language: String], in town: Town, seed: UInt64) {
    self.kiosk = kiosk
    self.serviceNames = serviceNames
    self.town = town
    random = SeededRandom(seed: seed)
  }

  /// Comes again and again until the server's life is over.
  func live(_ life: Life) async {
    while !life.isOver {
      do {
        try await visit(life.day)
      } catch {
        life.surprise(error, to: "guest")
      }
    }
  }

  private func visit(_ day: CivilDate) async throws {
    let application = town.keeper.hints { hints in hints.idle.isEmpty ? nil : hints.idle.removeFirst() }
    let index = application.flatMap { number in town.keeper.hints { $0.people[number] } }
    let person = index.map(town.person) ?? town.newcomer().person
    town.keeper.note { $0.beginKioskVisit() }
    let number = try await kiosk.takeNumber(
      person, application: application, serviceName: serviceNames[person.language] ?? "")
    town.keeper.tell(.kioskNumber) { books in
      books.endKioskVisit()
      return books.tell(
        Thing(.ticket, "\(day) \(number)"), as: "waiting", by: nil, on: day, application: application)
    }
  }
}
