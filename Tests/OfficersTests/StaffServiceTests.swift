import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Officers

final class StaffServiceTests: XCTestCase {
  func testNameIsTakenOnlyOnce() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    await XCTAssertProblem("officers.name-taken") { try await office.add("siti") }
  }

  func testLastSupervisorCannotBeClosed() async throws {
    let office = try await StaffedOffice()
    let first = try await office.add("siti", role: .supervisor)
    await XCTAssertProblem("officers.last-supervisor") {
      _ = try await office.staff.setDisabled(true, first.id, by: .system("test"))
    }
    let second = try await office.add("budi", role: .supervisor)
    _ = try await office.staff.setDisabled(true, first.id, by: .officer(second.id, .supervisor))
    await XCTAssertProblem("officers.own-account") {
      _ = try await office.staff.setDisabled(true, second.id, by: .officer(second.id, .supervisor))
    }
  }

  func testResetEndsSessionsAndTheOldPasswordAndWritesAnEvent() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    let password = try await office.staff.resetPassword(of: account.id, by: .system("test")).password
    let officer = try await office.officer(token)
    XCTAssertNil(officer)
    let old = try await office.attempt("siti")
    XCTAssertTrue(old.isRefused)
    _ = try await office.enter("siti", password: password)
    let events = try await office.base.store.journal.events(after: 0, limit: 10)
    XCTAssertEqual(events.map(\.kind), ["officer.added", "officer.password-reset"])
    XCTAssertEqual(events.last?.payload, "{\"by\":\"system:test\"}")
  }

  func testCommandsAddListDisableAndReset() async throws {
    let office = try await StaffedOffice()
    let typed = try await run(
      office, ["officer", "add"], ["Siti"], ["role": "supervisor", "ask": ""], secret: "hujan turun di pasar")
    XCTAssertEqual(typed, ["officer siti added as supervisor"])
    _ = try await office.enter("siti")
    let drawn = try await run(office, ["officer", "add"], ["budi"])
    XCTAssertEqual(drawn.last, "it expires in one day, and must be changed at the first sign-in")
    let password = try XCTUnwrap(drawn.first { $0.hasPrefix("initial password") }?.split(separator: " ").last)
    _ = try await office.enter("budi", password: Personal(String(password)))
    let fresh = try await run(office, ["officer", "list"], [])
    XCTAssertEqual(fresh, ["budi  clerk  initial password", "siti  supervisor  open"])
    office.base.clock.advance(by: InitialPassword.lifetime)
    let stale = try await run(office, ["officer", "list"], [])
    XCTAssertEqual(stale, ["budi  clerk  initial password, expired", "siti  supervisor  open"])
    let disabled = try await run(office, ["officer", "disable"], ["budi"])
    XCTAssertEqual(disabled, ["officer budi disabled; all sessions have been ended"])
    let list = try await run(office, ["officer", "list"], [])
    XCTAssertEqual(list, ["siti  supervisor  open", "budi  clerk  disabled"])
  }

  func testNameOfACommandIsFreedOfWhatNobodySeesAndRefusedWithControlCharacters() async throws {
    let office = try await StaffedOffice()
    _ = try await run(
      office, ["officer", "add"], ["siti"], ["name": "\u{FEFF}Siti\u{A0}Con\u{200B}toh\u{202E}"])
    let username = try XCTUnwrap(Username("siti"))
    let account = try await office.staff.account(username)
    XCTAssertEqual(account?.displayName, "Siti Contoh")
    for name in ["Siti\u{0}", "\u{1B}[31mSiti"] {
      do {
        _ = try await run(office, ["officer", "add"], ["budi"], ["name": name])
        XCTFail("accepted \(name.debugDescription)")
      } catch let error as UsageError {
        XCTAssertTrue("\(error)".contains("--name"))
      }
    }
  }

  func testCommandWithAWeakPasswordOrABadNameSaysWhatToDo() async throws {
    let office = try await StaffedOffice()
    for (password, problem) in [
      ("pendek", "officers.password-too-short"), ("P@ssw0rd P@ssw0rd 2024", "officers.password-common"),
      ("kantor imigrasi siti", "officers.password-own-words"),
      (String(repeating: "payung teduh ", count: 10), "officers.password-too-long"),
    ] {
      await XCTAssertProblem(problem) {
        _ = try await self.run(office, ["officer", "add"], ["siti"], ["ask": ""], secret: password)
      }
    }
    for arguments in [[], ["a"], ["siti", "budi"]] {
      do {
        _ = try await run(office, ["officer", "add"], arguments)
        XCTFail("accepted \(arguments)")
      } catch is UsageError {}
    }
  }

  private func run(
    _ office: StaffedOffice, _ path: [String], _ arguments: [String], _ options: [String: String] = [:],
    secret: String = ""
  ) async throws -> [String] {
    let command = try XCTUnwrap(office.module.commands().first { $0.path == path })
    let input = CommandInput(arguments: arguments, options: options) { _ in Personal(secret) }
    return try await command.run(input).lines
  }
}
