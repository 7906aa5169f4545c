/// What the sources write into the queries of addresses, by links and by forms that ask for a page, and read from them:
/// each name is covered on its way out, or says why it names nobody, and then carries nothing that does, nor what a person
/// needs.
struct QueryRule {
  /// What `AddressVeil` covers.
  let covered: Set<String>
  /// What the others are.
  let harmless: [String: String]

  /// What is against the rule.
  func findings(in sources: [Repository.SourceFile]) -> [String] {
    let unknown = Self.names(in: sources).subtracting(covered).subtracting(harmless.keys)
    return unknown.sorted().map { "?\($0)= stands in addresses: cover it (AddressVeil), or say why not" }
      + sources.flatMap { source in
        Self.carriers(in: source.text).filter { !covered.contains($0) }.map {
          "\(source.path): ?\($0)= carries what names somebody: give it a name that is covered (AddressVeil)"
        }
      }
  }

  /// The names of all parameters.
  static func names(in sources: [Repository.SourceFile]) -> Set<String> {
    var names: Set<String> = []
    for source in sources {
      let text = source.text
      for match in text.matches(of: /\.adding\("([^"\\]+)"/) { names.insert(String(match.output.1)) }
      for match in text.matches(of: /[^A-Za-z_]query\("([^"\\]+)"\)/) { names.insert(String(match.output.1)) }
      // "/petugas/sandi?berhasil=ya"
      for match in text.matches(of: /"\/[^"\s?]*\?([^"]*)"/) {
        let pairs = match.output.1.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        names.formUnion(pairs.filter { $0.count == 2 }.map { String($0[0]) })
      }
      // What a form's values are read by, wherever they come from: `init(…, _ value: (String) -> String?)`.
      if text.contains("_ value: (String) -> String?") {
        for match in text.matches(of: /[^A-Za-z_]value\("([^"\\]+)"\)/) { names.insert(String(match.output.1)) }
      }
      for match in text.matches(of: /\.(?:query|adding)\((?:"\\\()?([A-Z]\w*)\.(\w+)/) {
        let (type, constant) = (String(match.output.1), String(match.output.2))
        // `Self` in a file of an extension, `Type+Part.swift`, is the type of another file.
        let own = type == "Self" ? source : nil
        let named = type == "Self" ? String(source.name.prefix { $0 != "+" && $0 != "." }) : type
        let home = sources.first { $0.path.hasSuffix("/\(named).swift") }
        names.insert(value(of: constant, in: own) ?? value(of: constant, in: home) ?? "\(type).\(constant)")
      }
    }
    return names
  }

  /// The parameters that are given, or turned into, what names a case or a person or tells a need.
  private static func carriers(in text: String) -> [String] {
    let written = text.matches(of: /\.adding\(\s*"([^"\\]+)",\s*([^\n,]*)/).filter { match in
      match.output.2.contains(
        /officer|account|ticket|application|complaint|subject|person|priority|needs|\.id(?:\W|$)/.ignoresCase())
    }.map { String($0.output.1) }
    let read = text.matches(of: /[^A-Za-z_](?:query|value)\("([^"\\]+)"\)([^\n]*)/).filter { match in
      match.output.2.contains(/\W(?:(?:\w*ID|PublicCode|\w+Number)\(|(?:PriorityGroup|Assistance)\W)/)
    }.map { String($0.output.1) }
    return written + read
  }

  private static func value(of constant: String, in source: Repository.SourceFile?) -> String? {
    source?.text.matches(of: /let (\w+)(?:: StaticString)? = "([^"]+)"/).first { $0.output.1 == constant }
      .map { String($0.output.2) }
  }
}
