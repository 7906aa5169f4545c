internal import Store

/// Whether the surveys and complaints in the database are those that people sent, each once.
struct FeedbackCheck {
  let told: Told
  let marks: Books.Marks

  func findings(in snapshot: borrowing Snapshot) throws -> [String] {
    try surveys(in: snapshot) + complaints(in: snapshot) + helps(in: snapshot)
  }

  /// Surveys name nobody, so they are compared as a heap: service and answers.
  private func surveys(in snapshot: borrowing Snapshot) throws -> [String] {
    guard try Books.has("feedback_survey", snapshot) else { return told.surveys.isEmpty ? [] : ["no surveys are kept"] }
    let kept = try snapshot.rows("SELECT id, service FROM feedback_survey WHERE id > \(marks.lastSurvey)") { row in
      (id: try row.get(0) as Int64, service: try row.get(1) as String)
    }
    let heap = try kept.map { survey in
      let scores: [Int] = try snapshot.rows("SELECT score FROM feedback_answer WHERE survey = \(survey.id)") {
        try $0.get(0)
      }
      return Told.Survey(service: survey.service, scores: scores.map(String.init).sorted())
    }
    let words = heap.map(Self.words).sorted()
    let expected = told.surveys.map(Self.words).sorted()
    return words == expected
      ? [] : ["\(expected.count) surveys were thanked for and \(words.count) are kept, or others"]
  }

  private static func words(_ survey: Told.Survey) -> String { "\(survey.service) \(survey.scores)" }

  private func complaints(in snapshot: borrowing Snapshot) throws -> [String] {
    guard try Books.has("feedback_complaint", snapshot) else {
      return told.complaints.isEmpty ? [] : ["no complaints are kept"]
    }
    let all: [String] = try snapshot.rows("SELECT number FROM feedback_complaint") { try $0.get(0) }
    let kept = all.filter { !marks.complaints.contains($0) }.sorted()
    let expected = told.complaints.sorted()
    return kept == expected
      ? [] : ["\(expected.count) complaints were acknowledged and \(kept.count) are kept, or others"]
  }

  private func helps(in snapshot: borrowing Snapshot) throws -> [String] {
    let open: Set<String> = Set(
      try snapshot.rows("SELECT called_from FROM accessibility_help WHERE answered IS NULL") { try $0.get(0) })
    return told.helpPlaces.subtracting(open).sorted().map { "an officer was promised at \($0) and nobody was called" }
  }
}
