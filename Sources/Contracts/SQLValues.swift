public import Store

// How the values of the contracts stand in tables: by their raw text.

extension ApplicationEnding: SQLValue {}
extension ServiceCode: SQLValue {}
extension TicketState: SQLValue {}
extension TicketAction: SQLValue {}
extension Channel: SQLValue {}
extension PriorityGroup: SQLValue {}
extension Assistance: SQLValue {}
extension RecordKind: SQLValue {}
extension Purpose: SQLValue {}
extension IdentityField: SQLValue {}
extension DocumentType: SQLValue {}
extension DocumentState: SQLValue {}
extension LedgerKind: SQLValue {}
