import Core
import Foundation
import People
import Synchronization

/// What all clients share: the office's address, the books, and who lives there.
final class Town: Sendable {
  static let service = "paspor-elektronik-10"

  let port: UInt16
  let keeper: BookKeeper
  private let maker: PeopleMaker
  private let next = Mutex((person: 0, document: 0, rating: 0))

  init(port: UInt16, keeper: BookKeeper, seed: UInt64, today: CivilDate) {
    self.port = port
    self.keeper = keeper
    maker = PeopleMaker(seed: seed, today: today)
  }

  /// A citizen who has not been here yet.
  func newcomer() -> (person: Person, nik: String) {
    while true {
      let person = person(
        next.withLock { next in
          next.person += 1
          return next.person
        })
      if case .citizen(let nik, _) = person.identity { return (person, nik) }
    }
  }

  func person(_ index: Int) -> Person { maker.person(index) }

  /// A size that no other document has.
  func documentSize() -> Int {
    next.withLock { next in
      next.document += 1
      return SampleDocument.byteCountMin + next.document
    }
  }

  /// Nine scores from 1 to 4 that no other rating has.
  func scores() -> [Int] {
    let number = next.withLock { next in
      next.rating += 1
      return next.rating
    }
    return (0..<9).map { number >> (2 * $0) & 3 }.map { $0 + 1 }
  }
}

/// A picture that is told from all others by its size, and made again from it.
enum SampleDocument {
  static let byteCountMin = 3000
  private static let overhead = 57

  static func content(byteCount: Int) -> [UInt8] {
    let random = SeededRandom(seed: UInt64(byteCount))
    let data = random.bytes(byteCount - overhead)
    let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", data)
      + chunk("IEND", [])
  }

  /// Without a true checksum, which readers of pictures look at and the office does not.
  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: data.count >> $0) }
    return length + Array(name.utf8) + data + [1, 2, 3, 4]
  }
}
