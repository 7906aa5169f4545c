import Core
import Day
import Foundation
import People

/// A person in the hall who takes a number at a kiosk, with an application or without.
actor HallGuest {
  /// How soon a kiosk that waits for its daemon is looked at again.
  private static let look: TimeInterval = 0.05

  private let executor = SerialQueueExecutor(label: "soak.guest")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let town: Town
  private let kiosk: KioskGuest
  /// What a number taken here counts as.
  private let told: BookKeeper.Told
  private let serviceNames: [Language: String]

  init(_ kiosk: KioskGuest, _ told: BookKeeper.Told, serviceNames: [Language: String], in town: Town) {
    self.kiosk = kiosk
    self.told = told
    self.serviceNames = serviceNames
    self.town = town
  }

  /// Comes again and again until the server's life is over.
  func live(_ life: Life) async {
    while !life.isOver {
      do {
        try await kiosk.arrive()
        try await visit(life.day)
      } catch is KioskAway {
        // It says so itself, and comes back by itself.
        lookAgain()
      } catch {
        life.surprise(error, to: "guest")
      }
    }
  }

  private func lookAgain() { Thread.sleep(forTimeInterval: Self.look) }

  private func visit(_ day: CivilDate) async throws {
    let application = town.keeper.hints { hints in hints.idle.isEmpty ? nil : hints.idle.removeFirst() }
    let index = application.flatMap { number in town.keeper.hints { $0.people[number] } }
    let person = index.map(town.person) ?? town.newcomer().person
    town.keeper.note { $0.beginKioskVisit() }
    let number = try await kiosk.takeNumber(
      person, application: application, serviceName: serviceNames[person.language] ?? "")
    town.keeper.tell(told) { books in
      books.endKioskVisit()
      return books.tell(
        Thing(.ticket, "\(day) \(number)"), as: "waiting", by: nil, on: day, application: application)
    }
  }
}
