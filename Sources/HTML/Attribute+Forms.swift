/// Attributes of forms and of their fields.
extension Attribute {
  /// How a form is sent: with its fields in the address (`get`) or in the body (`post`).
  public enum Method: String, Sendable { case get, post }
  /// Where a form is sent.
  public static func action(_ link: Link) -> Self { Self("action", link.description) }
  /// Where this button sends its form instead of the form's own `action`.
  public static func formaction(_ link: Link) -> Self { Self("formaction", link.description) }
  /// `formenctype="application/x-www-form-urlencoded"`: the button sends no files, only their names.
  public static let formWithoutFiles = Self("formenctype", "application/x-www-form-urlencoded")
  /// The button sends the form as it is, whatever is still missing.
  public static func formnovalidate(_ isOn: Bool = true) -> Self { Self("formnovalidate", on: isOn) }
  /// How a form is sent; one that changes something takes `post`.
  public static func method(_ method: Method) -> Self { Self("method", method.rawValue) }
  /// `enctype="multipart/form-data"`, which a form with a file needs.
  public static let multipart = Self("enctype", "multipart/form-data")
  /// The browser does not check the fields itself; the server's answer says what is missing, in the page's language.
  public static func novalidate(_ isOn: Bool = true) -> Self { Self("novalidate", on: isOn) }

  /// The kinds of `input` that pages use.
  public enum InputType: String, Sendable {
    /// Each as the HTML standard names it.
    case text, tel, email, date, time, number, password, search, url, radio, checkbox, hidden, file, submit
  }
  /// What a button does to its form.
  public enum ButtonType: String, Sendable { case submit, button, reset }
  /// The kind of an `input`.
  public static func type(_ type: InputType) -> Self { Self("type", type.rawValue) }
  /// What a `button` does; without it a button sends its form.
  public static func button(_ type: ButtonType) -> Self { Self("type", type.rawValue) }
  /// The name under which a field's value is sent.
  public static func name(_ name: String) -> Self { Self("name", name) }
  /// The value of a field, of an option or of a button.
  public static func value(_ text: String) -> Self { Self("value", text) }
  /// The id of the field that a `label` names, or that an `output` comes from.
  public static func `for`(_ id: String) -> Self { Self("for", id) }
  /// The id of the form to which a field outside it belongs.
  public static func form(_ id: String) -> Self { Self("form", id) }
  /// The form is not complete without this field.
  public static func required(_ isOn: Bool = true) -> Self { Self("required", on: isOn) }
  /// The field or button cannot be used, and its value is not sent.
  public static func disabled(_ isOn: Bool = true) -> Self { Self("disabled", on: isOn) }
  /// The field's value can be read and is sent, but cannot be changed.
  public static func readonly(_ isOn: Bool = true) -> Self { Self("readonly", on: isOn) }
  /// The box or radio button is chosen when the page is shown.
  public static func checked(_ isOn: Bool = true) -> Self { Self("checked", on: isOn) }
  /// The option is chosen when the page is shown.
  public static func selected(_ isOn: Bool = true) -> Self { Self("selected", on: isOn) }
  /// More than one file or option can be chosen.
  public static func multiple(_ isOn: Bool = true) -> Self { Self("multiple", on: isOn) }
  /// The field has the focus when the page is shown; at most one of a page.
  public static func autofocus(_ isOn: Bool = true) -> Self { Self("autofocus", on: isOn) }
  /// A token of the standard's autofill list (`name`, `tel`, `bday`, `one-time-code`, `off`).
  public static func autocomplete(_ token: StaticString) -> Self { Self("autocomplete", token.description) }
  /// Which keyboard a telephone shows: `numeric`, `tel`, `text`.
  public static func inputmode(_ mode: StaticString) -> Self { Self("inputmode", mode.description) }
  /// What the enter key of a telephone's keyboard says: `next`, `send`, `search`.
  public static func enterkeyhint(_ hint: StaticString) -> Self { Self("enterkeyhint", hint.description) }
  /// Which letters a telephone's keyboard makes capital: `none`, `words`, `characters`.
  public static func autocapitalize(_ mode: StaticString) -> Self { Self("autocapitalize", mode.description) }
  /// Whether the browser looks at the spelling; off for names, numbers and codes.
  public static func spellcheck(_ isOn: Bool) -> Self { Self("spellcheck", isOn ? "true" : "false") }
  /// The fewest characters that the browser takes, in UTF-16 units.
  public static func minlength(_ count: Int) -> Self { Self("minlength", String(count)) }
  /// The most characters that can be typed, in UTF-16 units.
  public static func maxlength(_ count: Int) -> Self { Self("maxlength", String(count)) }
  /// The width in characters that an input is laid out for.
  public static func size(_ count: Int) -> Self { Self("size", String(count)) }
  /// The least value of a number, a date or a time, as the field writes it.
  public static func min(_ text: String) -> Self { Self("min", text) }
  /// The greatest value of a number, a date or a time, as the field writes it.
  public static func max(_ text: String) -> Self { Self("max", text) }
  /// By how much values may differ, or `any`.
  public static func step(_ text: String) -> Self { Self("step", text) }
  /// How many lines a `textarea` shows at once.
  public static func rows(_ count: Int) -> Self { Self("rows", String(count)) }
  /// Media types or endings that a file field offers: `image/jpeg,.pdf`.
  public static func accept(_ types: String) -> Self { Self("accept", types) }
}
