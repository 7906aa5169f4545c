import Core

/// What a day came to.
struct DayOutcome: Sendable {
  struct Wait: Sendable {
    let minutes: Double
    let visitor: SimulatedVisitor
  }

  var arrivalCount = 0
  /// Those who came too late to be served before closing, and were told so.
  var turnedAwayCount = 0
  var finishedCount = 0
  var noShowCount = 0
  /// Tickets that the close of the day had to settle.
  var leftOpen = 0
  /// Minutes after closing until the last one was served.
  var lastCall = 0.0
  var servedMinutes = 0.0
  var waits: [Wait] = []
  var samples: [Accuracy.Sample] = []
  var means = MeanTimes()
}
