import Contracts

/// How people come and how long things take: assumptions of the simulation, in the order of magnitude of an
/// immigration office of 500 visitors a day. Change them here to rehearse another office.
enum HallHabits {
  struct Visit: Sendable {
    let service: ServiceCode
    /// Of all who come.
    let weight: Double
    /// Mean minutes at the counter, for each step.
    let minutes: [Double]
    /// The standard deviation of their logarithm.
    let spread: Double
  }

  static let visits = [
    Visit(service: ServiceCode("paspor-elektronik-10"), weight: 42, minutes: [4, 9], spread: 0.5),
    Visit(service: ServiceCode("paspor-penggantian"), weight: 30, minutes: [8], spread: 0.5),
    Visit(service: ServiceCode("paspor-hilang"), weight: 6, minutes: [16], spread: 0.6),
    Visit(service: ServiceCode("izin-tinggal-kunjungan"), weight: 14, minutes: [10], spread: 0.6),
    Visit(service: ServiceCode("izin-tinggal-terbatas"), weight: 8, minutes: [14], spread: 0.6),
  ]

  /// Of a day's visitors without an appointment, by the hour of the day in which they come.
  static let arrivals: [(hour: Int, weight: Double)] = [
    (7, 9), (8, 24), (9, 20), (10, 14), (11, 9), (12, 4), (13, 11), (14, 7), (15, 2),
  ]

  /// Monday to Friday, against the mean.
  static let weekdays = [1.15, 1.05, 0.95, 0.95, 0.9]

  static let appointmentShare = 0.25
  static let priorityShare = 0.09
  /// Of those called, who do not come: they have left without a word.
  static let noShowShare = 0.05

  /// Minutes from the call to the counter.
  static let walkMinutes = (mean: 0.6, spread: 0.4)
  /// Minutes after which an officer calls again, and gives up.
  static let recallMinutes = 0.75
  static let giveUpMinutes = 1.75
  /// Minutes an officer needs before the next call.
  static let tidyMinutes = (mean: 0.5, spread: 0.5)
  /// Minutes until an officer without work notices that a person waits.
  static let noticeMinutes = 0.1

  /// Pauses of an officer besides the midday break: how many a day, and how long.
  static let pausesPerDay = 2.0
  static let pauseMinutes = (mean: 12.0, spread: 0.4)
  /// How much faster or slower an officer is than the mean.
  static let officerSpread = 0.12
  /// How much a day differs from the mean.
  static let daySpread = 0.06
  /// How late an officer comes back or opens, at most.
  static let lateMinutes = 4.0
}
