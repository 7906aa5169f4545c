internal import Civil
public import Core
internal import FoundationEssentials

/// What a client asks for, decoded and checked: the handler of a route sees only requests that its
/// `Access` allows, with a body that it `accepts`.
public struct Request: Sendable {
  /// The method; HEAD comes as `get`.
  public let method: Method
  /// The path with its segments percent-encoded again and without empty ones.
  public let path: String
  /// The decoded form; empty for requests without one.
  public var form: FormInput
  /// The bytes of a JSON body; empty for others.
  public internal(set) var body: [UInt8]
  /// The files of an upload while they arrive; none for routes that accept something else.
  public internal(set) var uploads = Uploads(pipe: nil)
  /// What pages need to know of the reader.
  public var context: PageContext
  /// The address at the other end, or the one that a trusted reverse proxy names.
  public let remoteAddress: RemoteAddress
  /// Where it came in.
  public let listener: Listener
  let target: RequestTarget
  let headers: RequestHeaders
  /// HTTP/1.0.
  let isOfOldVersion: Bool
  let parameters: [String: String]
  let limiter: RateLimiter
  let log: any Log
  let isSecure: Bool

  /// A segment of the path by its name in the pattern, decoded and through the gate for text; empty when the pattern has
  /// no such name.
  public func parameter(_ name: StaticString) -> String {
    TextGate.line(parameters[name.description, default: ""]).text
  }

  /// The first value of a query parameter, likewise.
  public func query(_ name: String) -> String? { target.query(name).map { TextGate.line($0).text } }

  /// The first header field of that name, whatever its case.
  public func header(_ name: String) -> String? { headers[name] }

  /// The value of a cookie that an answer of ours has set; nil where there is none. Under TLS only with the prefix, which
  /// neither a neighbouring host name nor a stranger on the line can set.
  public func cookie(_ name: StaticString) -> String? {
    headers.cookies[Cookie.fullName(name.description, secure: isSecure)]
  }

  /// The words of the reader's language.
  public var words: Words { context.words }

  /// Who is signed in.
  public var officer: SignedInOfficer? { context.officer }

  /// On whose behalf the request acts: the officer, or the person who applies.
  public var principal: Principal { officer?.principal ?? .applicant }

  /// Whether the page to which a form leads is wanted in its answer (`Prefer: return=representation`), as the console's script
  /// asks for it. A page itself never does, so that loading one anew does nothing twice.
  public var prefersPage: Bool { headers.wantsRepresentation }

  /// The number of the last event that a reconnecting event stream has seen (`Last-Event-ID`).
  public var lastEventID: String? { header("last-event-id") }

  /// The token in the officer's session cookie, whether it is known or not; the new one where it was replaced on the way.
  public internal(set) var officerToken: String?

  /// The sender, where numbers and their secrets are tried.
  public var client: LookUpClient { .network(remoteAddress.networkBytes) }

  /// Takes one of the sender's tokens of that kind.
  ///
  /// - Throws: `Problem` `too-many` (429) with the seconds to wait when there is none left.
  public func allow(_ kind: RateClass) throws(Problem) {
    try limiter.take(kind, for: remoteAddress)
  }

  /// Says that this request did something that those who watch the office want to know; whose request it was is added.
  public func note(_ event: SecurityEvent, _ fields: KeyValuePairs<StaticString, String> = [:]) {
    let officer = officer.map { [(name: "security.officer" as StaticString, value: "\($0.principal)")] } ?? []
    log.note(event, from: remoteAddress.sender, officer + fields.map { ($0.key, $0.value) })
  }

  /// The JSON body as a value.
  ///
  /// - Throws: `Problem` `bad-json` (422) when it has another shape.
  public func decode<Value: Decodable>(_ type: Value.Type) throws(Problem) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch {
      throw Problem(.invalid, "bad-json")
    }
  }
}
