internal import Core
internal import People

/// What a person does on their day at the office: decided by the seed alone, so that it repeats.
struct Plan: Sendable {
  /// How the person comes by a number.
  enum Way: String, Sendable, CaseIterable {
    /// Applies at home and takes a number on the web.
    case web = "web"
    /// Applies at home and types the application number at a kiosk.
    case kioskWithApplication = "kiosk, applied before"
    /// Comes without anything and chooses a service at a kiosk.
    case kioskWalkIn = "kiosk, walk-in"
    /// Only applies and follows the application.
    case homeOnly = "home only"
  }

  /// Whether and when the person comes to the counter.
  enum Attendance: Sendable {
    case atOnce
    /// Does not notice the first call.
    case afterRecall
    case never
  }

  let way: Way
  let service: String
  let attendance: Attendance
  /// Follows the ticket by its events, as with the script, instead of opening the page again and again.
  let followsEvents: Bool
  let doubleClicks: Bool
  let losesLine: Bool
  let mistypesNumber: Bool
  let mistypesBirthDate: Bool
  let tracks: Bool
  let answersSurvey: Bool
  let complains: Bool
  let asksForHelp: Bool
  /// Decides the free answers of forms.
  let answerSeed: UInt64
  /// How long the visit at the counter lasts, in thousandths of the longest.
  let visitShare: Int

  init(_ person: Person, seed: UInt64, offer: Offer) {
    let random = SeededRandom(seed: (seed ^ 0xDA7A) &+ UInt64(person.index) &* 7919)
    func chance(_ percent: Int) -> Bool { random.below(100) < percent }
    let draw = random.below(100)
    way = draw < 50 ? .web : draw < 68 ? .kioskWithApplication : draw < 94 ? .kioskWalkIn : .homeOnly
    let services = offer.services(forForeigners: person.isForeigner, onWeb: way != .kioskWalkIn)
    service = services.isEmpty ? "" : services[random.below(services.count)]
    let coming = random.below(100)
    attendance = coming < 90 ? .atOnce : coming < 95 ? .afterRecall : .never
    followsEvents = chance(40)
    doubleClicks = chance(12)
    losesLine = chance(8)
    mistypesNumber = chance(10)
    mistypesBirthDate = chance(6)
    tracks = chance(60)
    answersSurvey = chance(70)
    complains = chance(8)
    asksForHelp = chance(6)
    answerSeed = random.uint64()
    visitShare = 200 + random.below(800)
  }
}
