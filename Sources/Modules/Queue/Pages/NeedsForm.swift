import Contracts
import Core
import Web

/// The questions about what a person needs. All of it is free to say, and nothing has to be proved.
enum NeedsForm {
  private static let priorityField = "prioritas"
  private static let assistanceField = "bantuan"

  static func fields(_ words: Words) -> [Field] {
    [
      .choice(
        priorityField, label: words("queue.take.priority"), hint: words("queue.take.priority-hint"), required: false,
        options: [Field.Option("", words("queue.take.priority-none"))]
          + PriorityGroup.allCases.map {
            Field.Option($0.rawValue, words(MessageKey("need.priority", named: $0.rawValue)))
          }),
      .checkboxes(
        assistanceField, label: words("queue.take.assistance"), hint: words("queue.take.assistance-hint"),
        options: Assistance.allCases.map {
          Field.Option($0.rawValue, words(MessageKey("need.assistance", named: $0.rawValue)))
        }),
    ]
  }

  /// What was answered; anything unknown is as if it had not been sent.
  static func needs(in input: FormInput) -> Needs {
    Needs(
      priority: PriorityGroup(rawValue: input[priorityField]),
      assistance: Set(input.all(assistanceField).compactMap(Assistance.init(rawValue:))))
  }
}
