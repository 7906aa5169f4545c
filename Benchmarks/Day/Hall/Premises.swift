internal import Core

/// Everything around a visitor and an officer: where the server is, what it offers, the hall, the words.
struct Premises: Sendable {
  let address: ServerAddress
  let offer: Offer
  let hall: Hall
  let kiosks: KioskRow
  let locales: Locales
  let pace: Pace
  let told: Told
  let measurements: Measurements

  func surfer(_ language: Language, network: String) -> Surfer {
    Surfer(address, language: language, network: network, measurements: measurements)
  }
}
