internal import Console
@testable internal import Contracts
internal import Core
internal import Foundation
@testable internal import Kiosk

/// A person at a kiosk: presses keys, lets time go by, reads the screen.
struct Visitor {
  let flow: KioskFlow
  var model: KioskModel
  var now = Instant(milliseconds: 1_795_000_000_000)
  /// What the last event asked for, besides how the hall is.
  var effects: [KioskEffect] = [] {
    didSet {
      asksAboutHall = effects.contains(.refreshHall)
      if asksAboutHall { effects = effects.filter { $0 != .refreshHall } }
    }
  }
  /// Whether it asked how the hall is.
  var asksAboutHall = false

  init(
    size: Size = Size(columns: 80, rows: 24), offer: KioskOffer = Sample.offer, language: Language = .indonesian,
    ticketAddress: String? = "https://antre.example.go.id/k/"
  ) throws {
    flow = KioskFlow(
      locales: try Sample.locales(),
      settings: KioskSettings(
        officeName: Sample.officeName, telephone: Sample.telephone, zone: .wib, ticketAddress: ticketAddress),
      random: SeededRandom(seed: 7))
    (model, effects) = flow.start(size: size, at: now)
    take(.offer(offer))
    if language != .indonesian || effects.isEmpty { model.language = language }
  }

  /// Presses keys, one by one and without haste.
  mutating func press(_ keys: Key...) {
    for key in keys { press(key, after: .seconds(2)) }
  }

  /// Presses a key so long after whatever came before.
  mutating func press(_ key: Key, after pause: Duration) {
    now = now + pause
    effects = flow.update(&model, .key(key, arrived: now), at: now)
  }

  /// Types characters, one key each.
  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// Holds a code to the scanner.
  mutating func scan(_ text: String) {
    now = now + .seconds(4)
    effects = flow.update(&model, .scan(Scan(text, isEnded: true), arrived: now), at: now)
  }

  mutating func wait(_ duration: Duration) {
    now = now + duration
    effects = flow.update(&model, .tick, at: now)
  }

  mutating func take(_ result: KioskResult) {
    effects = flow.update(&model, .result(result, work: model.work), at: now)
  }

  /// The rows of the screen.
  var rows: [String] {
    let frame = flow.view(model)
    return (0..<frame.size.rows).map { frame.text(row: $0) }
  }

  var screen: String { rows.joined(separator: "\n") }

  /// Whether the screen shows the words, however they are broken into lines.
  func sees(_ text: String) -> Bool { screen.squeezed.contains(text.squeezed) }

  /// The digit that chooses the answer with that label on the present page.
  func digit(of label: String) -> String? {
    let layout = flow.layout(model)
    return (1...6).first { layout.choice($0, page: model.page)?.label == label }.map(String.init)
  }
}

extension String {
  var squeezed: String { filter { !$0.isWhitespace && !"█▀▄".contains($0) } }
}

/// Things as an office has them.
enum Sample {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path
  static let telephone = "(021) 555-0100"
  static let officeName = LocalizedText(
    [.indonesian: "Kantor Imigrasi Kelas II Kotabumi", .english: "Kotabumi Immigration Office"])
  static let number = ApplicationNumber(from: SeededRandom(seed: 3))
  static let opened = OpenedApplication(number)
  static let due = ComingVisit.Appointment(
    code: PublicCode(from: SeededRandom(seed: 11)), day: CivilDate(dayNumber: 20_781),
    time: CivilTime(minuteOfDay: 540), isConfirmed: true)

  static func locales() throws -> Locales { try loaded.get() }

  private static let loaded = Result { try Locales.load(directory: root + "/share/locales") }

  static let stages = [
    ("menunggu-kedatangan", "Menunggu kedatangan", "Waiting for your visit", Stage.Ending.visit),
    ("wawancara", "Wawancara, foto dan sidik jari", "Interview, photograph and fingerprints", .officer),
    ("pencetakan", "Pencetakan", "Printing", .officer),
    ("siap-diambil", "Siap diambil", "Ready for collection", .none),
  ].map { code, indonesian, english, ending in
    Stage(
      code: code, name: LocalizedText([.indonesian: indonesian, .english: english]),
      explanation: LocalizedText(
        [
          .indonesian:
            "Datang pada hari yang Anda pilih, dan bawa dokumen asli: KTP, kartu keluarga, dan akta kelahiran.",
          .english: "Come on the day that you chose, and bring the original documents.",
        ]),
      mover: .office, ending: ending)
  }

