/// What those who watch an office want to know of, beside its faults: a person who tries doors, opens much, or changes keys;
/// damage that was found. Each kind has a number of its own that never changes (`MESSAGE_ID`, systemd.journal-fields(7)).
public enum SecurityEvent: String, CaseIterable, Sendable {
  /// A password, a code of the second step, a PIN or a passkey was wrong, or its account is closed or none.
  case signInFailed = "sign-in-failed"
  /// A sign-in had to wait after failures.
  case signInHeld = "sign-in-held"
  /// More sign-ins fail than officers mistype.
  case signInStorm = "sign-in-storm"
  /// So many sign-ins do not fail any more.
  case signInStormOver = "sign-in-storm-over"
  /// A passkey has signed with a count that went back: there may be two of it.
  case passkeyCopied = "passkey-copied"
  /// A form came without the mark of the page that it stood on: another site's page may have sent it.
  case requestUntrusted = "request-untrusted"
  /// A person asked for what their role or pass does not give them.
  case requestForbidden = "request-forbidden"
  /// A sender asked more often than people do, or tried one number after the other.
  case requestLimited = "request-limited"
  /// A sender asked again and again for what is not there, or wrote what no browser writes.
  case requestRefused = "request-refused"
  /// The whole office saw more wrong numbers than people mistype.
  case lookUpStorm = "look-up-storm"
  /// A supervisor opened personal data without one of the usual purposes.
  case glassBroken = "glass-broken"
  /// Data left the office as a file.
  case dataExported = "data-exported"
  /// An account was made, closed, opened or given a password; a second factor was set up, taken away or reset.
  case accountChanged = "account-changed"
  /// A root key was made, changed, printed as shares or restored from them.
  case keyChanged = "key-changed"
  /// The machine's date cannot be believed.
  case clockDoubted = "clock-doubted"
  /// An administrator, or the machine's clock service, has put the doubt away.
  case clockTrusted = "clock-trusted"
  /// Something kept is not as it was written.
  case damageFound = "damage-found"
  /// An administrator has decided to go on without changes that people were told are saved.
  case lossAccepted = "loss-accepted"

  /// Its `MESSAGE_ID`: 128 random bits in hexadecimal digits.
  public var messageID: StaticString {
    switch self {
    case .signInFailed: "5817688713854c82bffc80694173ae60"
    case .signInHeld: "6fdd659d374f43b28b4a49c197253457"
    case .signInStorm: "d680ec362aab1d816db53bc126886511"
    case .signInStormOver: "61fce2bbde565a25bae945de42c15035"
    case .passkeyCopied: "9a976a38f83d87cf83ae74c9a42e81de"
    case .requestUntrusted: "df3e4632a74a412ab9f0c0747b8a02f4"
    case .requestForbidden: "6bd55e541fa7493d93b0034736ad0f31"
    case .requestLimited: "b70f57178a6947f98a0260ea5f6969d1"
    case .requestRefused: "9cdf83a87c704804925ba15b18a11e93"
    case .lookUpStorm: "6aa957061c994c418a09e2f852a96b68"
    case .glassBroken: "b1a88f4908a1492c9178789544dcf716"
    case .dataExported: "6626cb2c80b04d70a3ce67dbfafdb78e"
    case .accountChanged: "b9b1a17761b247c494f47fa2043b626b"
    case .keyChanged: "f27c9ac82ea74f7386d8f68771e8f7cf"
    case .clockDoubted: "f50e564a90ee4988bf3b691fc7f44a7b"
    case .clockTrusted: "ac89e2a172124247a2065b9ea0ac05c9"
    case .damageFound: "fe35c347fe574523b1360dd80ff90df9"
    case .lossAccepted: "d66ee17efc424bfed8363d28edba52f3"
    }
  }

  /// The log line's constant text.
  public var message: StaticString {
    switch self {
    case .signInFailed: "a sign-in failed"
    case .signInHeld: "a sign-in had to wait after failures"
    case .signInStorm: "more sign-ins fail than officers mistype; officers at their usual browsers come in as ever"
    case .signInStormOver: "no more sign-ins fail than officers mistype"
    case .passkeyCopied: "a passkey went back in its count"
    case .requestUntrusted: "a form came without its page's mark"
    case .requestForbidden: "a request was forbidden"
    case .requestLimited: "a request came too soon after others"
    case .requestRefused: "many requests were refused"
    case .lookUpStorm: "more wrong numbers were tried than people mistype; tries now pass one by one"
    case .glassBroken: "personal data was opened in an emergency"
    case .dataExported: "data left as a file"
    case .accountChanged: "an account was changed"
    case .keyChanged: "a key was changed"
    case .clockDoubted: "the machine's date is in doubt; nothing is erased or settled"
    case .clockTrusted: "the machine's date was confirmed"
    case .damageFound: "something kept is not as it was written"
    case .lossAccepted: "the loss of changes that were acknowledged was accepted"
    }
  }

  /// How much its line matters.
  public var level: LogLevel {
    switch self {
    case .signInStormOver, .dataExported, .accountChanged, .clockTrusted, .keyChanged, .lossAccepted: .notice
    case .damageFound, .clockDoubted, .passkeyCopied: .error
    case .signInFailed, .signInHeld, .signInStorm, .requestUntrusted, .requestForbidden, .requestLimited,
      .requestRefused, .lookUpStorm, .glassBroken:
      .warning
    }
  }

  /// So many from one sender in a minute are the first worth a line: people mistype an address now and then.
  public var countMin: Int { self == .requestRefused ? 50 : 1 }

  /// Who sent it, by an IP address (IPv4 as `::ffff:a.b.c.d`). It may lead to a person: it is shown only where the office's
  /// configuration says so.
  public struct Sender: Hashable, Sendable {
    /// 16 bytes.
    public let bytes: [UInt8]

    /// The sender at an address of 16 bytes, which a precondition holds.
    public init(bytes: [UInt8]) {
      precondition(bytes.count == 16, "an IP address has 16 bytes")
      self.bytes = bytes
    }
  }
}

extension Log {
  /// Says that something happened that those who watch the office want to know.
  public func note(
    _ event: SecurityEvent, from sender: SecurityEvent.Sender? = nil,
    _ fields: KeyValuePairs<StaticString, String> = [:]
  ) {
    note(event, from: sender, fields.map { ($0.key, $0.value) })
  }
}
