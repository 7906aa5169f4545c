internal import Core

/// Takes a form apart: one with files while it arrives, any other once it is there.
///
/// No name in it is cut: what holds a control character, of which U+0000 would end it for some readers, is refused. Values
/// with one reach the gate for text whole.
///
/// It belongs to one request and is used on the thread of its connection only.
final class FormReader {
  /// No field of ours has a longer name.
  private static let nameByteCountMax = 200

  private struct Part {
    let head: MultipartReader.Head
    var bytes: [UInt8] = []
  }

  /// A file that is handed on.
  private struct File {
    let head: UploadPipe.Head
    var isBegun = false
  }

  /// Nil for a URL-encoded form.
  private var multipart: MultipartReader?
  private var parts: [Part] = []
  /// A form that is taken as a whole, until its last byte.
  private var body: [UInt8] = []
  private let fieldCountMax: Int
  private var failure: Problem?
  /// Where files go instead of being kept; nil for a form that is taken as a whole.
  private let pipe: UploadPipe?
  /// Where bytes go now; nil for the last of the parts.
  private var file: File?
  private var fileCount = 0
  /// Whether a file has gone into the pipe.
  private(set) var hasReachedFile = false

  /// - Parameter headers: of the request, whose body is a form.
  init(_ headers: RequestHeaders, fieldCountMax: Int, pipe: UploadPipe? = nil) {
    self.fieldCountMax = fieldCountMax
    self.pipe = pipe
    guard headers.mediaType == "multipart/form-data" else { return }
    let type = ParameterizedValue((headers["content-type"] ?? "").utf8)
    multipart = type?["boundary"].flatMap { MultipartReader(boundary: $0) }
    if multipart == nil { failure = Problem(.invalid, "bad-request") }
  }

  /// Takes the next bytes of the body.
  func read(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    if pipe == nil { body += bytes } else { readParts(bytes) }
  }

  /// The form, after the last byte.
  func finish() -> ReceivedBody {
    if failure == nil, !body.isEmpty {
      if multipart == nil { readPairs() } else { readParts(body) }
      body = []
    }
    if let multipart, !multipart.isWhole, failure == nil { failure = Problem(.invalid, "bad-request") }
    if let failure { return .refused(failure) }
    let uploads = parts.compactMap { part in
      part.head.fileName.map {
        FormInput.Upload(field: part.head.name, fileName: $0, mediaType: part.head.mediaType, bytes: part.bytes)
      }
    }
    return .form(FormInput(entries, uploads: uploads.filter { !$0.fileName.isEmpty || !$0.bytes.isEmpty }))
  }

  /// The fields that have come so far.
  var fields: FormInput { FormInput(entries) }

  private var entries: [FormInput.Entry] {
    parts.filter { $0.head.fileName == nil }
      .map { FormInput.Entry($0.head.name, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  // MARK: Multipart

  private func readParts(_ bytes: [UInt8]) {
    for event in multipart?.read(bytes) ?? [] where failure == nil {
      switch event {
      case .part(let head): begin(head)
      case .bytes(let bytes): append(bytes)
      }
    }
    if multipart?.hasFailed == true, failure == nil { failure = Problem(.invalid, "bad-request") }
  }

  private func begin(_ head: MultipartReader.Head) {
    guard mayBegin(nameOf: head.name.utf8.count) else { return }
    guard pipe != nil, let fileName = head.fileName else {
      file = nil
      parts.append(Part(head: head))
      return
    }
    fileCount += 1
    file = File(head: UploadPipe.Head(field: head.name, fileName: fileName, mediaType: head.mediaType))
    if file?.head.fileName.isEmpty == false { beginFile() }
  }

  private func append(_ bytes: ArraySlice<UInt8>) {
    guard file != nil else {
      parts[parts.count - 1].bytes += bytes
      return
    }
    beginFile()
    pipe?.append(bytes)
  }

  /// Without a name and bytes nothing was chosen.
  private func beginFile() {
    guard let file, !file.isBegun else { return }
    self.file?.isBegun = true
    pipe?.begin(file.head)
    hasReachedFile = true
  }

  /// Whether there may be one part more with a name of that length.
  private func mayBegin(nameOf byteCount: Int) -> Bool {
    if parts.count + fileCount >= fieldCountMax {
      failure = Problem(.tooLarge, "too-many-fields", ["count": String(fieldCountMax)])
    } else if byteCount > Self.nameByteCountMax {
      failure = Problem(.invalid, "bad-request")
    }
    return failure == nil
  }

  // MARK: URL-encoded

  /// Reads the whole body (WHATWG URL, section 5.1).
  private func readPairs() {
    var rest = body[...]
    while !rest.isEmpty {
      let pair = rest.prefix { $0 != UInt8(ascii: "&") }
      rest = rest.dropFirst(pair.count + 1)
      if pair.isEmpty { continue }
      let encodedName = pair.prefix { $0 != UInt8(ascii: "=") }
      // As it is handed on: what is no UTF-8 takes more bytes once it is text.
      let name = String(decoding: Self.decoded(encodedName), as: UTF8.self)
      guard mayBegin(nameOf: name.utf8.count) else { return }
      guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        failure = Problem(.invalid, "bad-request")
        return
      }
      let head = MultipartReader.Head(name: name, fileName: nil, mediaType: "")
      parts.append(Part(head: head, bytes: Self.decoded(pair.dropFirst(encodedName.count + 1))))
    }
  }

  /// What is no escape stays as it is (WHATWG URL, section 1.3).
  private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      let digits = byte == UInt8(ascii: "%") ? rest.prefix(2).compactMap(RequestTarget.hexDigit) : []
      if digits.count == 2 {
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return bytes
  }
}
