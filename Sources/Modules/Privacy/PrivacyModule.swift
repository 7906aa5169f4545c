import Contracts
public import Core
import HTML
public import Web

/// What a person may ask about their own data, and whether what they hold is genuine.
public struct PrivacyModule: Module {
  public static let name = "privacy"
  public static let uses = [ServiceKey((any LedgerService).self)]

  private let ledger: (any LedgerService)?

  public init(services: ServiceRegistry) throws { ledger = services.find((any LedgerService).self) }
}

extension PrivacyModule: WebFacing {
  public func routes() -> [Route] { ledger.map { VerificationPages(ledger: $0).routes } ?? [] }

  public func navigation() -> [NavigationEntry] {
    guard ledger != nil else { return [] }
    return [
      NavigationEntry(
        .portal, "privacy.menu.verify", VerificationPages.link, order: 90, icon: .check,
        hint: "privacy.menu.verify-hint")
    ]
  }
}
