import Client
import Core
import Foundation
import People

/// A person at a browser who applies, sends documents, takes a number, books a time, complains and rates; and who presses
/// the button again when no answer came.
actor Citizen {
  /// What was sent, until it is answered.
  struct Sending {
    let form: PageForm
    var upload: MultipartPart?
    /// Written into the books before each sending.
    let before: (inout Books) -> Void
    /// What its answer means.
    let told: (Answer) throws -> Void
  }

  private let executor = SerialQueueExecutor(label: "soak.citizen")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  let town: Town
  let browser: Browser
  let random: SeededRandom
  private var unanswered: Sending?
  private(set) var day: CivilDate

  init(_ town: Town, seed: UInt64, today: CivilDate) {
    self.town = town
    random = SeededRandom(seed: seed)
    browser = Browser(port: town.port, timeout: .seconds(30))
    day = today
  }

  var keeper: BookKeeper { town.keeper }

  /// Acts until the server's life is over.
  func live(_ life: Life) {
    day = life.day
    while !life.isOver {
      do {
        if let unanswered {
          try deliver(unanswered)
          keeper.tell(.repetition) { _ in nil }
        } else {
          try act()
        }
      } catch {
        life.surprise(error, to: "citizen")
      }
    }
    browser.close()
  }

  /// What has not been answered is not sent again.
  func forget() { unanswered = nil }

  private func act() throws {
    switch random.below(20) {
    case 0..<3: try complain()
    case 3..<9:
      if let code = keeper.hints({ $0.nextToRate() }) { try rate(code) } else { try visit() }
    default: try visit()
    }
  }

  /// Applies, and goes on with it in one way or another.
  private func visit() throws {
    guard let application = try apply() else { return }
    if random.below(3) == 0 { try upload(to: application) }
    switch random.below(10) {
    case 0..<5: try takeNumber(application)
    case 5..<7: try book(application)
    case 7..<9: keeper.hints { $0.idle.append(application) }
    default: break
    }
  }

  /// Sends a form and says what its answer means; without an answer it is sent again later.
  @discardableResult
  func send(_ sending: Sending) throws -> Answer {
    unanswered = sending
    return try deliver(sending)
  }

  @discardableResult
  private func deliver(_ sending: Sending) throws -> Answer {
    keeper.note(sending.before)
    let answer =
      if let upload = sending.upload {
        try browser.postMultipart(sending.form.action, [upload])
      } else {
        try browser.submit(sending.form)
      }
    unanswered = nil
    if answer.status >= 500 {
      keeper.find(
        Finding(.unsound, "\(answer.status) to a form: \(answer.heading ?? "") \(sending.form.action.prefix(12))"))
    }
    try sending.told(answer)
    return answer
  }

  /// The form's own key, by which the office knows it again.
  static func key(of form: PageForm) -> String { form["_kirim"] ?? "" }
}
