internal import Core

/// A password drawn for an account whose owner will replace it: 80 random bits in four groups that can
/// be read out and typed.
enum InitialPassword {
  /// Not used for so long, it opens nothing any more: it lies about on paper meanwhile. In words in
  /// `officers.initial.explanation`, `officers.sign-in.expired` and the commands.
  static let lifetime = Duration.hours(24)

  static func draw(from random: any RandomSource) -> Personal<String> {
    let symbols = (0..<2).map { _ in Crockford.encode(random.uint64() >> 24, length: 8).lowercased() }
    let groups = symbols.flatMap { [$0.prefix(4), $0.suffix(4)] }
    return Personal(groups.joined(separator: "-"))
  }
}
