import Client
import Day
import Foundation
import People

/// What the command line and the environment say; the command line wins.
struct DayOptions {
  /// A word that cannot be what it should be.
  struct Mistake: Error {
    let words: String
  }

  static let help = """
    usage: gapura-day [--state DIR [--port PORT]] [--seed N] [--people N] [--pace compressed|real]

      --state DIR    the state directory of a server that runs (make run: var/dev);
                     without it a server of its own is started and removed afterwards
      --port PORT    where that server listens on 127.0.0.1 (8080)
      --seed N       the same seed gives the same people, decisions and order of arrival (SEED)
      --people N     how many people come, at most \(PeopleMaker.countMax) (PEOPLE, 200)
      --pace PACE    compressed, or real: a day that lasts a day (PACE)
    """

  var isHelp = false
  var state: String?
  var port: UInt16 = 8080
  var seed: UInt64 = 1
  var people = 200
  var pace = Pace.compressed
  /// Where the words are that pages are expected to say.
  let locales = OfficeProcess.repository.appendingPathComponent("share/locales").path

  init(_ arguments: [String], environment: [String: String]) throws {
    for (name, option) in [("SEED", "--seed"), ("PEOPLE", "--people"), ("PACE", "--pace")] {
      if let value = environment[name], !value.isEmpty { try set(option, value) }
    }
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      if option == "--help" {
        isHelp = true
      } else {
        guard let value = rest.popFirst() else { throw Mistake(words: "\(option) needs a value") }
        try set(option, value)
      }
    }
  }

  private mutating func set(_ option: String, _ value: String) throws {
    switch option {
    case "--state": state = value
    case "--port": port = try number(option, value, UInt16.init)
    case "--seed": seed = try number(option, value) { UInt64($0) }
    case "--people":
      people = try number(option, value) { Int($0) }
      guard (1...PeopleMaker.countMax).contains(people) else {
        throw Mistake(words: "--people takes a number from 1 to \(PeopleMaker.countMax)")
      }
    case "--pace":
      guard let pace = ["compressed": Pace.compressed, "real": Pace.real][value] else {
        throw Mistake(words: "--pace is compressed or real")
      }
      self.pace = pace
    default: throw Mistake(words: "there is no option \(option)")
    }
  }

  private func number<Value>(_ option: String, _ text: String, _ read: (String) -> Value?) throws -> Value {
    guard let value = read(text) else { throw Mistake(words: "\(option) takes a number, not \"\(text)\"") }
    return value
  }
}
