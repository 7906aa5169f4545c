import Contracts
import Core
import PageParts
import Web

/// The questions before a time is chosen: whose applications, and which line.
///
/// A family's applications are opened one after the other; those that this browser has open are there to be ticked.
struct PartyForm: Sendable {
  static let numbers = HolderQuestions.numberField
  private static let opened = "buka"
  private static let more = "lagi"
  private static let kind = "jalur"

  let rules: AppointmentRules
  let holder: HolderQuestions
  /// Whether the office can be had now: "come today" is not offered where no one is admitted any more.
  let office: Availability

  init(booking: BookingContext, office: Availability) {
    rules = booking.rules.now
    holder = HolderQuestions(access: booking.access)
    self.office = office
  }

  /// What came of the answers.
  struct Party: Sendable {
    var link: PartyLink
    /// Whether another person comes along, who is asked for next.
    let isGrowing: Bool
    /// The application that was opened last.
    let newest: OpenedApplication?
    /// Keeps the newest application open in this browser.
    let cookie: Cookie?
  }

  func fields(_ request: Request, _ input: FormInput) -> [Field] {
    let words = request.words
    let open = open(request)
    var fields: [Field] = []
    if !open.isEmpty {
      fields.append(
        .checkboxes(
          Self.opened, label: words("appointment.book.opened"), hint: words("appointment.book.opened-hint"),
          options: open.map { Field.Option($0.description, $0.printed) }))
    }
    fields += holder.fields(
      request, input, label: words(open.isEmpty ? "appointment.book.numbers" : "appointment.book.another"),
      hint: words("appointment.book.numbers-hint"), required: open.isEmpty)
    if rules.partyMax > 1 {
      fields.append(
        .checkbox(
          Self.more, label: words("appointment.book.more"),
          hint: words("appointment.book.more-hint", ["max": String(rules.partyMax)]), required: false))
    }
    return fields + [
      .choice(
        Self.kind, label: words("appointment.book.kind"), hint: words("appointment.book.kind-hint"),
        options: kinds(words))
    ]
  }

  private func kinds(_ words: Words) -> [Field.Option] {
    var kinds = [
      Field.Option(SlotKind.web.rawValue, words("appointment.kind.web"), hint: words("appointment.kind-hint.web"))
    ]
    kinds += PriorityGroup.allCases.map { group in
      Field.Option(group.rawValue, words(MessageKey("need.priority", named: group.rawValue)))
    }
    if rules.services.contains(where: \.takesExpress), rules.shares.express > 0 {
      kinds.append(
        Field.Option(
          SlotKind.express.rawValue, words("appointment.kind.express"),
          hint: words("appointment.kind-hint.express", ["time": rules.expressUntil.spoken])))
    }
    if rules.shares.walkIn > 0, office.admitsToday {
      kinds.append(
        Field.Option(
          SlotKind.walkIn.rawValue, words("appointment.kind.walk-in"), hint: words("appointment.kind-hint.walk-in")))
    }
    return kinds
  }

  private func open(_ request: Request) -> [ApplicationNumber] {
    holder.access?.opened(by: request.cookie).map(\.number) ?? []
  }

  /// A fresh form: what led here is ticked where it is open, and asked for where it is not.
  func prefilled(_ request: Request) -> FormInput {
    let open = open(request)
    let named = (request.query("nomor") ?? "").split(separator: ",").map(String.init)
    let isOpen = { (text: String) in ApplicationNumber(text).map(open.contains) ?? false }
    var ticked = named.filter(isOpen)
    if named.isEmpty, open.count == 1 { ticked = open.map(\.description) }
    let kind = PartyLink.way(request) ?? SlotKind.web.rawValue
    return FormInput(
      ticked.map { FormInput.Entry(Self.opened, $0) } + [
        FormInput.Entry(Self.numbers, named.first { !isOpen($0) } ?? ""), FormInput.Entry(Self.kind, kind),
      ])
  }

  /// What was answered and opened; nil when something was refused beside its field, with the status of the page that
  /// says so.
  func party(_ input: inout FormInput, _ request: Request) async throws -> (party: Party?, status: Status) {
    let words = request.words
    let open = open(request)
    fields(request, input).filter { $0.name != Self.numbers && $0.name != ApplicationQuestions.dateField }
      .check(&input, words)
    var numbers = input.all(Self.opened).compactMap { ApplicationNumber($0) }.filter(open.contains)
    var opening = HolderQuestions.Opening()
    if numbers.isEmpty || !input[Self.numbers].isEmpty {
      opening = try await holder.open(&input, request)
      if let number = opening.application?.number, !numbers.contains(number) { numbers.append(number) }
    }
    guard input.isAcceptable else { return (nil, opening.status) }
    let answer = input[Self.kind]
    let group = PriorityGroup(rawValue: answer)
    let link = PartyLink(
      numbers: numbers, kind: group == nil ? SlotKind(rawValue: answer) ?? .web : .priority, priority: group)
    return (
      Party(link: link, isGrowing: input[Self.more] == "ya", newest: opening.application, cookie: opening.cookie), .ok
    )
  }

  /// Whether a problem can be mended in the field of the numbers.
  static func isAboutNumbers(_ problem: Problem) -> Bool {
    [
      "appointment.unknown-application", "appointment.not-bookable", "appointment.party-size",
      "appointment.one-at-a-time",
    ].contains(problem.code)
  }
}
