public import Console
public import Contracts
public import Core

/// Everything that one kiosk session remembers; made anew for each visitor.
///
/// What the visitor typed, and what was found with it, is `Personal`, so that a dump of the model
/// tells nothing.
public struct KioskModel: Sendable, Equatable {
  /// Counts the pieces of work handed out and the visitors; an answer to an earlier one is dropped.
  public internal(set) var work = 0
  /// The terminal's size in cells, as it said last.
  public internal(set) var size: Size
  /// The language of every screen but the first, which asks in all of them.
  public internal(set) var language = Language.indonesian
  /// Large print and high contrast.
  public internal(set) var isLarge = false
  /// The screen that is shown.
  public internal(set) var screen = Screen.language
  /// Where "back" leads, the nearest last.
  var trail: [Screen] = []
  /// The page of the present screen that is shown, from 0.
  public internal(set) var page = 0
  /// What has been typed on the present screen.
  var entry = Personal("")
  /// What is wrong with it, or what just happened.
  var notice: Notice?
  /// When that came; on the first screen no notice waits for the next visitor.
  var noticeAt: Instant
  var draft = Draft()
  /// What this office's kiosk can do now.
  var offer = KioskOffer.none
  /// Whether the office and its services can be had; nil while it is not known.
  var hall: HallAvailability?
  /// Whether an officer is signed in who sees a call; nil while it is not known.
  var isHelpHeard: Bool?
  /// What was scanned before a language had been chosen, to be opened once it is.
  var held: Personal<ScannedCode>?
  /// When that was last asked for.
  var offerAskedAt: Instant
  /// When a key was last pressed; one that is held down does not count.
  var lastKeyAt: Instant
  var lastKey = LastKey()
  var lastScan = LastScan()
  /// When the present screen came; a key that had arrived by then was meant for the one before.
  var shownAt: Instant
  /// Whether a result has stood long enough for Enter to close it.
  var hasStood = false
  /// When the present piece of work was handed out; nil while nothing is awaited.
  var workBegan: Instant?
  /// Whole seconds until the visitor is forgotten, while the warning is shown.
  public internal(set) var secondsLeft: Int?

  init(size: Size, at now: Instant) {
    self.size = size
    lastKeyAt = now
    shownAt = now
    offerAskedAt = now
    noticeAt = now
  }

  /// What a visitor is shown, and so where they are.
  public enum Screen: Sendable, Equatable {
    /// The first screen, which asks for the language.
    case language
    /// What can be done here.
    case menu
    /// The question whether the number is for an application that has been entered.
    case haveApplication
    /// The number of an application.
    case enterApplication
    /// The date of birth that opens it, or the appointment.
    case enterBirthDate
    /// The code of an appointment.
    case enterCode
    /// The number of a ticket that the visitor has already, and then its PIN.
    case enterTicket
    /// The PIN of the ticket whose number was typed.
    case enterPIN
    /// The services for which a number can be taken.
    case chooseService
    /// Whether the visitor belongs to a group with priority.
    case priority
    /// Which assistance the visitor wants.
    case assistance
    /// All answers at once, before the number is drawn.
    case confirm
    /// The visitor who asked for a number has an appointment for which they check in now.
    case due(Personal<ComingVisit.Appointment>)
    /// The number that was drawn, or the ticket that was found.
    case ticket(Personal<Ticket>)
    /// Several people who came with one appointment.
    case family(Personal<[Ticket]>)
    /// How far an application is.
    case progress(Personal<Progress>)
    /// A call for help and what has come of it.
    case help(Help)
    /// Nothing can be had now: why, and what to do instead.
    case unavailable(Unavailable)
    /// A service is doing what was asked of it.
    case working
    /// A code was scanned in the middle of something else, or can mean several things.
    case scanned(Personal<ScannedCode>)
    /// Something could not be done: why, and what mends it.
    case problem(Problem)
  }

