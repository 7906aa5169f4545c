internal import Core
internal import HTML

/// The officers' menu. A few entries stand beside each other; many are folded by task, so that they keep to one row
/// on a laptop. It folds without scripts, and of its folds one is open at a time.
struct ConsoleMenu {
  /// As many as fit into one row of 1280 pixels.
  private static let flatEntryCountMax = 8

  private let context: PageContext
  private let entries: [NavigationEntry]

  init(context: PageContext) {
    self.context = context
    entries = context.consoleEntries
  }

  /// Whether there is nothing in it for the reader.
  var isEmpty: Bool { entries.isEmpty }

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    if !entries.isEmpty {
      let here = context.section(among: entries)?.link
      nav(.id("menu"), .class("console-menu"), .aria("label", words("layout.menu.label"))) {
        ul {
          for group in groups { li { item(group, here) } }
          li(.class("menu-close")) { a(.href(.fragment(Layout.mainID))) { words("layout.menu.close") } }
        }
      }
    }
  }

  private struct Group {
    let task: ConsoleTask?
    var entries: [NavigationEntry]
  }

  /// In the order of their first entries.
  private var groups: [Group] {
    guard entries.count > Self.flatEntryCountMax else { return entries.map { Group(task: nil, entries: [$0]) } }
    return entries.reduce(into: []) { groups, entry in
      let task: ConsoleTask? = if case .console(_, let task) = entry.placement { task } else { nil }
      if let task, let place = groups.firstIndex(where: { $0.task == task }) {
        groups[place].entries.append(entry)
      } else {
        groups.append(Group(task: task, entries: [entry]))
      }
    }
  }

  @NodeBuilder private func item(_ group: Group, _ here: Link?) -> Node {
    if let task = group.task, group.entries.count > 1 {
      details(.class("menu-fold"), .name("menu")) {
        summary(.aria("current", group.entries.contains { $0.link == here } ? "true" : nil)) {
          words(MessageKey("layout.task", named: task.rawValue))
        }
        ul { for entry in group.entries { li { link(entry, here) } } }
      }
    } else {
      for entry in group.entries { link(entry, here) }
    }
  }

  private func link(_ entry: NavigationEntry, _ here: Link?) -> Node {
    MenuLink(entry: entry, context: context, isHere: entry.link == here).node
  }
}
