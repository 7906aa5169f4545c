# Gives the facts that scripts/bill-of-materials collects their form: SPDX 2.3 (spdx.github.io/spdx-spec/v2.3).

def id($kind; $name): "SPDXRef-\($kind)-" + ($name | gsub("[^A-Za-z0-9.]+"; "-"));

# The one of Debian's package names that is the same on every machine: without the architecture.
def part_id: id("Package"; if . == "gapura" or . == "swift" then . else "deb-" + (split(":")[0]) end);

def purl($locator): { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: $locator };

def relation($from; $type; $to): { spdxElementId: $from, relationshipType: $type, relatedSpdxElement: $to };

[inputs | split("\t")] as $facts
| def facts($kind): $facts[] | select(.[0] == $kind);

# All files of a part are in the list, or none is said to be.
def analysed($part): [facts("verification") | select(.[1] == $part)[2]] | first // null
  | if . then { filesAnalyzed: true, packageVerificationCode: { packageVerificationCodeValue: . } }
    else { filesAnalyzed: false } end;

def package($part): {
  SPDXID: ($part | part_id),
  downloadLocation: "NOASSERTION",
  licenseConcluded: "NOASSERTION",
  copyrightText: "NOASSERTION",
} + analysed($part);

def gapura: package("gapura") + {
  name: $name,
  versionInfo: $version,
  supplier: "Organization: the maintainers of Gapura",
  primaryPackagePurpose: "APPLICATION",
  licenseDeclared: (if $licence == "" then "NONE" else $licence end),
  externalRefs: [purl("pkg:generic/\($name)@\($version)")],
  comment: "No other project's source is among its own: the C in Sources/System was written for it."
} + (if $commit == "" then {} else { sourceInfo: "built from the commit \($commit)" } end);

def swift: package("swift") + {
  name: "swift",
  versionInfo: $swift,
  supplier: "Organization: swift.org",
  primaryPackagePurpose: "LIBRARY",
  licenseDeclared: "Apache-2.0 WITH Swift-exception",
  externalRefs: [
    purl("pkg:github/swiftlang/swift@\($swift_tag)"),
    {
      referenceCategory: "SECURITY", referenceType: "cpe23Type",
      referenceLocator: "cpe:2.3:a:apple:swift:\($swift):*:*:*:*:*:*:*"
    }
  ],
  comment: "The standard library, Foundation and libdispatch of the toolchain: the archives that were linked in."
};

# kind, package, what it is here, version, source package, its version, architecture
def debian: (.[1] | split(":")[0]) as $bare | package(.[1]) + {
  name: $bare,
  supplier: "Organization: Debian",
  primaryPackagePurpose: (if .[2] == "program" then "APPLICATION" else "LIBRARY" end),
  licenseDeclared: "NOASSERTION",
  licenseComments: "/usr/share/doc/\($bare)/copyright",
  externalRefs: [purl(
    "pkg:deb/debian/\($bare)"
    + if .[3] == "" then "?distro=\($system)" else "@\(.[3] | @uri)?arch=\(.[6])&distro=\($system)" end)]
} + if .[3] == "" then {} else { versionInfo: .[3], sourceInfo: "built from the source package \(.[4]) \(.[5])" } end;

# kind, part, name, SHA-1 (which SPDX asks for), SHA-256
def file: {
  SPDXID: id("File"; .[2]),
  fileName: "./\(.[2])",
  fileTypes: [if .[2] | endswith(".a") then "ARCHIVE" else "BINARY" end],
  checksums: [{ algorithm: "SHA1", checksumValue: .[3] }, { algorithm: "SHA256", checksumValue: .[4] }],
  copyrightText: "NOASSERTION",
  licenseConcluded: "NOASSERTION"
};

{
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "\($name)-\($version)",
  documentNamespace: "https://spdx.org/spdxdocs/\($name)-\($version)-\($digest)",
  creationInfo: { created: $created, creators: ["Tool: gapura-bill-of-materials-\($version)"] },
  comment: "The Swift runtime is inside the executable. Debian's libraries are linked dynamically: the versions here are those of the machine that built it, and what runs is what is installed.",
  packages: ([gapura] + [swift | select(.filesAnalyzed)] + [facts("debian") | debian]),
  files: [facts("file") | file],
  relationships: (
    [relation("SPDXRef-DOCUMENT"; "DESCRIBES"; "gapura" | part_id)]
    + [facts("file") | id("File"; .[2]) as $file
      | if .[1] == "gapura" or .[1] == "swift" then relation(.[1] | part_id; "CONTAINS"; $file)
        else relation($file; "EXPANDED_FROM_ARCHIVE"; .[1] | part_id) end]
    + [facts("link") | relation(.[1] | part_id; .[2]; .[3] | part_id)]
    + [facts("program") | relation(.[1] | part_id; .[2]; "gapura" | part_id) + { comment: .[3] }])
}
