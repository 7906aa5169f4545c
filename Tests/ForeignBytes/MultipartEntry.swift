internal import Client
internal import Web

/// Multipart forms over a real connection: what arrives does not depend on the pieces in which it came, files that are
/// handed on while they arrive are the files of a form that is taken as a whole, and sent again it is the same.
///
/// The first line of an input is the `Content-Type`.
struct MultipartEntry: FuzzEntry {
  static let name = "multipart"

  private static let plainType = "multipart/form-data; boundary=batas"

  private static let bodies = [
    "--batas\r\nContent-Disposition: form-data; name=\"nama\"\r\n\r\nSiti\r\nAyu\r\n--batas--\r\n",
    "--batas\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u{1}--\r\n--batas--\r\n",
    "--batas\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--batas--\r\n",
    "--batas\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--batas\r\nContent-Disposition: form-data; name=\"b\"; filename=\"b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--batasan\r\n-\r\n--batas--\r\n",
    "--batas\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=dalam\r\n\r\n--dalam\r\nContent-Disposition: attachment; filename=\"c\"\r\n\r\nisi\r\n--dalam--\r\n--batas--\r\n",
    "--batas\nContent-Disposition: form-data; name=a\n\n1\n--batas--", "--batas\r\n\r\ntanpa nama\r\n--batas--\r\n",
    "pembuka\r\n--batas\r\ncontent-disposition:form-data;name=\"a\"\r\nX-Lain: 1\r\nContent-Transfer-Encoding: binary\r\n\r\n1\r\n--batas--\r\nekor",
    "--batas\r\nContent-Disposition: form-data; name=\"a\"; filename=\"..\\\\..\\\\e\u{301}\u{202E}.exe\"\r\n\r\n1\r\n--batas--\r\n",
  ]

  static let seeds =
    bodies.map { Array("\(plainType)\n\($0)".utf8) }
    + [
      "multipart/form-data", "multipart/form-data; boundary=\"batas\"",
      "multipart/form-data;charset=utf-8;boundary=batas",
    ]
    .map { Array("\($0)\n\(bodies[0])".utf8) }

  static let words = [
    "--batas", "\r\n--batas\r\n", "\r\n--batas--\r\n", "Content-Disposition: form-data; ", "name=\"a\"",
    "; filename=\"f\"",
    "Content-Type: ", "multipart/mixed; boundary=dalam", "--dalam", "--dalam--", "Content-Transfer-Encoding: ",
    "\r\n\r\n",
    "attachment",
  ]

  private let office: FuzzOffice
  private let connection = FuzzConnection()

  init() throws { office = try FuzzOffice.shared.get() }

  func check(_ bytes: [UInt8]) throws {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    // What is no header field is the business of the front.
    guard lines.count == 2, lines[0].allSatisfy({ (0x20...0x7E).contains($0) }) else { return }
    let (type, body) = (String(decoding: lines[0], as: UTF8.self), Array(lines[1]))
    let taken = try inPieces(body, type, to: "/formulir")
    let streamed = try inPieces(body, type, to: "/muat")
    if let taken, let streamed {
      try hold(streamed.files == taken.files, "handed on \(said(streamed)), taken as a whole \(said(taken))")
    }
    if let taken { try checkRoundTrip(taken) }
  }

  /// What a handler is given, which must be the same however the body is cut.
  private func inPieces(_ body: [UInt8], _ type: String, to path: String) throws -> FuzzOffice.Form? {
    let (answer, form) = try office.post(body, as: type, to: path, .whole, over: connection)
    try hold([200, 400, 413, 415].contains(answer.status), "\(path): status \(answer.status)")
    // Of a body without a byte nothing but its length says that it is none: in chunks it is a form that is not whole.
    guard !body.isEmpty else { return form }
    for byteCount in [1 + body.count % 11, 1 + body.count / 2] {
      let (again, pieces) = try office.post(body, as: type, to: path, .chunks(byteCount: byteCount), over: connection)
      try hold(
        again.status == answer.status && pieces == form,
        "\(path) in pieces of \(byteCount): \(again.status) \(said(pieces)) instead of \(answer.status) \(said(form))")
    }
    return form
  }

  private func checkRoundTrip(_ form: FuzzOffice.Form) throws {
    let boundary = "grenze-\(UInt64(form.files.count) &* 0x9E37_79B9_7F4A_7C15)"
    let parts =
      form.entries.map { MultipartPart($0.name, $0.value) }
      + form.files.map { MultipartPart($0.field, fileName: $0.fileName, mediaType: $0.mediaType, $0.bytes) }
    guard !parts.isEmpty else { return }
    let body = parts.flatMap { $0.bytes(boundary: boundary) } + Array("--\(boundary)--\r\n".utf8)
    // Only names that a browser would send: it writes a quote as %22.
    guard form.isWritable else { return }
    let (answer, again) = try office.post(
      body, as: "multipart/form-data; boundary=\(boundary)", to: "/formulir", .whole, over: connection)
    try hold(again == form, "sent again: \(answer.status) \(said(again)) instead of \(said(form))")
  }

  private func said(_ form: FuzzOffice.Form?) -> String {
    guard let form else { return "nothing" }
    let fields = form.entries.map { "\($0.name)=\($0.value)" }
    let files = form.files.map { "\($0.field)/\($0.fileName)/\($0.mediaType)/\(EscapedBytes.text(of: $0.bytes))" }
    return EscapedBytes.text(of: "\(fields) \(files)".utf8)
  }
}

extension FuzzOffice.Form {
  /// Whether its names can stand in a part's head as they are.
  fileprivate var isWritable: Bool {
    let names = entries.map(\.name) + files.flatMap { [$0.field, $0.fileName, $0.mediaType] }
    return names.allSatisfy { !$0.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") } }
  }
}
