@testable internal import Contracts
internal import Core
@testable internal import Kiosk

/// What services may answer a kiosk.
enum FuzzSample {
  private static let number = ApplicationNumber(from: SeededRandom(seed: 3))
  private static let code = PublicCode(from: SeededRandom(seed: 5))
  private static let day = CivilDate(dayNumber: 20_780)
  private static let due = ComingVisit.Appointment(
    code: code, day: day, time: CivilTime(minuteOfDay: 540), isConfirmed: true)

  private static let stages = [("wawancara", Stage.Ending.visit), ("pencetakan", .officer), ("siap-diambil", .none)].map
  {
    Stage(
      code: $0, name: LocalizedText(inEveryLanguage: $0),
      explanation: LocalizedText([.indonesian: "Tunggu kabar dari kami.", .english: "Wait to hear from us."]),
      mover: .office,
      ending: $1)
  }

  private static let services = (1...9).map { place in
    OfferedService(
      code: ServiceCode("layanan-\(place)"),
      name: LocalizedText(
        [.indonesian: "Paspor biasa 48 halaman, masa berlaku \(place) tahun", .english: "Passport, \(place) years"]),
      summary: LocalizedText([.indonesian: "Ringkasan", .english: "Summary"]),
      audience: place % 3 == 0 ? .foreigners : .citizens, queueLetter: "A", acceptsWebApplications: true,
      requirements: [], fields: [], fees: [], promisedWorkingDays: 4, stages: stages, legalBasis: [],
      validFrom: CivilDate(dayNumber: 20_000), validTo: nil, notices: [])
  }

  private static var closed: Availability {
    .closed(
      reason: nil, next: NextOpening(day: CivilDate(dayNumber: 20_787), time: CivilTime(minuteOfDay: 8 * 60)))
  }

  private static func ticket(_ chance: inout FuzzChance) -> Ticket {
    let isServed = chance.below(2) == 0
    var ticket = Ticket(
      id: TicketID(1), code: code, reference: TicketNumber(from: SeededRandom(seed: 5)), pin: "012345", day: day,
      number: "A-012", service: services[0].code, serviceName: services[0].name,
      application: chance.below(2) == 0 ? number : nil, isPriority: false,
      state: isServed ? .waiting : .called, counter: isServed ? nil : 3,
      issuedAt: Instant(milliseconds: 1_795_000_000_000), calledAt: nil, peopleAhead: 5,
      waitMinutes: isServed ? 15...25 : nil,
      promise: isServed ? .calledBy(CivilTime(minuteOfDay: 640)) : nil, availability: nil)
    if chance.below(2) == 0 { ticket.paper = PaperCode(SeededRandom(seed: 5).bytes(PaperCode.byteCount)) }
    return ticket
  }

  private static var progress: Progress {
    Progress(
      Timeline(
        number: number, service: services[0].code, serviceName: services[0].name,
        entries: stages.enumerated().map { place, stage in
          Timeline.Entry(
            stage: stage, enteredAt: place < 2 ? Instant(milliseconds: 1_794_900_000_000) : nil, isCurrent: place == 1)
        }, promisedFor: CivilDate(dayNumber: 20_800)), zone: .wib, today: day)
  }

  /// What comes of an effect: what was asked for, or one of the ways in which it fails.
  static func results(of effect: KioskEffect, _ chance: inout FuzzChance) -> [KioskResult] {
    switch effect {
    case .bell, .wipe: return []
    case .refreshOffer:
      let offer = KioskOffer(
        services: chance.below(4) == 0 ? [] : services, hasQueue: chance.below(6) > 0, hasTracking: chance.below(6) > 0,
        hasHelp: chance.below(6) > 0, hasAppointments: chance.below(2) > 0)
      return [.offer(offer), hall(&chance)]
    case .refreshHall: return [hall(&chance)]
    default: break
    }
    switch chance.below(8) {
    case 0: return [.problem(Problem(.unavailable, "kiosk.no-answer"))]
    case 1: return [.unavailable(Unavailable(service: nil, availability: closed))]
    case 2: return [.problem(Problem(.notFound, "queue.unknown-ticket"))]
    default: return [success(effect, &chance)]
    }
  }

  private static func hall(_ chance: inout FuzzChance) -> KioskResult {
    switch chance.below(4) {
    case 0: .hall(HallAvailability(office: closed, services: [:]), isHelpHeard: false)
    case 1: .hall(nil, isHelpHeard: true)
    default: .hall(nil)
    }
  }

  private static func success(_ effect: KioskEffect, _ chance: inout FuzzChance) -> KioskResult {
    switch effect {
    case .open: chance.below(2) == 0 ? .opened(OpenedApplication(number)) : .due(due)
    case .lookUp: .progress(progress)
    case .checkIn, .checkInByNumber, .checkInByApplication: .tickets([ticket(&chance), ticket(&chance)])
    case .readPaper: .paper([nil, .application(number), .ticket(code), .checkIn(code)][chance.below(4)])
    case .callHelp: chance.below(2) == 0 ? .helpComing : .helpUnheard
    default: .ticket(ticket(&chance))
    }
  }
}
