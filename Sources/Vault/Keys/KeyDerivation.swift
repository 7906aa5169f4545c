import Contracts
import Core
import Crypto

// Every key of the office begins here.
//
// HKDF-SHA-256 (RFC 5869) gives independent keys for distinct `info`; the labels below are distinct, and the ones with a
// part chosen elsewhere end in it, behind a prefix that no other label has. The root key and the office key are 32 random
// bytes, so HKDF needs no salt (section 3.1). A label never changes its meaning: another use or another algorithm gets
// another label.
//
// Keys that are not derived:
// - The office key is random, made once for an office, and wrapped under the root key. What must outlive a change of the
//   root key is derived from it: were blind indexes derived from the root key, each new one would mean opening every
//   record to file it again.
// - A key-encryption key is random and wrapped under the root key. Random, so that it can be wrapped under a new
//   root key without touching what it wraps. It wraps one data key a person and rotation (AES-256-GCM, random
//   nonces): far below 2^32 wrappings. Associated data: person, KEK version, data key version.
// - A data key is random, one a person, wrapped under a KEK. It seals that person's records: some writes in a
//   lifetime. Associated data: person, kind, schema version, data key version. Destroying its wrapping erases the
//   person.

/// What a key derived from the root key is for.
enum RootLabel: String, Sendable {
  /// Wraps the office key and the key-encryption keys (AES-256-GCM, random nonces). One wrapping a key and root key: some
  /// dozens in the life of an office, of 2^32 allowed. Associated data: which key, and its version.
  case keyWrapping = "key-wrapping"
  /// Seals the canary (AES-256-GCM), once for each root key. A key of its own, so that a canary that opens proves the
  /// root key and nothing else, and no other ciphertext can stand in its place.
  case canary
  /// Not a key but a name: tells which of two root keys a wrapping belongs to while one takes the other's place. Stands
  /// in the key ring in clear, which is safe because HKDF's outputs tell nothing of each other.
  case name = "root-name"

  /// The `info` of the derivation.
  var info: [UInt8] { Array("gapura/v1/\(rawValue)".utf8) }
}

/// What a key derived from the office key is for.
enum KeyLabel: Hashable, Sendable {
  /// Seals the data file's mark (AES-256-GCM), once in the life of a data file: it opens only beside the key ring with
  /// which the file was begun.
  case pairing
  /// Blind indexes of one field (HMAC-SHA-256). Equal values give equal tags, which is the purpose; a key a field
  /// keeps a NIK from being compared with a passport number. Without the key a tag cannot be tried against all
  /// NIKs, of which there are few enough to enumerate.
  case blindIndex(IdentityField)
  /// The seed of the Ed25519 key that signs the ledger's heads and receipts. What is signed as one can never pass for the
  /// other: a head is text that begins with the ledger's name, a receipt's bytes with the length of their label.
  case ledgerSigning
  /// Marks each ledger entry's index and hash (HMAC-SHA-256): an attacker who can only write the database can compute the
  /// tree anew, but no mark.
  case ledgerMarks
  /// Seals the ledger's tip (HMAC-SHA-256). Apart from `ledgerMarks`, since every mark stands in the table in clear.
  case ledgerTip
  /// Message authentication for other targets (HMAC-SHA-256): form tokens, session digests. The purpose is text
  /// of the source, so two uses share a key only if they are written the same.
  case keyedHash(String)
  /// Seals secrets of other targets (AES-256-GCM, random nonces): those of officers' one-time codes, some a year, of 2^32
  /// allowed. The purpose is text of the source. Associated data: whose secret it is, and for what.
  case sealing(String)
  /// Gives secrets to other targets (HKDF-SHA-256), one for each list of what it is for: those that officers' apps are shown
  /// until they are taken. The purpose is text of the source.
  case secrets(String)

  /// The `info` of the derivation.
  var info: [UInt8] { Array("gapura/v1/\(name)".utf8) }

  private var name: String {
    switch self {
    case .pairing: "pairing"
    case .blindIndex(let field): "blind-index/\(field.rawValue)"
    case .ledgerSigning: "ledger-signing"
    case .ledgerMarks: "ledger-marks"
    case .ledgerTip: "ledger-tip"
    case .keyedHash(let purpose): "keyed-hash/\(purpose)"
    case .sealing(let purpose): "sealing/\(purpose)"
    case .secrets(let purpose): "secrets/\(purpose)"
    }
  }
}

/// Keys derived from a person's data key.
///
/// The data key itself keys AES-256-GCM for records, and HKDF here: two uses of one secret, which stay apart because
/// HKDF's output tells nothing of its input and AES-GCM gives no HMAC-SHA-256 values away.
enum DataKeyLabel {
  /// Seals one document in chunks (AES-256-GCM, STREAM). The nonces count chunks, so no two documents may share a key:
  /// the salt is random and drawn for each file, beside the document's own number here. Destroying the data key takes
  /// every document's key with it.
  case document(DocumentID, of: SubjectID, keyVersion: Int)

  /// The `info` of the derivation.
  var info: [UInt8] {
    switch self {
    case .document(let id, let subject, let keyVersion):
      AssociatedData("gapura/v1/document-key").adding(subject.rawValue).adding(id.rawValue).adding(Int64(keyVersion))
        .bytes
    }
  }
}
