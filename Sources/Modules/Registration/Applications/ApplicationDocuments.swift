import Contracts
import Core
import Store

/// The documents of an application: what is asked for, and what has been sent.
struct ApplicationDocuments: Sendable {
  /// A document that is asked for or was sent.
  struct Entry: Sendable {
    /// Nil for a document that was sent for a requirement which the catalogue has no more.
    let requirement: DocumentRequirement?
    let code: String
    let document: DocumentSummary?
  }

  let applications: Applications
  let service: any DocumentService
  let zone: OfficeZone

  /// The entries of an application, those of the service's requirements first.
  func entries(of summary: ApplicationSummary, in database: borrowing some Queryable & ~Copyable) throws -> [Entry] {
    var sent: [String: DocumentSummary] = [:]
    for entry in try ApplicationDocumentTable.all(of: summary.number, in: database) {
      // Nil when the person was erased: the documents have gone with them.
      sent[entry.requirement] = try service.document(entry.document, in: database)
    }
    let requirements = applications.catalogue?.service(summary.service).map(DocumentRequirement.all) ?? []
    let asked = requirements.map { Entry(requirement: $0, code: $0.code, document: sent.removeValue(forKey: $0.code)) }
    return asked + sent.sorted { $0.key < $1.key }.map { Entry(requirement: nil, code: $0.key, document: $0.value) }
  }

  /// Takes a document that arrives, in the place of the one before, which stays until the new one is whole.
  ///
  /// - Throws: `Problem` of `DocumentService.store` and `UploadQuota`; `registration.ended` when the application has ended
  ///   while it arrived; or what the chunks throw.
  func receive<Chunks: AsyncSequence & Sendable>(
    _ chunks: Chunks, for requirement: DocumentRequirement, of summary: ApplicationSummary, from client: LookUpClient
  ) async throws -> DocumentSummary where Chunks.Element == [UInt8] {
    let quota = UploadQuota(
      of: summary.number, from: client, on: zone.date(of: applications.clock.now), hash: applications.hash,
      quotas: service.limits.quotas)
    // A sender who is over the limit already sends nothing that is sealed in vain.
    try await applications.store.read { try quota.requireSome(in: $0) }
    return try await service.store(chunks, of: summary.subject) { [service] document, transaction in
      try quota.take(document.byteCount, in: transaction)
      try requireLife(of: summary.number, in: transaction)
      let previous = try ApplicationDocumentTable.put(
        document.id, in: requirement.code, of: summary.number, in: transaction)
      if let previous { try service.remove(previous, in: transaction) }
      try transaction.append(Event(kind: "application.document-received", entity: summary.number.description))
    }
  }

  /// Nothing is put to an application that has ended meanwhile.
  private func requireLife(of number: ApplicationNumber, in transaction: borrowing Transaction) throws {
    guard try ApplicationTable.application(number, in: transaction)?.ending == nil else {
      throw Problem(.conflict, "registration.ended")
    }
  }

  /// Takes a document away.
  func remove(_ requirement: String, of summary: ApplicationSummary) async throws {
    try await applications.store.write { [service] transaction in
      try requireLife(of: summary.number, in: transaction)
      if let document = try ApplicationDocumentTable.clear(requirement, of: summary.number, in: transaction) {
        try service.remove(document, in: transaction)
      }
    }
  }
}
