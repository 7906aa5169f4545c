internal import Civil
internal import Core
internal import HTML

/// What is to be typed; decides the keyboard that a phone shows, what a browser may fill in by itself
/// (WCAG 1.3.5), and how much is taken.
public enum TextKind: Sendable, Equatable {
  /// One line of up to 200 characters.
  case plain
  /// One line of up to so many characters.
  case short(Int)
  /// The reader's own full name.
  case name
  /// A count or an amount: digits only, up to so many.
  case numeric(digits: Int)
  /// The number of a thing, which counts nothing (a NIK, a PIN): up to so many digits, in groups with whatever people write
  /// between them.
  case grouped(digits: Int)
  /// A telephone number.
  case telephone
  /// A mail address.
  case email
  /// A home address, in three lines.
  case address
  /// A date typed as day, month and year.
  case date
  /// The reader's own date of birth, likewise.
  case birthDate
  /// The reader's own user name, of up to so many characters.
  case username(max: Int)
  /// A password that exists; pasting and password managers work (WCAG 3.3.8).
  case password
  /// A password to be made up.
  case newPassword
  /// A secret number that exists or is to be made up, of up to so many digits.
  case secretNumber(digits: Int)
  /// A code from an authenticator or a message: digits, up to so many.
  case oneTimeCode(digits: Int)
  /// A code of ours in letters and digits.
  case code
  /// A short one, or a time of day, of up to so many characters.
  case reference(Int)
  /// A number of ours in twelve digits, typed with or without its groups.
  case caseNumber
  /// Several lines, shown that high, of up to so many characters.
  case multiline(rows: Int, max: Int = 2_000)

  /// The most characters taken.
  var characterCountMax: Int {
    switch self {
    case .plain, .name: 200
    case .short(let count), .username(let count), .reference(let count): count
    case .numeric(let digits), .grouped(let digits), .oneTimeCode(let digits), .secretNumber(let digits): digits
    case .telephone: 20
    case .email: 254  // RFC 5321, 4.5.3.1.3, less the angle brackets
    case .address: 500
    case .date, .birthDate: 10
    case .password, .newPassword: 200
    case .code: 32
    case .caseNumber: TypedNumber.characterCountMax
    case .multiline(_, let max): max
    }
  }

  /// The most characters that a browser lets through: digits may be typed and pasted in groups.
  var typedCountMax: Int {
    switch self {
    case .numeric(let digits), .grouped(let digits), .oneTimeCode(let digits): 2 * digits
    case .plain, .short, .name, .telephone, .email, .address, .date, .birthDate, .username, .password, .newPassword,
      .secretNumber, .code, .reference, .caseNumber, .multiline:
      characterCountMax
    }
  }

  /// The width in characters of the box, where a fitting width tells what belongs in it.
  var width: Int? {
    switch self {
    case .short(let count): count <= 20 ? count : nil
    case .reference(let count): count
    case .numeric(let digits), .grouped(let digits), .oneTimeCode(let digits), .secretNumber(let digits): digits
    case .telephone: 20
    case .code, .caseNumber: 20
    case .plain, .name, .email, .address, .date, .birthDate, .username, .password, .newPassword, .multiline: nil
    }
  }

  /// How many lines the box shows; nil for a box of one line.
  var rows: Int? {
    switch self {
    case .multiline(let rows, _): rows
    case .address: 3
    case .plain, .short, .name, .numeric, .grouped, .telephone, .email, .date, .birthDate, .username, .password,
      .newPassword, .secretNumber, .oneTimeCode, .code, .reference, .caseNumber:
      nil
    }
  }

  var attributes: [Attribute] {
    switch self {
    case .plain, .short: [.type(.text), .directionByText]
    case .date, .birthDate: [.type(.text)]
    case .name: [.type(.text), .directionByText, .autocomplete("name"), .autocapitalize("words"), .spellcheck(false)]
    case .numeric, .grouped, .caseNumber:
      [.type(.text), .inputmode("numeric"), .spellcheck(false), .autocomplete("off")]
    case .telephone: [.type(.tel), .autocomplete("tel")]
    case .email: [.type(.email), .autocomplete("email"), .spellcheck(false)]
    case .username: [.type(.text), .autocomplete("username"), .autocapitalize("none"), .spellcheck(false)]
    case .password: [.type(.password), .autocomplete("current-password")]
    case .newPassword: [.type(.password), .autocomplete("new-password")]
    case .secretNumber: [.type(.password), .inputmode("numeric"), .autocomplete("off")]
    case .oneTimeCode: [.type(.text), .inputmode("numeric"), .autocomplete("one-time-code")]
    case .code, .reference: [.type(.text), .autocapitalize("characters"), .spellcheck(false), .autocomplete("off")]
    case .address: [.directionByText, .autocomplete("street-address")]
    case .multiline: [.directionByText]
    }
  }

  /// What was typed, as an answer of this kind is kept (`TextGate`).
  func settled(_ typed: String) -> String {
    switch self {
    case .plain, .short: TextGate.line(typed).text
    case .name: TextGate.name(typed).text
    // Groups only: a minus or a point makes another number, which is refused.
    case .numeric: TextGate.number(typed).text.filter { $0 != " " }
    case .grouped, .oneTimeCode, .secretNumber: TextGate.number(typed).text.filter { !" .-/".contains($0) }
    case .telephone, .date, .birthDate, .code, .reference, .caseNumber: TextGate.number(typed).text
    case .email: TextGate.line(typed).text
    case .username: TextGate.username(typed).text
    case .password, .newPassword: TextGate.password(typed)
    case .address, .multiline: TextGate.lines(typed).text
    }
  }

  /// What is masked while it is typed; a code that is good for once is not.
  var isPassword: Bool { self == .password || self == .newPassword }

  /// What was typed never goes back into the page.
  var isSecret: Bool {
    switch self {
    case .password, .newPassword, .secretNumber, .oneTimeCode: true
    case .plain, .short, .name, .numeric, .grouped, .telephone, .email, .address, .date, .birthDate, .username, .code,
      .reference, .caseNumber, .multiline:
      false
    }
  }
}
