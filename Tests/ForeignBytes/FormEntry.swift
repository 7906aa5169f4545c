internal import Client
internal import Web

/// URL-encoded forms over a real connection: what arrives does not depend on the pieces in which it came, is what a plain
/// reading of the body gives, and sent again as it was read it is the same.
struct FormEntry: FuzzEntry {
  static let name = "form"

  private static let mediaType = "application/x-www-form-urlencoded"

  static let seeds =
    [
      "nama=Siti+Ayu&kota=Yogyakarta", "a=1&a=2&b=&=c&d", "nik=3174995508900001&lahir--hari=17&lahir--bulan=8",
      "kata=%C3%A9+%E5%B1%B1+%F0%9F%98%80", "x=%00%1B%7F", "a=%&b=%4&c=%zz&d=%%41", "a=1\r\n", "a=1\n&b=2",
      "catatan=baris+satu%0D%0Abaris+dua", "_csrf=abc&_kirim=K1&_halaman=%2F", "&&&", "a;b=c;d", "a=b=c&d==",
      "b%00c=1", "é=\u{E9}", "a=" + String(repeating: "%", count: 40),
    ].map { Array($0.utf8) } + [[0x61, 0x3D, 0xFF, 0xFE]]

  static let words = ["&", "=", "+", "%00", "%26", "%3D", "%2B", "%0D%0A", "_csrf=", "_kirim=", "--hari=", "%C3%A9"]

  private let office: FuzzOffice
  private let connection = FuzzConnection()

  init() throws { office = try FuzzOffice.shared.get() }

  func check(_ bytes: [UInt8]) throws {
    let (answer, form) = try post(bytes, .whole)
    try hold([200, 400, 413].contains(answer.status), "status \(answer.status)")
    try hold((answer.status == 200) == (form != nil), "answered \(answer.status) and the handler was not asked")
    for byteCount in [1 + bytes.count % 7, 1 + bytes.count / 2] {
      let (again, pieces) = try post(bytes, .chunks(byteCount: byteCount))
      try hold(
        again.status == answer.status && pieces == form,
        "in pieces of \(byteCount): \(again.status) \(said(pieces)) instead of \(answer.status) \(said(form))")
    }
    if let plain = PlainForm(bytes) {
      let wanted = FormInput(plain.entries).entries
      try hold(form?.entries == wanted, "read \(said(form)) instead of \(wanted)")
    }
    if let form { try checkRoundTrip(form) }
  }

  private func checkRoundTrip(_ form: FuzzOffice.Form) throws {
    try hold(form.files.isEmpty, "a file in a form without files")
    let body = form.entries.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    let (answer, again) = try post(Array(body.utf8), .whole)
    // What was taken apart wrongly may be too long when it is written out whole.
    guard answer.status != 413 else { return }
    try hold(again == form, "sent again: \(answer.status) \(said(again)) instead of \(said(form))")
  }

  private func post(_ body: [UInt8], _ framing: FuzzOffice.Framing) throws -> (answer: Answer, form: FuzzOffice.Form?) {
    try office.post(body, as: Self.mediaType, to: "/formulir", framing, over: connection)
  }

  private func said(_ form: FuzzOffice.Form?) -> String {
    form.map {
      "\($0.entries.map { "\(EscapedBytes.text(of: $0.name.utf8))=\(EscapedBytes.text(of: $0.value.utf8))" })"
    }
      ?? "nothing"
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      return isPlain ? String(character) : "%" + String(0x100 + Int(byte), radix: 16).dropFirst()
    }.joined()
  }
}

/// A form whose meaning is beyond doubt: as browsers write one (WHATWG URL, section 5.2), and within our limits.
private struct PlainForm {
  private(set) var entries: [FormInput.Entry] = []

  init?(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let name = Self.decoded(sides[0]), let value = Self.decoded(sides[1]),
        name.utf8.count <= 200, name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { return nil }
      entries.append(FormInput.Entry(name, value))
    }
    guard entries.count <= 300 else { return nil }
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
          let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        bytes.append(code)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        bytes.append(byte)
      default: return nil
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
