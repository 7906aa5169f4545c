internal import Core
public import HTML

/// Where the office is and how to reach it.
public struct OfficeContact: Sendable {
  /// The postal address, in one line.
  public let address: String
  /// The mail address; nil where the office reads no letters of this kind.
  public let email: String?
  /// In degrees of WGS 84; nil where it was not measured.
  public let place: (latitude: Double, longitude: Double)?

  /// Where the office is, as its file says.
  public init(address: String, email: String? = nil, place: (latitude: Double, longitude: Double)? = nil) {
    self.address = address
    self.email = email
    self.place = place
  }
}

/// When the office is open, in the reader's words.
public struct OfficeHours: Sendable {
  /// Today: the hours, or why it is closed and when it opens next.
  public let today: String
  /// Days of the week that have the same hours, and those; from Monday.
  public let week: [(days: String, hours: String)]
  /// Days of the next weeks on which it is closed though its week says otherwise, and why.
  public let closures: [(day: String, reason: String)]

  /// Hours in the reader's words.
  public init(
    today: String, week: [(days: String, hours: String)], closures: [(day: String, reason: String)] = []
  ) {
    self.today = today
    self.week = week
    self.closures = closures
  }
}

/// Address, map, telephone, e-mail and the hours of the week, as a card.
///
/// Use it on pages about the office and coming to it; not on every page, since the foot says the same in short.
public func officeCard(_ context: PageContext) -> Node {
  OfficeFacts(context: context).card
}

/// The days ahead on which the office is closed or opens for fewer hours, and why; nothing where there are none.
///
/// Use it where a day is chosen; not where only today matters, which the office's state says.
public func closuresNotice(_ context: PageContext) -> Node {
  OfficeFacts(context: context).closuresNotice
}

/// The office's facts on a page.
struct OfficeFacts {
  let context: PageContext

  private var words: Words { context.words }

  var isEmpty: Bool { context.contact == nil && context.hours == nil }

  @NodeBuilder var card: Node {
    if !isEmpty {
      Web.card(title: words("office.title")) {
        if let contact = context.contact { address(contact) }
        reach
        if let hours = context.hours {
          h3 { words("office.hours") }
          p { strong { hours.today } }
          week(hours)
          closures(hours)
        }
      }
    }
  }

  /// For the foot of every page.
  @NodeBuilder var foot: Node {
    if !isEmpty {
      div(.class("office-facts")) {
        if let contact = context.contact { address(contact) }
        if let hours = context.hours {
          p { hours.today }
          week(hours)
          closures(hours)
        }
      }
    }
  }

  /// For pages on which a day is chosen.
  @NodeBuilder var closuresNotice: Node {
    if let hours = context.hours, !hours.closures.isEmpty {
      notice(.info, title: words("office.closures")) { closures(hours) }
    }
  }

  @NodeBuilder private func closures(_ hours: OfficeHours) -> Node {
    if !hours.closures.isEmpty {
      ul { for closure in hours.closures { li { "\(closure.day): \(closure.reason)" } } }
    }
  }

  @NodeBuilder private func address(_ contact: OfficeContact) -> Node {
    p {
      contact.address
      if let place = contact.place {
        " "
        a(.href(.openStreetMap(latitude: place.latitude, longitude: place.longitude)), .rel("noreferrer")) {
          words("office.map")
        }
      }
    }
  }

  @NodeBuilder private var reach: Node {
    ul(.class("reach")) {
      if let number = context.officeTelephone {
        li {
          words("office.telephone") + " "
          a(.href(.telephone(number)), .untranslated) { number }
        }
      }
      if let email = context.contact?.email {
        li {
          words("office.email") + " "
          a(.href(.mail(email)), .untranslated) { email }
        }
      }
      if let place = context.contact?.place {
        li { a(.href(.geo(latitude: place.latitude, longitude: place.longitude))) { words("office.geo") } }
      }
    }
  }

  private func week(_ hours: OfficeHours) -> Node {
    dl(.class("week")) {
      for line in hours.week {
        div {
          dt { line.days }
          dd { line.hours }
        }
      }
    }
  }
}
