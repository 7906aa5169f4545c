public import Core
public import HTML

extension FormInput {
  /// Reads a number of twelve digits; nil when it is none of that kind, with words beside its field that say what it is
  /// instead. Its check digits catch a mistyped one, so it costs no attempt and asks no database.
  public mutating func number<Kind: NumberedKind>(
    of kind: Kind.Type, in field: String, _ words: Words
  ) -> CaseNumber<Kind>? {
    if let number = CaseNumber<Kind>(TypedNumber(scanned: self[field])) { return number }
    refuse(field, CaseNumberWords(wanted: Kind.kind, words).refusal(of: self[field]))
    return nil
  }
}

/// What is said about numbers of one kind.
public struct CaseNumberWords {
  let wanted: NumberKind
  let words: Words

  /// Words for a place where a number of the kind `wanted` is asked for.
  public init(wanted: NumberKind, _ words: Words) {
    self.wanted = wanted
    self.words = words
  }

  /// Why what was typed is no number of this kind, and how to mend it.
  public func refusal(of text: String) -> String {
    if text.isEmpty { return words("form.number.missing", ["kind": name(wanted)]) }
    switch TypedNumber(scanned: text) {
    case .number(_, let kind) where kind != wanted:
      return words("form.number.other-kind", ["kind": name(kind), "wanted": name(wanted)])
    case .nik: return words("form.number.nik", ["wanted": name(wanted), "example": TypedNumber.example(wanted)])
    case .number, .mistyped: return words("form.number.mistyped", ["example": TypedNumber.example(wanted)])
    }
  }

  func name(_ kind: NumberKind) -> String { words(MessageKey("form.number.kind", named: kind.rawValue)) }
}

/// Leads to the page where the typed number belongs, when it is a whole number of another kind than the one that was
/// asked for.
///
/// Use it on pages that ask for a number, above the form; not on any other.
@NodeBuilder public func otherNumberNotice(_ typed: String, wanted: NumberKind, _ context: PageContext) -> Node {
  if case .number(let value, let kind) = TypedNumber(scanned: typed), kind != wanted, let page = kind.lookUp,
    context.leads(to: page)
  {
    let name = CaseNumberWords(wanted: wanted, context.words).name(kind)
    notice(.info, title: context.words("form.number.elsewhere", ["kind": name]), isNews: true) {
      linkButton(
        context.words("form.number.open", ["kind": name]), to: page.adding("nomor", String(value)), icon: .search)
    }
  }
}

extension NumberKind {
  /// The page that asks for a number and its secret, for what stands below a first segment; nil where nothing of a case
  /// does.
  static func lookUp(below segment: String) -> Link? {
    switch segment {
    case "permohonan": application.lookUp
    case "janji": appointment.lookUp
    case "tiket": ticket.lookUp
    case "permintaan-data": dataRequest.lookUp
    case "data-saya": "/data-saya"
    // A paper's code: the look-up leads on from any of our numbers.
    case "k": "/lacak"
    default: nil
    }
  }

  /// The page that shows what such a number names; nil where there is none.
  public var lookUp: Link? {
    switch self {
    case .application: "/lacak"
    case .appointment: "/janji/lihat"
    case .complaint: "/pengaduan/status"
    case .ticket: "/tiket"
    case .dataRequest: "/permintaan-data"
    case .draft: nil
    }
  }
}
