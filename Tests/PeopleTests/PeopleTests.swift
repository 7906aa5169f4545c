import Contracts
import Core
import People
import XCTest

final class PeopleTests: XCTestCase {
  private let today = CivilDate(year: 2026, month: 11, day: 23) ?? CivilDate(dayNumber: 0)

  private func people(_ count: Int = 1000, seed: UInt64 = 7) -> [Person] {
    PeopleMaker(seed: seed, today: today).people(count)
  }

  private func nik(_ person: Person) -> String? {
    if case .citizen(let nik, _) = person.identity { return nik }
    return nil
  }

  // MARK: Repeating

  func testSameSeedGivesTheSamePeopleInTheSameOrder() {
    XCTAssertEqual(people(seed: 3), people(seed: 3))
    XCTAssertNotEqual(people(seed: 3), people(seed: 4))
  }

  func testPersonDoesNotDependOnHowManyOthersAreMade() {
    XCTAssertEqual(people(10), Array(people(500).prefix(10)))
  }

  // MARK: Numbers

  func testNIKsOfTheFactSheetAreMade() throws {
    let born = try XCTUnwrap(CivilDate(year: 1990, month: 8, day: 17))
    XCTAssertEqual(SyntheticNIK.digits(bornOn: born, isWoman: false, serial: 1), "1808991708900001")
    XCTAssertEqual(SyntheticNIK.digits(bornOn: born, isWoman: true, serial: 1), "1808995708900001")
  }

  func testEveryNIKIsSixteenDigitsOfTheUnusedDistrictAndAgreesWithItsPerson() throws {
    for person in people() {
      guard let nik = nik(person) else { continue }
      XCTAssertTrue(nik.count == 16 && nik.allSatisfy { $0.isASCII && $0.isNumber }, nik)
      XCTAssertTrue(nik.hasPrefix("180899"), nik)
      XCTAssertNotEqual(nik.suffix(4), "0000")
      let day = try XCTUnwrap(Int(nik.dropFirst(6).prefix(2)))
      XCTAssertEqual(day, person.dateOfBirth.day + (person.sex == "P" ? 40 : 0))
      XCTAssertEqual(Int(nik.dropFirst(8).prefix(2)), person.dateOfBirth.month)
      XCTAssertEqual(Int(nik.dropFirst(10).prefix(2)), person.dateOfBirth.year % 100)
    }
  }

  func testNothingThatNamesAPersonIsSharedByTwo() {
    let all = people(2000)
    for values in [all.map(\.fullName), all.compactMap(nik), all.flatMap(\.passportNumbers), all.map(\.telephone)] {
      XCTAssertEqual(Set(values).count, values.count)
    }
  }

  func testTelephonesLieInRangesThatNobodyHas() {
    for person in people() {
      let isNobodys = person.telephone.hasPrefix("08000000") || person.telephone.hasPrefix("+99900")
      XCTAssertTrue(isNobodys, person.telephone)
    }
  }

  // MARK: Kinds of people

  func testNamesSayThatTheyAreMadeUp() {
    for person in people() where !person.isForeigner {
      XCTAssertTrue(person.fullName.contains("Contoh") || person.fullName.contains("Uji"), person.fullName)
    }
  }

  func testAmongPeopleAreNamesOfOneWordLongNamesAndApostrophes() {
    let names = people(100).map(\.fullName)
    XCTAssertTrue(names.contains { !$0.contains(" ") })
    XCTAssertTrue(names.contains { $0.count > 34 })
    XCTAssertTrue(names.contains { $0.contains("'") })
    XCTAssertTrue(names.contains { $0.contains("’") })
  }

  func testEverybodyIsGrownUpAndTheElderlyTakeThePriorityLine() {
    let all = people()
    for person in all {
      let age = person.dateOfBirth.age(on: today)
      XCTAssertTrue((17...100).contains(age), "\(age)")
      XCTAssertEqual(age >= 60, person.priority == .elderly, "\(age)")
    }
    XCTAssertTrue(all.contains { $0.priority == .elderly })
    XCTAssertTrue(all.contains { $0.priority == .disabled })
    XCTAssertTrue(all.contains { $0.priority == .pregnant && $0.sex == "P" })
    XCTAssertFalse(all.contains { $0.priority == .pregnant && $0.sex == "L" })
  }

  func testFirstForeignersHoldTheSpecimensOfICAOAndTheOthersPassportsOfUtopia() throws {
    let foreigners = people().filter(\.isForeigner)
    let first = try XCTUnwrap(foreigners.first)
    XCTAssertEqual(first.fullName, "ANNA MARIA ERIKSSON")
    XCTAssertEqual(first.passportNumbers, ["L898902C3"])
    XCTAssertEqual(first.dateOfBirth.description, "1974-08-12")
    for foreigner in foreigners {
      guard case .foreigner(_, let state, let expiry) = foreigner.identity else { continue }
      XCTAssertEqual(state, "UTO")
      XCTAssertGreaterThan(expiry, today)
    }
  }

  func testSecretsHoldEveryFormInWhichAPersonMayAppear() throws {
    let person = try XCTUnwrap(people(1).first)
    let nik = try XCTUnwrap(nik(person))
    XCTAssertTrue(Set(person.secrets).isSuperset(of: [person.fullName, nik, person.telephone]))
    XCTAssertTrue(person.secrets.contains("+62" + person.telephone.dropFirst()))
  }
}
