/// Attributes of forms and of their fields.
extension Attribute {
  public enum Method: String, Sendable { case get, post }
  public static func action(_ link: Link) -> Self { Self("action", link.description) }
  public static func formaction(_ link: Link) -> Self { Self("formaction", link.description) }
  /// `formenctype="application/x-www-form-urlencoded"`: the button sends no files, only their names.
  public static let formWithoutFiles = Self("formenctype", "application/x-www-form-urlencoded")
  /// The button sends the form as it is, whatever is still missing.
  public static func formnovalidate(_ isOn: Bool = true) -> Self { Self("formnovalidate", on: isOn) }
  public static func method(_ method: Method) -> Self { Self("method", method.rawValue) }
  /// `enctype="multipart/form-data"`, which a form with a file needs.
  public static let multipart = Self("enctype", "multipart/form-data")
  public static func novalidate(_ isOn: Bool = true) -> Self { Self("novalidate", on: isOn) }

  public enum InputType: String, Sendable {
    case text, tel, email, date, time, number, password, search, url, radio, checkbox, hidden, file, submit
  }
  public enum ButtonType: String, Sendable { case submit, button, reset }
  public static func type(_ type: InputType) -> Self { Self("type", type.rawValue) }
  public static func button(_ type: ButtonType) -> Self { Self("type", type.rawValue) }
  public static func name(_ name: String) -> Self { Self("name", name) }
  public static func value(_ text: String) -> Self { Self("value", text) }
  /// The id of the field that a `label` names, or that an `output` comes from.
  public static func `for`(_ id: String) -> Self { Self("for", id) }
  /// The id of the form to which a field outside it belongs.
  public static func form(_ id: String) -> Self { Self("form", id) }
  public static func required(_ isOn: Bool = true) -> Self { Self("required", on: isOn) }
  public static func disabled(_ isOn: Bool = true) -> Self { Self("disabled", on: isOn) }
  public static func readonly(_ isOn: Bool = true) -> Self { Self("readonly", on: isOn) }
  public static func checked(_ isOn: Bool = true) -> Self { Self("checked", on: isOn) }
  public static func selected(_ isOn: Bool = true) -> Self { Self("selected", on: isOn) }
  public static func multiple(_ isOn: Bool = true) -> Self { Self("multiple", on: isOn) }
  public static func autofocus(_ isOn: Bool = true) -> Self { Self("autofocus", on: isOn) }
  /// A token of the standard's autofill list (`name`, `tel`, `bday`, `one-time-code`, `off`).
  public static func autocomplete(_ token: StaticString) -> Self { Self("autocomplete", token.description) }
  public static func inputmode(_ mode: StaticString) -> Self { Self("inputmode", mode.description) }
  public static func enterkeyhint(_ hint: StaticString) -> Self { Self("enterkeyhint", hint.description) }
  public static func autocapitalize(_ mode: StaticString) -> Self { Self("autocapitalize", mode.description) }
  public static func spellcheck(_ isOn: Bool) -> Self { Self("spellcheck", isOn ? "true" : "false") }
  public static func minlength(_ count: Int) -> Self { Self("minlength", String(count)) }
  public static func maxlength(_ count: Int) -> Self { Self("maxlength", String(count)) }
  /// The width in characters that an input is laid out for.
  public static func size(_ count: Int) -> Self { Self("size", String(count)) }
  public static func min(_ text: String) -> Self { Self("min", text) }
  public static func max(_ text: String) -> Self { Self("max", text) }
  public static func step(_ text: String) -> Self { Self("step", text) }
  public static func rows(_ count: Int) -> Self { Self("rows", String(count)) }
  /// Media types or endings that a file field offers: `image/jpeg,.pdf`.
  public static func accept(_ types: String) -> Self { Self("accept", types) }
}
