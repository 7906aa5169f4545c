internal import Core

extension Words {
  /// `40 detik`, or `3 menit`, rounded up, so that no one comes back too early.
  func wait(_ duration: Duration) -> String {
    let seconds = max(1, (duration.milliseconds + 999) / 1000)
    return seconds < 60
      ? self("officers.wait.seconds", ["count": String(seconds)])
      : self("officers.wait.minutes", ["count": String((seconds + 59) / 60)])
  }
}
