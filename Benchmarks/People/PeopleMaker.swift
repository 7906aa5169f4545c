internal import Contracts
public import Core

/// Makes people: the same seed and day give the same people in the same order of arrival.
public struct PeopleMaker: Sendable {
  /// Every NIK has a serial of its own, and a series of them has four digits.
  public static let countMax = 5000
  /// The priority line begins at this age (SE IMI-UM.01.01-2435/2018).
  public static let elderlyYearsMin = 60
  /// An adult applies alone from this age on.
  public static let adultYearsMin = 17

  private let seed: UInt64
  private let today: CivilDate

  /// - Parameter today: ages are reckoned on this day.
  public init(seed: UInt64, today: CivilDate) {
    self.seed = seed
    self.today = today
  }

  /// The first `count` people, at most `countMax`.
  public func people(_ count: Int) -> [Person] {
    precondition((0...Self.countMax).contains(count), "at most \(Self.countMax) people can be told apart")
    return (0..<count).map(person)
  }

  /// The person at `index`; does not depend on how many others are made.
  public func person(_ index: Int) -> Person {
    let random = SeededRandom(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index))
    // Every eleventh comes from abroad; the first of them are the specimens of ICAO.
    guard index % 11 == 5 else { return citizen(index, random) }
    let turn = index / 11
    return turn < Specimen.all.count ? specimen(Specimen.all[turn], index, random) : foreigner(index, random)
  }

  // MARK: Citizens

  private func citizen(_ index: Int, _ random: SeededRandom) -> Person {
    let isWoman = random.below(2) == 0
    let born = dateOfBirth(random)
    let serial = index % SyntheticNIK.serialMax + 1
    return Person(
      index: index,
      fullName: NameMaker(random: random).name(nameKind(random), isWoman: isWoman, index: index),
      sex: isWoman ? "P" : "L", birthPlace: pick(["Blambangan Umpu", "Tuapejat", "Simpang Empat", "Kotabumi"], random),
      dateOfBirth: born,
      identity: .citizen(
        nik: SyntheticNIK.digits(bornOn: born, isWoman: isWoman, serial: serial),
        oldPassport: "X99" + SyntheticNIK.padded(index % 100_000, to: 5)),
      telephone: TelephoneRange.national(index),
      email: random.below(3) == 0 ? "uji.\(index)@contoh.example" : nil,
      address: "Jalan Contoh Nomor \(index + 1), Kampung Uji",
      language: random.below(8) == 0 ? .english : .indonesian,
      priority: priority(isWoman: isWoman, born: born, random), assistance: assistance(random))
  }

  private func nameKind(_ random: SeededRandom) -> NameMaker.Kind {
    switch random.below(10) {
    case 0, 1: .oneWord
    case 2: .long
    case 3: .apostrophe
    default: .ordinary
    }
  }

  private func dateOfBirth(_ random: SeededRandom) -> CivilDate {
    // One in seven is elderly, as in the counties that have the fewest young people left.
    let isElderly = random.below(7) == 0
    let ages = isElderly ? Self.elderlyYearsMin...89 : Self.adultYearsMin...(Self.elderlyYearsMin - 1)
    let years = ages.lowerBound + random.below(ages.count)
    let birthday = CivilDate(year: today.year - years, month: today.month, day: min(today.day, 28)) ?? today
    // A birthday within the year before keeps the age.
    return birthday.adding(days: -random.below(364))
  }

  private func priority(isWoman: Bool, born: CivilDate, _ random: SeededRandom) -> PriorityGroup? {
    let age = born.age(on: today)
    let draw = random.below(100)
    if age >= Self.elderlyYearsMin { return .elderly }
    switch draw {
    case 0..<5: return .disabled
    case 5..<8: return isWoman && age < 46 ? .pregnant : nil
    case 8..<10: return isWoman && age < 46 ? .nursing : nil
    case 10..<13: return age < 46 ? .smallChild : nil
    default: return nil
    }
  }

  private func assistance(_ random: SeededRandom) -> Set<Assistance> {
    guard random.below(12) == 0 else { return [] }
    return [Assistance.allCases[random.below(Assistance.allCases.count)]]
  }

  // MARK: Foreigners

  private func specimen(_ specimen: Specimen, _ index: Int, _ random: SeededRandom) -> Person {
    foreign(
      index, specimen.fullName, sex: specimen.sex, born: specimen.dateOfBirth, passport: specimen.passport,
      state: specimen.state, random)
  }

  private func foreigner(_ index: Int, _ random: SeededRandom) -> Person {
    let isWoman = random.below(2) == 0
    return foreign(
      index, NameMaker(random: random).foreignName(index: index), sex: isWoman ? "P" : "L",
      born: dateOfBirth(random), passport: "UT" + SyntheticNIK.padded(index, to: 7), state: "UTO", random)
  }

  private func foreign(
    _ index: Int, _ name: String, sex: String, born: CivilDate, passport: String, state: String,
    _ random: SeededRandom
  ) -> Person {
    let expiry = today.adding(days: 400 + random.below(2000))
    return Person(
      index: index, fullName: name, sex: sex, birthPlace: "Zenith", dateOfBirth: born,
      identity: .foreigner(passport: passport, state: state, expiry: expiry),
      telephone: TelephoneRange.international(index), email: "specimen.\(index)@contoh.example",
      address: "Pantai Contoh Nomor \(index + 1)", language: .english,
      priority: born.age(on: today) >= Self.elderlyYearsMin ? .elderly : nil, assistance: [])
  }

  private func pick(_ words: [String], _ random: SeededRandom) -> String { words[random.below(words.count)] }
}
