internal import Console
public import Core

/// How a scanner that types like a keyboard is told from a hand.
public struct ScannerShape: Sendable {
  /// How many characters a burst has at least: more than a hand types so fast.
  public var characterCountMin: Int
  /// The time between two characters of a scanner; a fast typist leaves twice as much. A single key waits so long before
  /// it counts, in case more follow.
  public var gapMax: Duration
  /// A slow line may deliver a burst in pieces that are so far apart.
  public var pauseMax: Duration
  /// What the scanner is set to send before a code; then it is a scan, also when the line changes its times.
  public var prefix: Character?
  /// What it is set to send after a code, besides Enter and Tab, which end every burst.
  public var suffix: Character?

  /// The shape of the scanners in common use, without a prefix or suffix.
  public init(
    characterCountMin: Int = 3, gapMax: Duration = .milliseconds(40), pauseMax: Duration = .milliseconds(250),
    prefix: Character? = nil, suffix: Character? = nil
  ) {
    self.characterCountMin = characterCountMin
    self.gapMax = gapMax
    self.pauseMax = pauseMax
    self.prefix = prefix
    self.suffix = suffix
  }
}

/// What a scanner sent in one go.
public struct Scan: Sendable, Equatable {
  /// The characters without what ended them, and without the scanner's prefix and suffix.
  public let text: Personal<String>
  /// Whether Enter, Tab or the configured suffix ended it; silence did otherwise.
  public let isEnded: Bool

  init(_ text: String, isEnded: Bool) {
    self.text = Personal(text)
    self.isEnded = isEnded
  }
}

/// Tells bursts from single keys, by the times at which keys arrived and the shape of the burst.
///
/// Characters are held back until it is known what they are: a single one for `gapMax`, the beginning of a burst for
/// `pauseMax`. A burst is one scan; what turns out to be typed by hand is given out as the keys that it was, with the
/// times at which they came.
struct ScanGatherer: Sendable {
  /// After a scan that silence ended, its Enter may still be on the way.
  private static let lateEndMax = Duration.seconds(1)
  /// More than any code of ours holds; what comes after it is not kept.
  private static let characterCountMax = 256

  private let shape: ScannerShape
  private let repeatMax: Duration
  private let prefix: Key?
  private let suffix: Key?
  private var held: [(character: Character, arrived: Instant)] = []
  /// How many gaps between them are a scanner's, and how many a hand's or a slow line's.
  private var gaps = (small: 0, large: 0)
  /// Whether all are the key that was given out a moment ago: held down, not scanned.
  private var isHeldDown = false
  /// When the prefix of a scan came that has not ended.
  private var markedAt: Instant?
  private var given: (key: Key, arrived: Instant)?
  private var scanEnded: Instant?

  init(_ shape: ScannerShape, repeatMax: Duration) {
    self.shape = shape
    self.repeatMax = repeatMax
    prefix = Self.key(shape.prefix)
    suffix = Self.key(shape.suffix)
  }

  private static func key(_ character: Character?) -> Key? {
    guard let character else { return nil }
    var decoder = KeyDecoder()
    return decoder.decode(String(character).utf8).first
  }

  /// How long to wait for what may follow before `flush`; nil when nothing is held back.
  var wait: Duration? {
    if markedAt != nil { return shape.pauseMax }
    return held.isEmpty ? nil : held.count == 1 ? shape.gapMax : shape.pauseMax
  }

  /// Takes a key.
  ///
  /// - Returns: what is known now, in order.
  mutating func take(_ key: Key, at arrived: Instant) -> [KioskEvent] {
    var events: [KioskEvent] = []
    if let wait, let last = held.last?.arrived ?? markedAt, arrived - last > wait { events = flush() }
    if markedAt == nil, let prefix, key == prefix {
      events += flush()
      markedAt = arrived
      return events
    }
    if ends(key) { return events + end(key, at: arrived) }
    if case .character(let character) = key { return events + hold(character, at: arrived) }
    // Nothing else is in a code.
    return markedAt == nil ? events + flush() + give(key, at: arrived) : events
  }

  /// Nothing has followed for `wait`.
  mutating func flush() -> [KioskEvent] {
    let isScan = markedAt != nil || (isBurst && gaps.small >= 2 * gaps.large)
    let (keys, marked) = (held, markedAt)
    held = []
    markedAt = nil
    if isScan {
      guard let last = keys.last?.arrived ?? marked else { return [] }
      scanEnded = last
      return keys.isEmpty ? [] : [.scan(Scan(String(keys.map(\.character)), isEnded: false), arrived: last)]
    }
    return keys.flatMap { give(.character($0.character), at: $0.arrived) }
  }

  private func ends(_ key: Key) -> Bool {
    if key == .enter || key == .tab { return true }
    return key == suffix && (markedAt != nil || !held.isEmpty)
  }

  private mutating func end(_ key: Key, at arrived: Instant) -> [KioskEvent] {
    defer { scanEnded = nil }
    if markedAt != nil || isBurst || (key == suffix && key != .enter && key != .tab) {
      let text = String(held.map(\.character))
      held = []
      markedAt = nil
      return text.isEmpty ? [] : [.scan(Scan(text, isEnded: true), arrived: arrived)]
    }
    if held.isEmpty, let scanEnded, arrived - scanEnded < Self.lateEndMax { return [] }
    return flush() + give(key, at: arrived)
  }

  private mutating func hold(_ character: Character, at arrived: Instant) -> [KioskEvent] {
    scanEnded = nil
    let isGiven = given.map { $0.key == .character(character) && arrived - $0.arrived < repeatMax } ?? false
    if let last = held.last?.arrived {
      if arrived - last <= shape.gapMax { gaps.small += 1 } else { gaps.large += 1 }
      isHeldDown = isHeldDown && isGiven
    } else {
      gaps = (0, 0)
      isHeldDown = isGiven
    }
    if held.count < Self.characterCountMax { held.append((character, arrived)) }
    guard markedAt == nil else { return [] }
    return isHeldDown && held.count > 1 || gaps.large > gaps.small ? flush() : []
  }

  /// A line parts a burst in few places; a hand leaves its gaps everywhere.
  private var isBurst: Bool {
    held.count >= shape.characterCountMin && gaps.small >= gaps.large && !isHeldDown
  }

  private mutating func give(_ key: Key, at arrived: Instant) -> [KioskEvent] {
    given = (key, arrived)
    return [.key(key, arrived: arrived)]
  }
}
