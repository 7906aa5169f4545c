/// Bytes for which an entry once did not hold, as `EscapedBytes` writes them.
public enum FormerFindings {
  private static let accents = String(repeating: "\u{300}", count: 8)

  private static let byEntry: [String: [String]] = [
    "json5": [
      // An escaped quote ended the text, and a backslash behind a backslash began an escape.
      #"{ a: "satu \"dua\" tiga", b: 'it\'s' }"#, #"{ a: "C:\\\\temp\\\\1" }"#,
      // What a problem quoted went on on another line.
      #"{ "a\\nb": 1, c: "x\\ny" }"#,
      // Spaces, escapes, tabs and names that the scanner took and the decoder refused without saying where.
      #"{\xc2\xa0a: 1 }"#, #"{ a: "\q" }"#, #"{ a: "x\ty" }"#, #"{ \xf0\x9f\x98\x80: 1 }"#, #"{ a\xe2\x80\x8d: 1 }"#,
      #"{ a: [NaN] }"#, #"{ a: -Infinity }"#,
      "[55555555555555555655555611]",
      // Two keys above U+FFFF were taken for the same one.
      #"{ "\uD83D\uDE00": 1, "\uD83D\uDE01": 2 }"#, #"{ a: "\uD83D" }"#,
    ],
    // What came together after the gate had taken something out or mapped it was changed by a second time.
    "text": [
      "\u{FFE3}", String(repeating: "\u{FF9E}", count: 20), "\u{DD9}\u{200D}\u{DCA}\u{200D}\u{D9A}",
      "\u{915}\u{301}\u{94D}\u{200D}\u{937}", "a\(accents)\n\(accents)", "\u{DD9}\n\u{DCA}\u{200D}",
      "\u{130}\(accents)",
    ],
    // Where a piece ended at the beginning of a value, an empty field came before the one that was sent.
    // A name that was within the limit as it came was beyond it as it was handed on.
    "form": ["nama=%C3%A9a&x=&x=1", String(repeating: #"\xff"#, count: 70)],
    "multipart": [
      #"multipart/form-data; boundary=batas\n--batas\r\nContent-Disposition: form-data; name="a"\r\n\r\nSiti\r\n--batas--\r\n"#
    ],
  ]

  /// The former findings of an entry.
  public static func of(_ name: String) -> [[UInt8]] { byEntry[name, default: []].map(EscapedBytes.bytes) }
}
