import Contracts
import Core
import FoundationEssentials

/// What a person is given of their data, besides the documents: everything that the office keeps under their name.
struct CopyContent: Encodable {
  struct Application: Encodable {
    let number: String
    let service: String
    let registeredAt: String
    let feeRupiah: Int64
  }

  /// The records as they stand; what is nil was never given.
  struct Records: Encodable {
    var biodata: Biodata?
    var contact: Contact?
    var travelDocument: TravelDocument?
    var biometric: Biometric?
    var answers: [String: String]?
  }

  /// What stood in a record before it was corrected.
  struct Earlier: Encodable {
    let correctedAt: String
    let changedFields: [String]
    /// The one that was corrected.
    let record: Records
  }

  struct ConsentLine: Encodable {
    let matter: String
    let version: Int
    let language: String
    let text: String
    let way: String
    let givenAt: String
    let withdrawnAt: String?
  }

  struct OpeningLine: Encodable {
    let at: String
    let role: String
    let purpose: String
    let record: String
    let fields: [String]
    let outcome: String
  }

  struct RequestLine: Encodable {
    let kind: String
    let receivedAt: String
    let dueAt: String
    let state: String
    let refusal: String?
    let decidedAt: String?
  }

  /// What the person has sent apart from the application, such as a complaint, with what was answered.
  struct HoldingLine: Encodable {
    let kind: String
    let reference: String
    let receivedAt: String
    let answers: [String: String]
  }

  /// A stage that the application has entered.
  struct StageLine: Encodable {
    let stage: String
    let name: String
    let enteredAt: String
  }

  /// What was said to be needed in the hall.
  struct NeedsLine: Encodable {
    let priority: String?
    let assistance: [String]
  }

  /// A number that was taken for the application.
  struct TicketLine: Encodable {
    let number: String
    let service: String
    let channel: String
    let isPriority: Bool
    let state: String
    let counter: Int?
    let takenAt: String
    let appointedAt: String?
    let calledAt: String?
    let startedAt: String?
    let endedAt: String?
    /// Nil where nothing was said, or it has been forgotten since.
    let needs: NeedsLine?
  }

  struct AppointmentLine: Encodable {
    let day: String
    let time: String
    let service: String
    let kind: String
    let state: String
    let priority: String?
    let madeAt: String
    let bookedAt: String?
    let endedAt: String?
  }

  struct DrawLine: Encodable {
    let service: String
    let enteredAt: String
    let wish: String?
    let rank: Int?
  }

  struct DocumentLine: Encodable {
    /// Where it lies in the archive; nil where it cannot be given.
    let file: String?
    let type: String
    let byteCount: Int
    let receivedAt: String
    let state: String
  }

  let format = "gapura-personal-data/1"
  let office: String
  let madeAt: String
  let application: Application
  var restrictedSince: String?
  var records = Records()
  var earlierRecords: [Earlier] = []
  var consents: [ConsentLine] = []
  var openings: [OpeningLine] = []
  var requests: [RequestLine] = []
  var holdings: [HoldingLine] = []
  var documents: [DocumentLine] = []
  /// nil where no module follows applications.
  var stages: [StageLine]?
  var promisedFor: String?
  /// Nil, as what follows, where there is no queue.
  var tickets: [TicketLine]?
  var appointments: [AppointmentLine]?
  var drawEntries: [DrawLine]?

  enum CodingKeys: String, CodingKey {
    case format, office, madeAt, application, restrictedSince, records, earlierRecords, consents, openings, requests,
      holdings = "complaints", documents, stages, promisedFor, tickets, appointments, drawEntries
  }

  /// The content as JSON that a person can read, too.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(self)) + Array("\n".utf8)
  }
}
