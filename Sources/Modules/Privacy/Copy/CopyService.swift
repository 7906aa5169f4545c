import Contracts
import Core
import Store

/// Puts together what a person is given: one ZIP archive with JSON and the documents, readable without Gapura.
struct CopyService: Sendable {
  /// A requirement of many small documents still fits; ZIP's directory stands in memory.
  static let documentCountMax = 500

  let requests: RightsRequestService
  let office: Office

  /// An archive on its way.
  struct Copy: Sendable {
    let name: String
    let byteCount: Int
    let chunks: AsyncThrowingStream<[UInt8], any Error>
  }

  /// The archive, once a supervisor has released it; each record and document that goes into it is an opening for the
  /// purpose `rights`, and the whole an entry of its own.
  ///
  /// - Parameter guide: what stands in the archive's first file.
  /// - Throws: `Problem` `privacy.no-copy` when nothing was released or it was too long ago, `privacy.copy-too-large`.
  func copy(for summary: ApplicationSummary, guide: String) async throws -> Copy {
    let now = requests.clock.now
    let reached = try await requests.store.read { snapshot in
      let released = try RequestTable.all(of: summary.subject, limit: RightsRequestService.listedMax, in: snapshot)
        .filter { $0.copyEnd.map { now < $0 } ?? false }
      guard !released.isEmpty else { throw Problem(.forbidden, "privacy.no-copy") }
      return try RequestTable.reached(by: released.map(\.code), in: snapshot)
    }
    let documents = try await documents(of: summary.subject)
    let readable = documents.filter(\.state.isReadable)
    let paths = Dictionary(
      uniqueKeysWithValues: readable.enumerated().map { place, document in
        (document.id, "dokumen/\(place + 1).\(document.type.fileExtension)")
      })
    let content = try await content(of: summary, reaching: reached, documents, paths).json()
    let small = [("BACA-DULU.txt", Array(guide.utf8)), ("data.json", content)]
    let parts =
      small.map { CopyStream.Part(.init(name: $0, byteCount: $1.count), .bytes($1)) }
      + readable.map { document in
        CopyStream.Part(
          .init(name: paths[document.id] ?? "dokumen", byteCount: document.byteCount), .document(document.id))
      }
    guard parts.allSatisfy({ $0.entry.byteCount <= ZipWriter.entryByteCountMax }) else {
      throw Problem(.tooLarge, "privacy.copy-too-large")
    }
    let byteCount = ZipWriter.byteCount(of: parts.map(\.entry))
    try await requests.store.write { transaction in
      try requests.rights.noteAccess(of: summary.subject, as: .applicant, in: transaction)
    }
    let stream = CopyStream(parts, documents: requests.documents, writer: ZipWriter(at: now, in: office.zone))
    return Copy(
      name: "data-\(summary.number).zip", byteCount: byteCount,
      chunks: AsyncThrowingStream { try await stream.next() })
  }

  private func documents(of subject: SubjectID) async throws -> [DocumentSummary] {
    guard let documents = requests.documents else { return [] }
    return Array(
      try await requests.store.read { try documents.documents(of: subject, in: $0) }.prefix(Self.documentCountMax))
  }