  static func service(_ code: String, _ indonesian: String, _ english: String, _ audience: OfferedService.Audience)
    -> OfferedService
  {
    OfferedService(
      code: ServiceCode(code), name: LocalizedText([.indonesian: indonesian, .english: english]),
      summary: LocalizedText([.indonesian: "Ringkasan", .english: "Summary"]), audience: audience, queueLetter: "A",
      acceptsWebApplications: true, requirements: [], fields: [], fees: [], promisedWorkingDays: 4, stages: stages,
      legalBasis: [], validFrom: CivilDate(dayNumber: 20_000), validTo: nil, notices: [])
  }

  static let services = [
    service(
      "paspor-elektronik-10", "Paspor elektronik 48 halaman, masa berlaku 10 tahun",
      "Electronic passport, 48 pages, valid for 10 years", .citizens),
    service("paspor-biasa-10", "Paspor biasa 48 halaman", "Ordinary passport, 48 pages", .citizens),
    service("paspor-hilang", "Penggantian paspor hilang atau rusak", "Replacement of a lost passport", .citizens),
    service("paspor-data", "Perubahan data paspor", "Change of passport data", .citizens),
    service("paspor-cepat", "Percepatan: paspor selesai hari itu juga", "Same-day passport", .citizens),
    service("itas-baru", "Izin tinggal terbatas (ITAS) baru", "New limited stay permit (ITAS)", .foreigners),
    service(
      "itas-perpanjangan", "Perpanjangan izin tinggal terbatas", "Extension of a limited stay permit", .foreigners),
    service("itap", "Izin tinggal tetap (ITAP)", "Permanent stay permit (ITAP)", .foreigners),
  ]

  static let offer = KioskOffer(services: services, hasQueue: true, hasTracking: true, hasHelp: true)

  static let monday = NextOpening(day: CivilDate(dayNumber: 20_787), time: CivilTime(minuteOfDay: 8 * 60))

  /// A Sunday.
  static var closedHall: HallAvailability {
    let sunday = Availability.closed(reason: nil, next: monday)
    return HallAvailability(
      office: sunday, services: Dictionary(uniqueKeysWithValues: services.map { ($0.code, sunday) }))
  }

  /// The whole office closes early today.
  static let closingEarly = StopAhead(
    service: nil, name: nil,
    period: StopPeriod(
      first: CivilDate(dayNumber: 20_780), from: CivilTime(minuteOfDay: 14 * 60), last: CivilDate(dayNumber: 20_780),
      to: StopPeriod.endOfDay),
    reason: StopReason(cause: .ceremony), isToday: true)

  /// - Parameter availability: whether anybody serves it; nil, and counters do.
  static func ticket(
    _ number: String = "A-012", ahead: Int = 5, state: TicketState = .waiting, availability: Availability? = nil,
    stopAhead: StopAhead? = nil
  ) -> Ticket {
    let isServed = state == .waiting && availability == nil
    var ticket = Ticket(
      id: TicketID(1), code: PublicCode(from: SeededRandom(seed: 5)),
      reference: TicketNumber(from: SeededRandom(seed: 5)), pin: "012345", day: CivilDate(dayNumber: 20_780),
      number: number, service: services[0].code,
      serviceName: services[0].name, application: Sample.number, isPriority: false, state: state,
      counter: state == .called ? 3 : nil, issuedAt: Instant(milliseconds: 1_795_000_000_000), calledAt: nil,
      peopleAhead: ahead, waitMinutes: isServed ? 15...25 : nil,
      promise: isServed ? CivilTime("10:40").map { .calledBy($0) } : nil, availability: availability,
      stopAhead: stopAhead)
    ticket.paper = PaperCode(SeededRandom(seed: 5).bytes(PaperCode.byteCount))
    return ticket
  }

  static let progress = Progress(
    Timeline(
      number: number, service: services[0].code, serviceName: services[0].name,
      entries: stages.enumerated().map { place, stage in
        Timeline.Entry(
          stage: stage, enteredAt: place < 2 ? Instant(milliseconds: 1_794_900_000_000) : nil, isCurrent: place == 1)
      }, promisedFor: CivilDate(dayNumber: 20_800)), zone: .wib, today: CivilDate(dayNumber: 20_780))
}
