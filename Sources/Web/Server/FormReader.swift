internal import CMicrohttpd
internal import Core

/// Takes a form apart with libmicrohttpd's post processor: one with files while it arrives, any other once it is there.
///
/// Where a piece of a body ends at the beginning of a value, the post processor says that the value begins and has no bytes
/// yet, and says it again with the first ones. Nothing tells that from an empty field before another of the same name, so a
/// form that is taken as a whole is given to it as a whole.
///
/// It belongs to one request and is used on the thread of its connection only.
@safe final class FormReader {
  /// For names of fields; values stream through.
  private static let bufferByteCount = 4096
  /// No field of ours has a longer name.
  private static let nameByteCountMax = 200

  private struct Part {
    let name: String
    let fileName: String?
    let mediaType: String
    var bytes: [UInt8] = []
  }

  private var processor: OpaquePointer?
  private var parts: [Part] = []
  /// A form that is taken as a whole, until its last byte.
  private var body: [UInt8] = []
  /// Whether the last thing heard of was a field without bytes, in a form that is taken apart while it arrives.
  private var isAnnounced = false
  private let fieldCountMax: Int
  private var failure: Problem?
  /// Where files go instead of being kept; nil for a form that is taken as a whole.
  private let pipe: UploadPipe?
  private var current: (head: UploadPipe.Head, byteCount: Int, isBegun: Bool)?
  private var fileCount = 0
  /// Whether a file has gone into the pipe.
  private(set) var hasReachedFile = false

  /// `connection` must outlive the reader's last `read`: it looks at the request's `Content-Type` now.
  init(of connection: ConnectionHandle, fieldCountMax: Int, pipe: UploadPipe? = nil) {
    self.fieldCountMax = fieldCountMax
    self.pipe = pipe
    unsafe processor = MHD_create_post_processor(
      connection.connection, Self.bufferByteCount,
      { context, _, name, fileName, mediaType, _, data, offset, size in
        guard let context = unsafe context, let name = unsafe name else { return .NO }
        let reader = unsafe Unmanaged<FormReader>.fromOpaque(context).takeUnretainedValue()
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size)
        return unsafe reader.take(name, fileName, mediaType, bytes, offset) ? .YES : .NO
      }, Unmanaged.passUnretained(self).toOpaque())
    if unsafe processor == nil { failure = Problem(.invalid, "bad-request") }
  }

  deinit { if let processor = unsafe processor { unsafe _ = MHD_destroy_post_processor(processor) } }

  /// Takes the next bytes of the body.
  func read(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    if pipe == nil { body += bytes } else { process(bytes) }
  }

  private func process(_ bytes: [UInt8]) {
    guard failure == nil, let processor = unsafe processor else { return }
    let isSound = unsafe bytes.withUnsafeBytes { bytes in
      unsafe MHD_post_process(processor, bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count) == .YES
    }
    if !isSound, failure == nil {
      failure = Problem(.invalid, "bad-request")
    }
  }

  /// The form, after the last byte.
  func finish() -> ReceivedBody {
    process(body)
    body = []
    if let processor = unsafe processor {
      // Destroying it hands over the last URL-encoded value, and says whether the form was whole.
      let isWhole = unsafe MHD_destroy_post_processor(processor) == .YES
      unsafe self.processor = nil
      if !isWhole, failure == nil { failure = Problem(.invalid, "bad-request") }
    }
    if let failure { return .refused(failure) }
    let uploads = parts.compactMap { part in
      part.fileName.map {
        FormInput.Upload(field: part.name, fileName: $0, mediaType: part.mediaType, bytes: part.bytes)
      }
    }
    return .form(FormInput(entries, uploads: uploads.filter { !$0.fileName.isEmpty || !$0.bytes.isEmpty }))
  }

  /// The fields that have come so far.
  var fields: FormInput { FormInput(entries) }

  private var entries: [FormInput.Entry] {
    parts.filter { $0.fileName == nil }.map { FormInput.Entry($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  /// Hands bytes of a file on.
  private func pass(
    _ head: UploadPipe.Head, _ bytes: UnsafeRawBufferPointer, _ offset: UInt64, to pipe: UploadPipe
  ) -> Bool {
    isAnnounced = false
    // Announced before it has any bytes, and again with the first ones, it is one file.
    if offset == 0, current?.head != head || current?.byteCount != 0 {
      current = (head, 0, false)
      fileCount += 1
      guard parts.count + fileCount <= fieldCountMax, head.field.utf8.count <= Self.nameByteCountMax else {
        failure = Problem(.tooLarge, "too-many-fields", ["count": String(fieldCountMax)])
        return false
      }
    }
    // Without a name and bytes nothing was chosen.
    if current?.isBegun == false, unsafe !head.fileName.isEmpty || !bytes.isEmpty {
      pipe.begin(head)
      current?.isBegun = true
      hasReachedFile = true
    }
    guard unsafe !bytes.isEmpty else { return true }
    unsafe pipe.append(bytes)
    current?.byteCount += bytes.count
    return true
  }

  private func take(
    _ name: UnsafePointer<CChar>, _ fileName: UnsafePointer<CChar>?, _ mediaType: UnsafePointer<CChar>?,
    _ bytes: UnsafeRawBufferPointer, _ offset: UInt64
  ) -> Bool {
    if let pipe, let fileName = unsafe fileName {
      let head = unsafe UploadPipe.Head(
        field: String(cString: name), fileName: String(cString: fileName),
        mediaType: mediaType.map { unsafe String(cString: $0) } ?? "")
      return unsafe pass(head, bytes, offset, to: pipe)
    }
    let isKnown = unsafe isAnnounced && parts.last?.name == String(cString: name)
    isAnnounced = unsafe pipe != nil && offset == 0 && bytes.isEmpty
    if offset == 0, !isKnown {
      guard parts.count < fieldCountMax else {
        failure = Problem(.tooLarge, "too-many-fields", ["count": String(fieldCountMax)])
        return false
      }
      let name = unsafe String(cString: name)
      guard name.utf8.count <= Self.nameByteCountMax else {
        failure = Problem(.invalid, "bad-request")
        return false
      }
      parts.append(
        unsafe Part(
          name: name, fileName: fileName.map { unsafe String(cString: $0) },
          mediaType: mediaType.map { unsafe String(cString: $0) } ?? ""))
    }
    guard !parts.isEmpty else { return false }
    unsafe parts[parts.count - 1].bytes.append(contentsOf: bytes)
    return true
  }

}
