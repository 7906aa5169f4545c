import Client
import Core
import Foundation
import WebDriver
import XCTest

/// A hand on the officers' pages: it finds every control that a page shows by itself, presses each by its key where
/// scripts run and by its button else, and looks at what has come of it.
final class ConsoleHand {
  /// One press and what must come of it, as `steps.json5` has it.
  struct Step {
    let page: String
    let control: String
    let fill: [String: String]
    /// A question to the database whose answer must be another one afterwards.
    let changes: String?
    /// What it must be then.
    let to: String?
    /// What the page must show then, as a CSS selector.
    let shows: String?
    /// Whether the page of the step before is still there.
    let stays: Bool
    /// Who can do it: `clerk`, `supervisor`; nil for both.
    let role: String?
    /// Whether it is there only where no scripts run.
    let isWithoutScripts: Bool
    /// Whether it is there only where they run.
    let isWithScripts: Bool

    init(_ value: JSON, filling: (String) -> String) {
      page = filling(value["page"].string ?? "")
      control = value["control"].string ?? ""
      fill = value["fill"].members.compactMapValues { $0.string.map(filling) }
      changes = value["changes"].string.map(filling)
      to = value["to"].string.map(filling)
      shows = value["shows"].string.map(filling)
      stays = value["stays"].isTrue
      role = value["role"].string
      isWithoutScripts = value["withoutScripts"].isTrue
      isWithScripts = value["withScripts"].isTrue
    }
  }

  private let session: BrowserSession
  private let office: OfficeProcess
  private let origin: String
  /// Every control that was seen, with the page that showed it first.
  private(set) var seen: [String: String] = [:]
  private(set) var pressed: Set<String> = []

  init(_ session: BrowserSession, _ office: OfficeProcess) {
    self.session = session
    self.office = office
    origin = "http://127.0.0.1:\(office.port)"
  }

  static func steps(filling: (String) -> String) throws -> [Step] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "steps.json5")
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(JSON.self, from: Data(contentsOf: file)).items.map { Step($0, filling: filling) }
  }

  /// Opens a page and remembers its controls.
  func see(_ path: String) throws {
    try session.open(origin + path)
    try remember(path)
  }

  func remember(_ path: String) throws {
    for control in try session.run(Self.finding + "return controls().map(name)").strings where seen[control] == nil {
      seen[control] = path
    }
  }

  func take(_ step: Step) throws {
    if !step.stays { try see(step.page) }
    let before = try step.changes.map(office.query)
    // What follows the hall may be made anew between finding it and pressing it.
    try session.wait(for: "pressing \(step.control)") {
      try press(step)
      return true
    }
    pressed.insert(step.control)
    let what = "\(step.control) on \(step.page)"
    if let changes = step.changes {
      try session.wait(for: "\(what): \(changes) to be \(step.to ?? "other than \(before ?? "")")") {
        let now = try office.query(changes)
        return step.to.map { $0 == now } ?? (now != before)
      }
    }
    if let shows = step.shows { try session.wait(for: "\(what): \(shows)") { try session.has(shows) } }
    try session.wait(for: "\(what): its answer") {
      try session.run("return document.readyState === 'complete' && !document.querySelector('[aria-busy]')").isTrue
    }
    try remember(step.page)
  }

  private func press(_ step: Step) throws {
    let key = try aim(at: step)
    if session.options.runsScripts, let character = key?.first {
      try session.run("document.activeElement?.blur()")
      try session.press(Key(extendedGraphemeClusterLiteral: character))
    } else {
      try session.element("[data-aimed]").click()
    }
  }

  /// Fills in the control's form and marks the control.
  ///
  /// - Returns: its key.
  private func aim(at step: Step) throws -> String? {
    let fields = JSON.object(step.fill.mapValues { .text($0) })
    let found = try session.run(Self.finding + Self.aiming, .text(step.control), fields)
    XCTAssertEqual(found["missing"].strings, [], "\(step.control) on \(step.page): fields")
    guard found["found"].isTrue else {
      throw DriverFailure("no such element", "\(step.control) on \(try session.address)")
    }
    return found["key"].string
  }

  /// Controls are named by where they lead, so that those of two counters, or two cases, are one. A random code may happen
  /// to have no digit.
  private static let finding = """
    const shape = text => text.split('?')[0].split('/').map(part => /\\d|^[A-Z]{8,}$/.test(part) ? '*' : part).join('/');
    const controls = () => !document.querySelector('.face-console, form[action="/petugas/masuk"], [data-locked]') ? [] : [...document.querySelectorAll('main button, main summary, header button, header summary, [data-key]')]
      .filter((each, place, all) => all.indexOf(each) === place && !each.matches('[aria-hidden=true]'))
      .filter(each => !each.closest('[data-passkey-part][hidden]'))
      .filter(each => { const row = each.closest('.form-switches'); return !row || getComputedStyle(row).display !== 'none'; });
    const name = control => {
      const key = control.dataset.key ? ` [${control.dataset.key}]` : '';
      if (control.matches('summary')) {
        const inside = control.parentElement.querySelector('form');
        return `fold ${control.closest('main') && inside ? shape(inside.getAttribute('action')) : control.parentElement.className}${key}`;
      }
      if (!control.form || control.matches('[data-shows]')) return `button ${control.className} ${Object.keys(control.dataset).filter(each => each !== 'aimed').join(' ')}`;
      const to = control.getAttribute('formaction') ?? control.form.getAttribute('action');
      const action = `${control.form.method} ${shape(to)}`;
      const which = /(^|\\.)bahasa$/.test(control.name) ? `${control.name}=${control.value}` : control.name;
      return action + (which ? ` ${which}` : '') + key;
    };

    """

  /// Chooses as people do what the step says, and unfolds what hides the control.
  private static let aiming = """
    const [wanted, fields] = arguments;
    document.querySelectorAll('[data-aimed]').forEach(each => delete each.dataset.aimed);
    const open = document.querySelector('dialog[open]');
    const control = controls().find(each => name(each) === wanted && (!open || open.contains(each)));
    if (!control) return { found: false, missing: [] };
    for (let fold = control.closest('details'); fold; fold = fold.parentElement.closest('details')) {
      if (!(control.matches('summary') && control.parentElement === fold)) fold.open = true;
    }
    control.dataset.aimed = '';
    const dated = Object.entries(fields).flatMap(([field, value]) => {
      const [year, month, day] = value.split('-');
      return control.form.elements[`${field}--hari`]
        ? [[`${field}--hari`, day], [`${field}--bulan`, month], [`${field}--tahun`, year]] : [[field, value]];
    });
    const missing = dated.filter(([field, value]) => {
      const inputs = [...control.form.elements].filter(each => each.name === field);
      const input = inputs.find(each => /radio|checkbox/.test(each.type) ? value === '*' || each.value === value : true);
      if (!input) return true;
      if (/radio|checkbox/.test(input.type)) input.checked = true;
      else if (input.options) input.value = value === '*' ? [...input.options].find(each => each.value).value : value;
      else input.value = value;
      return false;
    }).map(([field]) => field);
    control.scrollIntoView({ block: 'center' });
    return { found: true, missing, key: control.dataset.key };
    """
}
