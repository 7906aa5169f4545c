/// How an officer's session stands.
public enum SessionStanding: Sendable {
  /// There is none, or it has ended.
  case over
  /// It goes on once its officer has opened it again; until then no page of the console is shown.
  case locked
  /// It admits its officer, who has proven within the last minutes to be the one, or has not.
  case open(SignedInOfficer, isProven: Bool)

  /// The officer whom it admits.
  var officer: SignedInOfficer? {
    switch self {
    case .open(let officer, _): officer
    case .over, .locked: nil
    }
  }
}

/// What came of asking an officer for a proof before a request is answered.
public enum ProofAnswer: Sendable {
  /// It was there and is right: the session goes on under this token.
  case given(token: String)
  /// The page that asks for it.
  case asked(Response)

  /// Fields that prove an officer begin so. They go to the gatekeeper and to no route, and are put into no page again.
  public static let fieldPrefix = "_bukti-"
}
