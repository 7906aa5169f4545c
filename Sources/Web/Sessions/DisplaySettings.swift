internal import Core
internal import HTML

/// `/tampilan`: language, large print and contrast, kept in cookies; back to the page it came from, with what was
/// written in its form.
struct DisplaySettings {
  static let link: Link = "/tampilan"
  /// The address of the page.
  static let pageField = "_halaman"
  /// The form on it whose answers come along (`PageForms.Form.key`).
  static let formField = "_formulir"
  /// Before the name of the setting that was pressed.
  static let settingPrefix = "_tampilan."
  /// Before the names of the fields with which a look-up was asked that shows the page.
  static let lookUpPrefix = "_asal."

  /// What a form sent, without what belongs to the switches or has proven an officer.
  static func answers(in form: FormInput) -> [FormInput.Entry] {
    form.entries.filter { entry in
      ![pageField, formField].contains(entry.name)
        && ![lookUpPrefix, settingPrefix, ProofAnswer.fieldPrefix].contains(where: entry.name.hasPrefix)
    }
  }

  let page: Link
  let form: String
  let lookUp: [FormInput.Entry]
  let answers: [FormInput.Entry]
  let language: Language?
  let preferences: Preferences

  init(_ sent: FormInput, _ context: PageContext) {
    page = Link(localPath: sent[Self.pageField]) ?? "/"
    form = sent[Self.formField]
    lookUp = sent.entries.filter { $0.name.hasPrefix(Self.lookUpPrefix) }
      .map { FormInput.Entry(String($0.name.dropFirst(Self.lookUpPrefix.count)), $0.value) }
    answers = Self.answers(in: sent)
    let tag = sent[Self.settingPrefix + "bahasa"]
    language = context.languages.first { $0.rawValue == tag }
    preferences = context.preferences.changed(
      besar: sent[Self.settingPrefix + "besar"], kontras: sent[Self.settingPrefix + "kontras"])
  }

  /// The answer with the settings in cookies.
  func kept(by response: Response) -> Response {
    let response = response.setting(Visitor.displayCookie(preferences))
    return language.map { response.setting(Visitor.languageCookie($0)) } ?? response
  }
}
