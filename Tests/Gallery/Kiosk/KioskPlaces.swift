internal import Console
@testable internal import Contracts
internal import Core
@testable internal import Kiosk

/// Each kind of screen of a kiosk, and how a visitor comes to see it.
enum KioskPlaces {
  /// All of them.
  static var all: [(String, @Sendable (inout Visitor) -> Void)] { recorded + further }

  /// Those that only the gallery holds.
  static let further: [(String, @Sendable (inout Visitor) -> Void)] = [
    (
      "enter appointment",
      {
        $0.model.draft.purpose = .checkIn; $0.model.screen = .enterCode; $0.type("2345")
      }
    ),
    (
      "enter ticket",
      {
        $0.model.draft.purpose = .findTicket; $0.model.screen = .enterTicket; $0.type("5345")
      }
    ),
    (
      "enter PIN",
      {
        $0.model.draft.purpose = .findTicket
        $0.model.draft.ticket = Personal(Sample.ticket().reference)
        $0.model.screen = .enterPIN
        $0.type("012")
      }
    ),
    (
      "tickets of a family",
      {
        $0.model.screen = .family(Personal(["A-012", "A-013", "A-014", "PRI-007"].map { Sample.ticket($0) }))
      }
    ),
  ]

  /// Those that the record of frames holds.
  static let recorded: [(String, @Sendable (inout Visitor) -> Void)] = [
    ("language", { _ in }),
    ("language after a visit", { $0.model.notice = .forgotten }),
    ("menu", { $0.model.screen = .menu }),
    ("have application", { $0.model.screen = .haveApplication }),
    (
      "enter application",
      {
        $0.model.screen = .enterApplication; $0.type("123456789092")
      }
    ),
    (
      "wrong application",
      {
        $0.model.screen = .enterApplication; $0.type("123456789090"); $0.press(.enter)
      }
    ),
    (
      "birth date",
      {
        $0.model.screen = .enterBirthDate; $0.type("1708")
      }
    ),
    (
      "wrong birth date",
      {
        $0.model.screen = .enterBirthDate; $0.type("31021990"); $0.press(.enter)
      }
    ),
    ("services", { $0.model.screen = .chooseService }),
    (
      "no services",
      {
        $0.take(.offer(KioskOffer(services: [], hasQueue: true, hasTracking: true, hasHelp: true)));
        $0.model.screen = .chooseService
      }
    ),
    ("priority", { $0.model.screen = .priority }),
    (
      "assistance",
      {
        $0.model.draft.needs.assistance = [.wheelchair, .reading]; $0.model.screen = .assistance
      }
    ),
    (
      "confirm",
      {
        $0.model.draft.service = Sample.services[0]
        $0.model.draft.needs = Needs(priority: .smallChild, assistance: [.wheelchair, .signLanguage, .interpreter])
        $0.model.screen = .confirm
      }
    ),
    (
      "confirm application",
      {
        $0.model.draft.application = Personal(Sample.number); $0.model.screen = .confirm
      }
    ),
    ("ticket", { $0.model.screen = .ticket(Personal(Sample.ticket())) }),
    ("called ticket", { $0.model.screen = .ticket(Personal(Sample.ticket(state: .called))) }),
    ("next ticket", { $0.model.screen = .ticket(Personal(Sample.ticket("PRI-007", ahead: 0))) }),
    ("progress", { $0.model.screen = .progress(Personal(Sample.progress)) }),
    ("help calling", { $0.model.screen = .help(.calling) }),
    ("help coming", { $0.model.screen = .help(.coming) }),
    ("help of nobody", { $0.model.screen = .help(.nobody) }),
    (
      "help of nobody in a closed office",
      {
        $0.take(.hall(Sample.closedHall)); $0.model.screen = .help(.nobody)
      }
    ),
    ("language of a closed office", { $0.take(.hall(Sample.closedHall)) }),
    (
      "menu of a closed office",
      {
        $0.take(.hall(Sample.closedHall)); $0.model.screen = .menu
      }
    ),
    (
      "no number of a closed office",
      {
        $0.model.screen = .unavailable(Unavailable(service: nil, availability: Sample.closedHall.office))
      }
    ),
    (
      "no number of a stopped service",
      {
        $0.model.screen = .unavailable(
          Unavailable(
            service: Sample.services[0].code,
            availability: .stopped(
              reason: StopReason(cause: .power, notes: [.indonesian: "Gardu sedang diperbaiki."]),
              resumesAt: CivilTime(minuteOfDay: 600), next: nil)))
      }
    ),
    (
      "confirm of what nobody serves",
      {
        $0.take(.hall(HallAvailability(office: .unattended(until: nil), services: [:])))
        $0.model.draft.service = Sample.services[0]
        $0.model.screen = .confirm
      }
    ),
    (
      "ticket that nobody serves",
      { $0.model.screen = .ticket(Personal(Sample.ticket(availability: .unattended(until: nil)))) }
    ),
    ("help desk", { $0.model.screen = .help(.desk) }),
    ("scanned application", { $0.model.screen = .scanned(Personal(.application(Sample.number))) }),
    (
      "scanned ticket",
      {
        $0.model.trail = [.enterApplication]
        $0.model.screen = .scanned(Personal(.ticket(Sample.ticket().code)))
      }
    ),
    (
      "unknown scan",
      {
        $0.model.screen = .menu; $0.model.notice = .noCode(nil)
      }
    ),
    ("appointment that is due", { $0.model.screen = .due(Personal(Sample.due)) }),
    ("working", { $0.model.screen = .working }),
    ("problem", { $0.model.screen = .problem(Problem(.unavailable, "kiosk.no-answer")) }),
    (
      "idle",
      {
        $0.model.screen = .menu; $0.model.secondsLeft = 20
      }
    ),
  ]

  /// A person who sees one of the places.
  static func visitor(
    _ size: Size, _ language: Language, isLarge: Bool, _ prepare: (inout Visitor) -> Void
  ) throws -> Visitor {
    var visitor = try Visitor(size: size, language: language)
    visitor.model.language = language
    visitor.model.isLarge = isLarge
    prepare(&visitor)
    return visitor
  }
}
