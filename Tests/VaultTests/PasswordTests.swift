import Contracts
import Core
import Crypto
import Expectations
import Foundation
import XCTest

@testable import Vault

final class PasswordTests: XCTestCase {
  private let cheap = ScryptCost(logN: 4, blockSize: 1, parallelism: 1)

  func testAPasswordFitsItsOwnHashAndNoOther() async throws {
    let passwords = Scrypter(library: try CryptoLibrary(), cost: cheap)
    let hash = try await passwords.hash(Personal("kata sandi yang panjang"))
    let other = try await passwords.hash(Personal("kata sandi yang panjang"))
    XCTAssertNotEqual(hash, other, "each hash has a salt of its own")
    XCTAssertTrue(hash.hasPrefix("$scrypt$ln=4,r=1,p=1$"), hash)
    let cases = [
      "kata sandi yang panjang": true, "kata sandi yang panjan": false, "": false, "Kata sandi yang panjang": false,
    ]
    for (password, fits) in cases {
      let answer = try await passwords.verify(Personal(password), against: hash)
      XCTAssertEqual(answer, fits, password)
    }
  }

  func testTheStandardCostIsWrittenIntoTheHash() async throws {
    let hash = try await Scrypter(library: CryptoLibrary()).hash(Personal("x"))
    XCTAssertTrue(hash.hasPrefix("$scrypt$ln=15,r=8,p=3$"), hash)
  }

  func testNoHashFitsNothingAndCostsAsMuchAsARealOneOfTodayOrEarlier() async throws {
    func scrypter(rounds: Int) throws -> Scrypter {
      Scrypter(library: try CryptoLibrary(), cost: ScryptCost(logN: 13, blockSize: 8, parallelism: rounds))
    }
    let passwords = try scrypter(rounds: 3)
    let hash = try await passwords.hash(Personal("benar"))
    let earlier = try await scrypter(rounds: 1).hash(Personal("benar"))
    let isRight = try await passwords.verify(Personal("benar"), against: earlier)
    XCTAssertTrue(isRight)
    // In processor time, which other programs on the machine do not change.
    func cost(_ hash: String?) async throws -> Double {
      let start = clock()
      for _ in 0..<3 {
        let fits = try await passwords.verify(Personal("salah"), against: hash)
        XCTAssertFalse(fits)
      }
      return Double(clock() - start)
    }
    let costs = [try await cost(hash), try await cost(earlier), try await cost(nil)]
    XCTAssertLessThan(try XCTUnwrap(costs.max()) / XCTUnwrap(costs.min()), 2, "\(costs)")
  }

  func testAHashIsOutdatedWhereItCostLessThanOneOfToday() async throws {
    let passwords = Scrypter(library: try CryptoLibrary())
    let tail = "$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8"
    let cases = [
      "ln=15,r=8,p=1": true, "ln=14,r=8,p=3": true, "ln=15,r=8,p=3": false, "ln=16,r=8,p=2": false,
      "ln=17,r=8,p=1": false,
    ]
    for (cost, isOutdated) in cases {
      XCTAssertEqual(passwords.isOutdated("$scrypt$\(cost)\(tail)"), isOutdated, cost)
    }
    XCTAssertFalse(passwords.isOutdated("$scrypt$nonsense"), "it cannot be right, and is not replaced")
  }

