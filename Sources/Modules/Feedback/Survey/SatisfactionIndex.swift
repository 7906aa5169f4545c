/// The answers to one element: how many, and their sum.
struct ElementTally: Equatable, Sendable {
  var answerCount = 0
  var scoreSum = 0

  /// *Nilai rata-rata* (NRR) from 1 to 4; nil without answers.
  var average: Double? { answerCount > 0 ? Double(scoreSum) / Double(answerCount) : nil }

  mutating func add(_ score: SurveyScore) {
    answerCount += 1
    scoreSum += score.rawValue
  }
}

/// The index of public satisfaction (Indeks Kepuasan Masyarakat, PermenPANRB 14/2017, table II):
/// the weighted sum of the elements' averages, times 25.
struct SatisfactionIndex: Equatable, Sendable {
  /// What an element counts.
  enum Weight: Sendable {
    /// One ninth, so that the best index is 100.
    case exact
    /// 0,11 as in many offices' spreadsheets, so that the best index is 99.
    case rounded
  }

  /// *Mutu pelayanan* and what it is called (*kinerja*).
  enum Quality: String, CaseIterable, Sendable {
    case a, b, c, d

    /// The band of an index already rounded to hundredths; so nothing falls between 88,30 and 88,31.
    init(hundredths: Int) {
      switch hundredths {
      case 8831...: self = .a
      case 7661...: self = .b
      case 6500...: self = .c
      default: self = .d
      }
    }
  }

  /// The index from 25,00 to 100,00 in hundredths, halves rounded up.
  let hundredths: Int

  var quality: Quality { Quality(hundredths: hundredths) }

  /// Nil while an element has no answer at all: the formula needs all nine.
  init?(_ tallies: [SurveyElement: ElementTally], weight: Weight = .exact) {
    var sum = 0.0
    for element in SurveyElement.allCases {
      guard let average = tallies[element]?.average else { return nil }
      sum += average
    }
    // 100 hundredths, times 25, times 1/9 or 11/100.
    let exact =
      switch weight {
      case .exact: sum * 2500 / 9
      case .rounded: sum * 275
      }
    // Binary fractions may stand a hair below a half that is one in decimals: far less than this allowance,
    // which in turn is far less than any step that the index can make.
    hundredths = Int((exact + 0.5 + 1e-7).rounded(.down))
  }
}
