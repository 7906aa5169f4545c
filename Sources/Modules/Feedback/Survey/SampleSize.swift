/// How many answers stand for so many visits (Krejcie and Morgan, as the annex of PermenPANRB 14/2017 has it):
/// `S = λ²NP(1−P) / (d²(N−1) + λ²P(1−P))` with λ² = 3,841, P = 0,5 and d = 0,05.
enum SampleSize {
  static func of(population: Int) -> Int {
    guard population > 0 else { return 0 }
    let size = Double(population)
    let chi = 3.841 * 0.25
    return Int((chi * size / (0.0025 * (size - 1) + chi)).rounded())
  }
}
