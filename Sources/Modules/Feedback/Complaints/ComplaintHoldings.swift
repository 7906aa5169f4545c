internal import Contracts
internal import Core
internal import Store

/// Reports, as what people ask about their data reaches them.
struct ComplaintHoldings: PersonalHoldings {
  func holdings<Database: Queryable & ~Copyable>(
    of subjects: [SubjectID], in database: borrowing Database
  ) throws -> [PersonalHolding] {
    try ComplaintTable.complaints(of: subjects, in: database).map(holding)
  }

  func holding<Database: Queryable & ~Copyable>(
    _ reference: String, in database: borrowing Database
  ) throws -> PersonalHolding? {
    try ComplaintNumber(reference).flatMap { try ComplaintTable.complaint($0, in: database) }.map(holding)
  }

  private func holding(_ complaint: Complaint) -> PersonalHolding {
    PersonalHolding(
      kind: .complaint, subject: complaint.subject, reference: complaint.number.description,
      traits: [
        MessageKey("feedback.class", named: complaint.kind.rawValue),
        MessageKey("feedback.category", named: complaint.category.rawValue),
      ], receivedAt: complaint.receivedAt)
  }
}