  /// How far a call for help is.
  public enum Help: Sendable, Equatable {
    /// The call is on its way to the officers.
    case calling
    /// Officers who are signed in see the call.
    case coming
    /// No officer can be called from here.
    case desk
    /// No officer is signed in who would see a call.
    case nobody
  }

  /// What the visitor wants to do.
  enum Purpose: Sendable, Equatable {
    case takeNumber
    case lookUp
    /// To check in for an appointment.
    case checkIn
    /// To see a ticket that was taken before.
    case findTicket
  }

  /// The answers so far.
  struct Draft: Sendable, Equatable {
    var purpose = Purpose.takeNumber
    var application: Personal<ApplicationNumber>?
    /// The same once the date of birth was right.
    var opened: Personal<OpenedApplication>?
    var appointment: Personal<AppointmentNumber>?
    var ticket: Personal<TicketNumber>?
    var service: OfferedService?
    var needs = Needs()
    /// Drawn when the confirmation opens; a second Enter or another try uses the same.
    var submission: String?
  }

  /// A line above the question.
  enum Notice: Sendable, Equatable {
    case forgotten
    /// What was typed is no number of the kind that is asked for.
    case noNumber(TypedNumber, wanted: NumberKind)
    case noDate
    case noPIN
    /// What was scanned has no screen here.
    case noCode(Personal<ScannedCode>?)
  }
}

/// What the services that are switched on let a kiosk do.
public struct KioskOffer: Sendable, Equatable {
  /// The services for which a number can be taken, in the order in which they are listed.
  public let services: [OfferedService]
  /// Whether numbers can be drawn.
  public let hasQueue: Bool
  /// Whether applications can be looked up.
  public let hasTracking: Bool
  /// Whether an officer can be called to the terminal.
  public let hasHelp: Bool
  /// Whether people can check in for an appointment.
  public let hasAppointments: Bool
  /// Today's opening hours; none on a day on which the office is closed, and where no calendar tells them.
  public let hours: [OpeningSpan]

  /// An offer; without `hours`, no times are shown.
  public init(
    services: [OfferedService], hasQueue: Bool, hasTracking: Bool, hasHelp: Bool, hasAppointments: Bool = false,
    hours: [OpeningSpan] = []
  ) {
    self.hours = hours
    self.hasAppointments = hasAppointments
    self.services = services
    self.hasQueue = hasQueue
    self.hasTracking = hasTracking
    self.hasHelp = hasHelp
  }

  /// Before it has been asked for.
  static let none = KioskOffer(services: [], hasQueue: false, hasTracking: false, hasHelp: false)
}

/// An application's way, as the kiosk shows it.
public struct Progress: Sendable, Equatable {
  /// A stage and when it was entered.
  public struct Step: Sendable, Equatable {
    /// The stage, with its names.
    public let stage: Stage
    /// The day on which the application came to it, by the office's clock; nil for one that is still to come.
    public let enteredOn: CivilDate?
    /// Whether the application is in it now.
    public let isCurrent: Bool
  }

  /// The application's number.
  public let number: ApplicationNumber
  /// The name of the service that was applied for.
  public let serviceName: LocalizedText
  /// The stages in their order, those to come too.
  public let steps: [Step]
  /// The day by which it was to be finished; nil where none was promised, and once it is.
  public let promisedFor: CivilDate?
  /// Whether that day has passed.
  public let isOverdue: Bool

  /// The stage it is in.
  public var current: Stage? { steps.first(where: \.isCurrent)?.stage }

  /// A timeline as it stands on a day, with its moments as days of the office's zone.
  public init(_ timeline: Timeline, zone: OfficeZone, today: CivilDate) {
    number = timeline.number
    serviceName = timeline.serviceName
    promisedFor = timeline.current?.ending == Stage.Ending.none ? nil : timeline.promisedFor
    isOverdue = promisedFor.map { $0 < today } ?? false
    steps = timeline.entries.map {
      Step(stage: $0.stage, enteredOn: $0.enteredAt.map { zone.date(of: $0) }, isCurrent: $0.isCurrent)
    }
  }
}
