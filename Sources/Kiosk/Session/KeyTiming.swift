internal import Console
internal import Core

/// How the keys of a moment ago are told from those that are meant.
public struct KeyTiming: Sendable {
  /// The same key again before so long is the one that was pressed, held or bouncing. Keyboards begin to repeat a held key
  /// after 250 ms (Linux console) to 660 ms (X), then every 30 to 100 ms.
  public var repeatMax: Duration
  /// A result stands for so long before Enter closes it: an impatient second Enter is pressed before it was read.
  public var resultMin: Duration

  /// The times that suit a hall's keyboards and readers.
  public init(repeatMax: Duration = .milliseconds(700), resultMin: Duration = .milliseconds(1500)) {
    self.repeatMax = repeatMax
    self.resultMin = resultMin
  }
}

/// The key before this one. It outlives the visitor: a key that is held down when one visit ends is still held down when
/// the next begins.
struct LastKey: Sendable, Equatable {
  private var key: Personal<Key>?
  private var arrived = Instant(milliseconds: 0)

  /// Takes a key.
  ///
  /// - Returns: whether it only repeats the one before: held down, bouncing, or pressed twice by mistake.
  mutating func take(_ key: Key, at arrived: Instant, repeatMax: Duration) -> Bool {
    let isRepeat = self.key == Personal(key) && arrived - self.arrived < repeatMax
    self.key = Personal(key)
    self.arrived = arrived
    return isRepeat
  }
}