  func testOnlyWhatThisProgramWouldHaveWrittenIsReadAsAHash() throws {
    let salt = "AAECAwQFBgcICQoLDA0ODw"
    let hash = "AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8"
    let good = "$scrypt$ln=15,r=8,p=1$\(salt)$\(hash)"
    XCTAssertEqual(PasswordHash(good)?.text, good)
    let bad = [
      "", "$", "scrypt", String(good.dropFirst()), good + "$", good + "=", " " + good,
      "$argon2id$ln=15,r=8,p=1$\(salt)$\(hash)", "$scrypt$ln=18,r=8,p=1$\(salt)$\(hash)",
      "$scrypt$ln=15,r=9,p=1$\(salt)$\(hash)", "$scrypt$ln=15,r=8,p=5$\(salt)$\(hash)",
      "$scrypt$ln=0,r=8,p=1$\(salt)$\(hash)", "$scrypt$ln=-1,r=8,p=1$\(salt)$\(hash)",
      "$scrypt$ln=015,r=8,p=1$\(salt)$\(hash)", "$scrypt$ln=+15,r=8,p=1$\(salt)$\(hash)",
      "$scrypt$r=8,ln=15,p=1$\(salt)$\(hash)", "$scrypt$ln=15,r=8$\(salt)$\(hash)",
      "$scrypt$ln=15,r=8,p=1,x=1$\(salt)$\(hash)", "$scrypt$ln=15,r=8,p=1$\(salt)$AAEC",
      "$scrypt$ln=15,r=8,p=1$AAEC$\(hash)", "$scrypt$ln=15,r=8,p=1$\(salt)==$\(hash)",
      "$scrypt$ln=15,r=8,p=1$\(salt.dropLast())x$\(hash)", "$scrypt$ln=15,r=8,p=1$\(salt)$\(hash)\n",
      "$scrypt$ln=99999999999999999999,r=8,p=1$\(salt)$\(hash)", good + String(repeating: "A", count: 500),
    ]
    for text in bad { XCTAssertNil(PasswordHash(text), text) }
  }

  func testAnUnreadableStoredHashAndAnOverlongPasswordAreProblems() async throws {
    let passwords = Scrypter(library: try CryptoLibrary(), cost: cheap)
    let unreadable = await failure { try await passwords.verify(Personal("rahasia-saya"), against: "$scrypt$nonsense") }
    XCTAssertEqual((unreadable as? Problem)?.code, "vault.password-hash-unreadable")
    let long = Personal(String(repeating: "a", count: Scrypter.passwordByteCountMax + 1))
    let tooLong = await failure { try await passwords.hash(long) }
    XCTAssertEqual((tooLong as? Problem)?.code, "vault.password-too-long")
  }

  func testOfficersAreServedInAStormThatTurnsStrangersAway() async throws {
    let passwords = Scrypter(library: try CryptoLibrary(), cost: ScryptCost(logN: 13, blockSize: 8, parallelism: 1))
    let hash = try await passwords.hash(Personal("benar"))
    let refusedCount = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          do {
            return try await passwords.verify(Personal("salah"), against: nil, in: .stranger([UInt8(number % 100)]))
          } catch let problem as Problem where problem.code == "vault.passwords-busy" { return true }
        }
        if number.isMultiple(of: 10) {
          group.addTask {
            let isRight = try await passwords.verify(Personal("benar"), against: hash, in: .officer)
            XCTAssertTrue(isRight, "an officer is turned away by strangers")
            return false
          }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertGreaterThan(refusedCount, 0, "the storm was none")
  }

  func testAClientThatHasGoneIsHashedForNoMore() async throws {
    let passwords = Scrypter(library: try CryptoLibrary(), cost: cheap)
    let gone = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await passwords.verify(Personal("salah"), against: nil)
    }
    gone.cancel()
    let error = await failure { try await gone.value }
    XCTAssertTrue(error is CancellationError, "\(String(describing: error))")
    let after = try await passwords.verify(Personal("salah"), against: nil)
    XCTAssertFalse(after, "the line is open")
  }

  func testAStormBeyondTheWaitingLimitIsTurnedAwayAndTheRestIsServed() async throws {
    let passwords = Scrypter(library: try CryptoLibrary(), cost: ScryptCost(logN: 12, blockSize: 8, parallelism: 1))
    let (served, turnedAway) = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<400 {
        group.addTask {
          do {
            return try await !passwords.verify(Personal("salah"), against: nil)
          } catch {
            XCTAssertEqual((error as? Problem)?.code, "vault.passwords-busy")
            return false
          }
        }
      }
      var counts = (0, 0)
      for await isServed in group { if isServed { counts.0 += 1 } else { counts.1 += 1 } }
      return counts
    }
    XCTAssertGreaterThanOrEqual(served, HashingQueue<Int>.strangerCountMax)
    XCTAssertEqual(served + turnedAway, 400)
    let after = try await passwords.verify(Personal("salah"), against: nil)
    XCTAssertFalse(after, "the line is open again")
  }
}
