internal import Contracts
internal import Core

extension ServiceFile {
  /// A stage on the way of an application.
  struct StageEntry: Decodable {
    let stage: Stage

    enum Keys: String, CodingKey, CaseIterable { case code, name, explanation, mover, ending, right }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let code = try file.text(.code, characterCountMax: CodeWord.characterCountMax)
      guard CodeWord.isOne(code) else {
        throw file.refusal(.code, what: "\"\(code)\" cannot name a stage", mend: CodeWord.mend)
      }
      stage = try Stage(
        code: code, name: file.value(.name), explanation: file.value(.explanation), mover: file.choice(.mover),
        ending: file.choice(.ending), right: Self.right(file))
    }

    /// The right by which the stage is ended; what leaves no mark on a case cannot end one.
    private static func right(_ file: StrictContainer<Keys>) throws -> Right {
      let right: Right = try file.choice(.right, or: .examine)
      guard !Right.ofStages.contains(right) else { return right }
      throw file.refusal(
        .right, what: "the right \"\(right.rawValue)\" ends no stage",
        mend: "Write one of: \(Right.ofStages.map(\.rawValue).joined(separator: ", ")).")
    }
  }

  /// A line of the tariff.
  struct FeeEntry: Decodable {
    let fee: Fee

    enum Keys: String, CodingKey, CaseIterable { case code, name, amount }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      fee = try Fee(
        code: file.text(.code, characterCountMax: CodeWord.characterCountMax), name: file.value(.name),
        amount: Rupiah(Int64(Self.amount(file))))
    }

    /// Tariffs are nothing, or tens of thousands to some millions of rupiah in full hundreds (PP 45/2024): `950` is a slip
    /// for `950000`.
    private static func amount(_ file: StrictContainer<Keys>) throws -> Int {
      let amount = try file.number(.amount, in: 0...amountMax)
      guard amount == 0 || amount >= amountMin else {
        throw file.refusal(
          .amount, what: "Rp\(amount) is less than any tariff",
          mend: "Write the whole amount in rupiah, such as \(amount)000; 0 for a service without a fee.")
      }
      guard amount % amountStep == 0 else {
        throw file.refusal(
          .amount, what: "Rp\(amount) is no tariff: tariffs are in full hundreds",
          mend: "Write the amount of the tariff, such as \(amount / amountStep * amountStep).")
      }
      return amount
    }

    /// The least amount, in rupiah, as the following.
    private static var amountMin: Int { 5_000 }
    /// Above the dearest stay permit.
    private static var amountMax: Int { 50_000_000 }
    private static var amountStep: Int { 100 }
  }

  /// The way as a whole: it has an end, one end, and a visit on it.
  func checkStages(_ file: StrictContainer<Keys>) throws {
    let stages = service.stages
    try file.refuseRepeats(in: .stages, names: stages.map(\.code), member: "code")
    if let early = stages.dropLast().firstIndex(where: { $0.ending == .none }) {
      throw file.refusal(
        .stages, [.entry(early), "ending"], what: "nothing ends this stage, so the stages after it are never reached",
        mend: "Write \"visit\" or \"officer\"; \"none\" belongs to the last stage.")
    }
    if let last = stages.last, last.ending != .none {
      throw file.refusal(
        .stages, [.entry(stages.count - 1), "ending"], what: "the last stage leads nowhere",
        mend: "Write \"none\", or add the stage that comes after it.")
    }
    guard stages.contains(where: { $0.ending == .visit }) else {
      throw file.refusal(
        .stages, what: "no stage ends with a visit to a counter, from which the promised days are counted",
        mend: "Write ending: \"visit\" in the stage in which the person comes to the office.")
    }
  }
}
