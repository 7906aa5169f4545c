import Core
import Day
import Dispatch

/// Everybody who uses the office at the same time.
struct Load {
  private static let citizenCount = 3
  static let counters = [1, 2, 4]

  private let citizens: [Citizen]
  private let clerks: [Clerk]
  private let chief: Chief
  private let guests: [HallGuest]

  init(
    in town: Town, clerks: [OfficerName], chief: OfficerName, kiosks: [BookKeeper.Told: KioskGuest],
    serviceNames: [Language: String], seed: UInt64, today: CivilDate
  ) {
    citizens = (0..<Self.citizenCount).map { Citizen(town, seed: seed &+ UInt64($0), today: today) }
    self.clerks = zip(Self.counters, clerks).map { counter, officer in
      Clerk(officer, at: counter, in: town, seed: seed &+ 100 &+ UInt64(counter))
    }
    self.chief = Chief(chief, in: town, seed: seed &+ 200)
    guests = kiosks.map { told, kiosk in HallGuest(kiosk, told, serviceNames: serviceNames, in: town) }
  }

  /// Everybody begins.
  ///
  /// - Returns: what is waited for when the life is over.
  func begin(_ life: Life) -> DispatchGroup {
    let group = DispatchGroup()
    func start(_ live: @escaping @Sendable () async -> Void) {
      group.enter()
      Task {
        await live()
        group.leave()
      }
    }
    for citizen in citizens { start { await citizen.live(life) } }
    for clerk in clerks { start { await clerk.live(life) } }
    start { [chief] in await chief.live(life) }
    for guest in guests { start { await guest.live(life) } }
    return group
  }

  /// An older state has come back, or a new day has come: nothing is sent again.
  func forget() {
    let group = DispatchGroup()
    for citizen in citizens {
      group.enter()
      Task {
        await citizen.forget()
        group.leave()
      }
    }
    group.wait()
  }
}
