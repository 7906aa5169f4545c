import Foundation

/// A list of parts as SPDX 2.3 has it in JSON; what it must have is not optional here.
struct SPDXDocument: Decodable {
  struct Creation: Decodable {
    let created: String
    let creators: [String]
  }

  struct Package: Decodable {
    struct VerificationCode: Decodable { let packageVerificationCodeValue: String }
    struct Reference: Decodable { let referenceCategory, referenceType, referenceLocator: String }

    let SPDXID, name, downloadLocation: String
    let versionInfo: String?
    let filesAnalyzed: Bool
    let packageVerificationCode: VerificationCode?
    let externalRefs: [Reference]?
  }

  struct File: Decodable {
    struct Checksum: Decodable { let algorithm, checksumValue: String }

    let SPDXID, fileName: String
    let checksums: [Checksum]
  }

  struct Relationship: Decodable { let spdxElementId, relationshipType, relatedSpdxElement: String }

  let spdxVersion, dataLicense, SPDXID, name, documentNamespace: String
  let creationInfo: Creation
  let packages: [Package]
  let files: [File]
  let relationships: [Relationship]

  init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
}

/// Finds what SPDX 2.3 does not allow (spdx.github.io/spdx-spec/v2.3, chapters 6, 7, 8 and 11), as far as Gapura's list
/// makes use of it.
enum SPDXRule {
  private static let relationships: Set<String> = [
    "DESCRIBES", "CONTAINS", "DYNAMIC_LINK", "STATIC_LINK", "EXPANDED_FROM_ARCHIVE", "RUNTIME_DEPENDENCY_OF",
    "OPTIONAL_DEPENDENCY_OF",
  ]

  static func faults(in list: SPDXDocument) -> [String] {
    document(list) + ids(list) + list.packages.flatMap(package) + list.files.flatMap(file) + relations(list)
  }

  private static func document(_ list: SPDXDocument) -> [String] {
    var faults: [String] = []
    if list.spdxVersion != "SPDX-2.3" { faults.append("its version is \(list.spdxVersion)") }
    if list.dataLicense != "CC0-1.0" { faults.append("its own licence is \(list.dataLicense)") }
    if list.SPDXID != "SPDXRef-DOCUMENT" { faults.append("its id is \(list.SPDXID)") }
    if list.documentNamespace.wholeMatch(of: /https:\/\/[^# ]+/) == nil {
      faults.append("its namespace \(list.documentNamespace) is no address")
    }
    let created = list.creationInfo.created
    if created.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) == nil { faults.append("its time is \(created)") }
    for maker in list.creationInfo.creators where maker.wholeMatch(of: /(Tool|Person|Organization): .+/) == nil {
      faults.append("its maker is \(maker)")
    }
    return faults
  }

  private static func ids(_ list: SPDXDocument) -> [String] {
    var seen: Set<String> = [list.SPDXID]
    return (list.packages.map(\.SPDXID) + list.files.map(\.SPDXID)).compactMap { id in
      if id.wholeMatch(of: /SPDXRef-[A-Za-z0-9.-]+/) == nil { return "\(id) is no id" }
      return seen.insert(id).inserted ? nil : "\(id) stands twice"
    }
  }

  private static func package(_ package: SPDXDocument.Package) -> [String] {
    var faults: [String] = []
    let purls = (package.externalRefs ?? []).filter { $0.referenceType == "purl" }.map(\.referenceLocator)
    if package.versionInfo == nil && purls.isEmpty { faults.append("\(package.SPDXID) has no version and no purl") }
    let sum = package.packageVerificationCode?.packageVerificationCodeValue
    if package.filesAnalyzed && !(sum.map { isHex($0, count: 40) } ?? false) {
      faults.append("\(package.SPDXID) has no sum over its files")
    }
    for purl in purls where purl.wholeMatch(of: /pkg:[a-z]+\/[^ @]+(@[^ @?+]+)?(\?[^ ]+)?/) == nil {
      faults.append("\(package.SPDXID) has the purl \(purl)")
    }
    return faults
  }

  private static func file(_ file: SPDXDocument.File) -> [String] {
    var faults = file.fileName.hasPrefix("./") ? [] : ["\(file.SPDXID) is called \(file.fileName)"]
    // The first is asked for, the second is what can be relied on.
    for (algorithm, count) in [("SHA1", 40), ("SHA256", 64)] {
      let sums = file.checksums.filter { $0.algorithm == algorithm && isHex($0.checksumValue, count: count) }
      if sums.count != 1 { faults.append("\(file.SPDXID) has no \(algorithm)") }
    }
    return faults
  }

  private static func relations(_ list: SPDXDocument) -> [String] {
    let known = Set([list.SPDXID] + list.packages.map(\.SPDXID) + list.files.map(\.SPDXID))
    let closed = Set(list.packages.filter { !$0.filesAnalyzed }.map(\.SPDXID))
    let described = list.relationships.filter { $0.relationshipType == "DESCRIBES" }.count
    return (described == 1 ? [] : ["it describes \(described) parts"])
      + list.relationships.flatMap { relation in
        var faults: [String] = []
        if relation.relationshipType == "CONTAINS" && closed.contains(relation.spdxElementId) {
          faults.append("\(relation.spdxElementId) contains files and says that they were not looked at")
        }
        if !relationships.contains(relation.relationshipType) {
          faults.append("\(relation.relationshipType) is no relationship")
        }
        for end in [relation.spdxElementId, relation.relatedSpdxElement] where !known.contains(end) {
          faults.append("\(end) is nowhere")
        }
        return faults
      }
  }

  private static func isHex(_ text: String, count: Int) -> Bool {
    text.count == count && text.allSatisfy { "0123456789abcdef".contains($0) }
  }
}
