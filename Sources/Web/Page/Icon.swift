public import HTML

/// The small drawings beside words, as inline SVG that takes the colour of the text. They never stand
/// alone: the word beside them carries the meaning, so each is hidden from screen readers.
public enum Icon: String, Sendable, CaseIterable {
  /// What people come for.
  case gate, home, passport, form, ticket, calendar, clock, search, star, message, telephone, people, access
  /// How something stands, and what can be done with it.
  case globe, document, check, warning, error, info, arrow, back, signOut, printer, chart, settings, bell, lock
  /// What officers work with.
  case counter, list, upload, eye, screen

  /// The drawing.
  public var node: Node { Self.drawings[self] ?? drawn }

  /// Drawn once: a page has some dozens of them.
  private static let drawings = Dictionary(uniqueKeysWithValues: Icon.allCases.map { ($0, $0.drawn) })

  private var drawn: Node {
    svg(.class("icon"), .viewBox(0, 0, 24, 24), .aria("hidden", "true")) { path(.d(outline)) }
  }

  /// Strokes on a grid of 24 by 24, to be drawn two units wide with round ends.
  private var outline: String {
    switch self {
    case .gate: "M3 21h18M5 21V11l2-1V7l2-2v16M19 21V11l-2-1V7l-2-2v16"
    case .home: "M3 11l9-7 9 7M6 9v11h12V9M10 20v-6h4v6"
    case .passport: "M6 3h12v18H6zM12 13a3 3 0 100-6 3 3 0 000 6M9 17h6"
    case .form: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h6M9 16h6"
    case .ticket: "M3 7h18v3a2 2 0 000 4v3H3v-3a2 2 0 000-4zM14 7v2M14 11v2M14 15v2"
    case .calendar: "M4 6h16v15H4zM4 10h16M8 3v4M16 3v4"
    case .clock: "M12 21a9 9 0 100-18 9 9 0 000 18M12 7v5l3 2"
    case .search: "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L21 21"
    case .star: "M12 3l2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z"
    case .message: "M4 4h16v12h-9l-5 4v-4H4z"
    case .telephone: "M5 3h4l2 5-2.5 2a11 11 0 005.5 5.5l2-2.5 5 2v4a2 2 0 01-2 2A17 17 0 013 5a2 2 0 012-2z"
    case .people: "M9 11a4 4 0 100-8 4 4 0 000 8M2 21c0-4 3-6 7-6s7 2 7 6M16 3.5a4 4 0 010 7M18 15.5c2.5.7 4 2.5 4 5.5"
    case .access: "M12 5.5a1.5 1.5 0 100-3 1.5 1.5 0 000 3M5 8l7 1 7-1M12 9v6M8.5 21.5L12 15l3.5 6.5"
    case .globe: "M12 21a9 9 0 100-18 9 9 0 000 18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"
    case .document: "M6 3h8l4 4v14H6zM14 3v4h4"
    case .check: "M4 12.5l5.5 5.5L20 6.5"
    case .warning: "M12 3l10 18H2zM12 10v5M12 18v.1"
    case .error: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.1"
    case .info: "M12 21a9 9 0 100-18 9 9 0 000 18M12 11v6M12 7.5v.1"
    case .arrow: "M4 12h15M13 6l6 6-6 6"
    case .back: "M20 12H5M11 6l-6 6 6 6"
    case .signOut: "M10 4H4v16h6M9 12h12M17 8l4 4-4 4"
    case .printer: "M7 9V3h10v6M7 18H3V9h18v9h-4M7 14h10v7H7z"
    case .chart: "M4 3v18h17M8 17v-5M12.5 17V7M17 17v-8"
    case .settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4"
    case .bell: "M6 17V11a6 6 0 0112 0v6l2 1H4zM10 21h4"
    case .lock: "M5 11h14v10H5zM8 11V7a4 4 0 018 0v4M12 15v2"
    case .counter: "M2 12h20M4 12v9h16v-9M12 8a2.5 2.5 0 100-5 2.5 2.5 0 000 5M7 12c0-2.5 2-4 5-4s5 1.5 5 4"
    case .list: "M9 6h12M9 12h12M9 18h12M4 6h.1M4 12h.1M4 18h.1"
    case .upload: "M12 16V4M7 9l5-5 5 5M4 17v4h16v-4"
    case .screen: "M3 4h18v12H3zM12 16v4M8 20h8"
    case .eye: "M2 12c4-8 16-8 20 0-4 8-16 8-20 0M12 15a3 3 0 100-6 3 3 0 000 6"
    }
  }
}
