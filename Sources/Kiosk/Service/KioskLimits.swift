/// How much the kiosk's socket lets a terminal do.
public struct KioskLimits: Sendable {
  /// More kiosks than the largest hall has, and SSH sessions for maintenance.
  public var sessionCountMax = 64
  /// A terminal introduces itself at once; one that does not is no kiosk.
  public var helloMax = Duration.seconds(5)
  /// A barcode scanner types some hundred characters a second; no person types faster.
  public var inputBytesPerSecondMax = 4096
  /// About fifty full screens that a terminal has not read.
  public var unreadByteCountMax = 256 * 1024
  /// A terminal that has read nothing for so long is gone.
  public var stalledMax = Duration.seconds(30)
  /// A sequence's bytes arrive together; an Escape followed by nothing for so long is the key.
  public var escapeWait = Duration.milliseconds(50)
  /// How often time goes by for the sessions.
  public var tickInterval = Duration.seconds(1)

  /// The limits of a real hall; tests set others.
  public init() {}
}
