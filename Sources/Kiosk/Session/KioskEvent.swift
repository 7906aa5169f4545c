public import Console
public import Contracts
public import Core

/// What happens to a session.
public enum KioskEvent: Sendable {
  /// A key, and when its bytes came; it may be handed on a little later.
  case key(Key, arrived: Instant)
  /// What a scanner sent, or was pasted: one thing, never keys.
  case scan(Scan, arrived: Instant)
  /// The terminal has another size now.
  case resize(Size)
  /// Time goes by; about once a second.
  case tick
  /// What came of an effect that was handed out when the model's `work` had that number.
  case result(KioskResult, work: Int)
}

/// What a session wants done outside of it.
public enum KioskEffect: Sendable, Equatable {
  /// Ask what the kiosk can offer now; answered by `KioskResult.offer` and then `hall`.
  case refreshOffer
  /// Ask only whether the office can be had and help is heard, in the middle of a visit; answered by `hall`.
  case refreshHall
  /// Draw a number; answered by `ticket`, `unavailable` or `problem`.
  case takeNumber(NumberRequest)
  /// Open an application to take a number for it; answered by `opened`, `due` or `problem`.
  case open(Personal<ApplicationNumber>, bornOn: Personal<CivilDate>)
  /// Find an application's way; answered by `progress` or `problem`.
  case lookUp(Personal<ApplicationNumber>, bornOn: Personal<CivilDate>)
  /// Check a person in who has an appointment; answered by `tickets`, `unavailable` or `problem`.
  case checkIn(Personal<PublicCode>, Language)
  /// The same for a person who typed an appointment's number and a date of birth.
  case checkInByNumber(Personal<AppointmentNumber>, bornOn: Personal<CivilDate>, Language)
  /// The same for a person who has the number of the application that the appointment is for.
  case checkInByApplication(Personal<ApplicationNumber>, bornOn: Personal<CivilDate>, Language)
  /// Find a ticket by its number and PIN; answered by `ticket` or `problem`.
  case findTicketByNumber(Personal<TicketNumber>, pin: Personal<String>)
  /// Find a ticket by the secret of its own page; answered by `ticket` or `problem`.
  case findTicket(Personal<PublicCode>)
  /// Tell what a paper is about by the code on it; answered by `paper`.
  case readPaper(Personal<PaperCode>)
  /// Bring an officer to this terminal; answered by `helpComing`, `helpUnheard` or `problem`.
  case callHelp
  /// Sound the terminal's bell: what was pressed or scanned does nothing here.
  case bell
  /// Clear the terminal with all that could be scrolled back to.
  case wipe
}

/// What is asked of the queue.
public struct NumberRequest: Sendable, Equatable {
  /// What the number is for; nil where the application says it.
  public let service: ServiceCode?
  /// The application that the number is taken for, which its holder has opened; nil for none.
  public let application: Personal<OpenedApplication>?
  /// Whether the visitor has priority, and which assistance was asked for.
  public let needs: Needs
  /// The same for every try of the same request, so that one visitor gets one ticket.
  public let submission: String
}

/// What came of an effect.
public enum KioskResult: Sendable {
  /// What the kiosk can do now.
  case offer(KioskOffer)
  /// The date of birth was right.
  case opened(OpenedApplication)
  /// The date of birth was right, and the holder checks in with this appointment instead of taking a number.
  case due(ComingVisit.Appointment)
  /// A number that was drawn, or a ticket that was found.
  case ticket(Ticket)
  /// The tickets of all who came with one appointment.
  case tickets([Ticket])
  /// The application's way so far.
  case progress(Progress)
  /// Officers who are signed in see the call.
  case helpComing
  /// No officer is signed in who could.
  case helpUnheard
  /// Whether the office and its services can be had now, and whether an officer sees a call for help; nil for what is not
  /// known.
  case hall(HallAvailability?, isHelpHeard: Bool? = nil)
  /// What the paper is about, as if that had been scanned; nil for a paper that is unknown or has ended.
  case paper(ScannedCode?)
  /// No number can be given now.
  case unavailable(Unavailable)
  /// It could not be done: why, and what mends it.
  case problem(Problem)
}