  /// Everything but the documents, in one transaction, so that it fits together.
  private func content(
    of summary: ApplicationSummary, reaching others: [SubjectID], _ documents: [DocumentSummary],
    _ paths: [DocumentID: String]
  ) async throws -> CopyContent {
    let (zone, now) = (office.zone, requests.clock.now)
    return try await requests.store.write { transaction in
      var content = CopyContent(
        office: office.name[.indonesian], madeAt: zone.timestamp(now),
        application: .init(
          number: summary.number.description, service: summary.service.rawValue,
          registeredAt: zone.timestamp(summary.registeredAt), feeRupiah: Int64(summary.fee.amount)))
      let subject = summary.subject
      content.restrictedSince = try requests.rights.restrictedSince(subject, in: transaction).map(zone.timestamp)
      // Before they are added to by this very copy.
      content.openings = try openings(of: [subject] + others, in: transaction)
      content.holdings = try holdings(of: others, in: transaction)
      content.records = try records(of: subject, in: transaction)
      content.earlierRecords = try earlier(of: subject, in: transaction)
      content.consents = try requests.consents.consents(of: subject, in: transaction).map {
        .init(
          matter: $0.text.matter.rawValue, version: $0.text.version, language: $0.text.language.rawValue,
          text: $0.text.text, way: $0.way.rawValue, givenAt: zone.timestamp($0.givenAt),
          withdrawnAt: $0.withdrawnAt.map(zone.timestamp))
      }
      content.requests = try RequestTable.all(of: subject, limit: RightsRequestService.listedMax, in: transaction).map {
        .init(
          kind: $0.kind.rawValue, receivedAt: zone.timestamp($0.receivedAt), dueAt: zone.timestamp($0.dueAt),
          state: $0.state.rawValue, refusal: $0.refusal?.rawValue, decidedAt: $0.decidedAt.map(zone.timestamp))
      }
      content.documents = documents.map {
        .init(
          file: paths[$0.id], type: $0.type.mediaType.description, byteCount: $0.byteCount,
          receivedAt: zone.timestamp($0.receivedAt), state: $0.state.rawValue)
      }
      try CopyVisits(requests: requests, zone: zone).add(to: &content, summary.number, in: transaction)
      return content
    }
  }

  private func records(
    of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> CopyContent.Records {
    let records = try requests.vault.open(
      all: [Biodata.self, Contact.self, TravelDocument.self, Biometric.self, Statement.self], isFirstNeeded: false,
      of: subject, for: .rights, as: .applicant, in: transaction)
    return CopyContent.Records(
      biodata: records.record(Biodata.self)?.exposed, contact: records.record(Contact.self)?.exposed,
      travelDocument: records.record(TravelDocument.self)?.exposed,
      biometric: records.record(Biometric.self)?.exposed, answers: records.record(Statement.self)?.exposed.answers)
  }

  private func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> Record? {
    try requests.vault.open(type, of: subject, for: .rights, as: .applicant, in: transaction)?.exposed
  }

  private func openings(
    of subjects: [SubjectID], in transaction: borrowing Transaction
  ) throws -> [CopyContent.OpeningLine] {
    var openings: [Opening] = []
    for subject in subjects {
      openings += try requests.oversight.openings(of: subject, limit: RightsRequestService.openingsMax, in: transaction)
    }
    return openings.sorted { $0.entry > $1.entry }.map { opening in
      .init(
        at: office.zone.timestamp(opening.at), role: opening.role.rawValue, purpose: opening.purpose.rawValue,
        record: opening.record.rawValue, fields: opening.fields, outcome: opening.outcome.rawValue)
    }
  }

  private func holdings(
    of subjects: [SubjectID], in transaction: borrowing Transaction
  ) throws -> [CopyContent.HoldingLine] {
    var lines: [CopyContent.HoldingLine] = []
    for holding in try requests.holdings?.holdings(of: subjects, in: transaction) ?? [] {
      guard let statement = try open(Statement.self, of: holding.subject, in: transaction) else { continue }
      lines.append(
        .init(
          kind: holding.kind.rawValue, reference: holding.reference,
          receivedAt: office.zone.timestamp(holding.receivedAt), answers: statement.answers))
    }
    return lines
  }

  private func earlier(
    of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> [CopyContent.Earlier] {
    let lines =
      try earlier(\.biodata, of: subject, in: transaction) + earlier(\.contact, of: subject, in: transaction)
      + earlier(\.travelDocument, of: subject, in: transaction)
    return lines.sorted { $0.at < $1.at }.map(\.line)
  }

  private func earlier<Record: PersonalRecord>(
    _ place: WritableKeyPath<CopyContent.Records, Record?>, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> [(at: Instant, line: CopyContent.Earlier)] {
    try requests.rights.earlier(Record.self, of: subject, as: .applicant, in: transaction).map { correction, record in
      var records = CopyContent.Records()
      records[keyPath: place] = record.exposed
      return (
        correction.at,
        .init(
          correctedAt: office.zone.timestamp(correction.at), changedFields: correction.fields, record: records)
      )
    }
  }
}
