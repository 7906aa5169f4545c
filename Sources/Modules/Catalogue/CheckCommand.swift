internal import Contracts
internal import Core

/// `gapura catalogue check [DIR]`: reads the files as a reload would and says everything that is
/// wrong, changing nothing.
struct CheckCommand {
  let directory: ConfigurationDirectory

  var command: Command {
    Command(
      ["catalogue", "check"], usage: "[DIR]",
      summary: "Check calendar.json5 and services/*.json5, and the services and counters that other files name"
    ) { input in
      guard input.arguments.count <= 1, input.options.isEmpty else {
        throw UsageError("catalogue check takes one directory at most")
      }
      return try check(input.arguments.first.map(ConfigurationDirectory.init) ?? directory)
    }
  }

  private func check(_ directory: ConfigurationDirectory) throws -> CommandOutput {
    let reading = EditionReading(directory)
    guard let edition = reading.edition else { throw ConfigurationProblems(reading.problems) }
    return CommandOutput(
      edition.services.map { "\($0.code): sound, \($0.queueLetter), \($0.total), \($0.stages.count) stages" }
        + ["\(directory.path): \(edition.services.count) services, nothing wrong"])
  }
}
