/// What a number of twelve digits names: its first digit.
///
/// The digits are printed, so they never change their meaning, and a kind that is given up leaves its digit unused.
public enum NumberKind: String, Sendable, CaseIterable {
  /// An application for a service.
  case application
  /// A visit at an agreed time.
  case appointment
  /// A form that is put aside to be finished later. The digit is kept for it: no form can be put aside yet.
  case draft
  /// A report about the office.
  case complaint
  /// A place in line.
  case ticket
  /// What a person asks of the office about their own data.
  case dataRequest = "data-request"

  /// The first digit of its numbers.
  public var digit: Int {
    switch self {
    case .application: 1
    case .appointment: 2
    case .draft: 3
    case .complaint: 4
    case .ticket: 5
    case .dataRequest: 6
    }
  }

  init?(digit: Int) {
    guard let kind = Self.allCases.first(where: { $0.digit == digit }) else { return nil }
    self = kind
  }
}

/// A kind as a type, so that a ticket's number cannot stand where an application's is asked for.
public protocol NumberedKind: Sendable {
  /// What its numbers name.
  static var kind: NumberKind { get }
}

/// Names applications.
public enum ApplicationKind: NumberedKind {
  /// The kind of an application's number.
  public static let kind = NumberKind.application
}

/// The number by which an applicant follows an application.
public typealias ApplicationNumber = CaseNumber<ApplicationKind>

/// Names appointments.
public enum AppointmentKind: NumberedKind {
  /// The kind of an appointment's number.
  public static let kind = NumberKind.appointment
}

/// The number by which an appointment is found again, together with the date of birth of one of the people who come.
public typealias AppointmentNumber = CaseNumber<AppointmentKind>

/// Names complaints.
public enum ComplaintKind: NumberedKind {
  /// The kind of a complaint's number.
  public static let kind = NumberKind.complaint
}

/// The number by which a complaint is followed, together with its PIN.
public typealias ComplaintNumber = CaseNumber<ComplaintKind>

/// Names what people ask about their own data.
public enum DataRequestKind: NumberedKind {
  /// The kind of the number of a request about one's own data.
  public static let kind = NumberKind.dataRequest
}

/// The number by which a request about one's own data is found again, together with its PIN.
public typealias DataRequestNumber = CaseNumber<DataRequestKind>

/// Names tickets.
public enum TicketKind: NumberedKind {
  /// The kind of a ticket's number.
  public static let kind = NumberKind.ticket
}

/// The number by which a ticket is found again, together with its PIN. What is called in the hall (`A-012`) is another,
/// and begins anew each day.
public typealias TicketNumber = CaseNumber<TicketKind>
