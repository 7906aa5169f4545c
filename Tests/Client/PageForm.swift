/// A form on a page, with what it would send if its button were pressed now.
public struct PageForm: Sendable {
  public let action: String
  public let isPost: Bool
  /// Every field that counts: hidden, filled, checked, selected. Buttons do not.
  public internal(set) var fields: [(name: String, value: String)] = []

  /// A form that no page has shown.
  public init(to action: String, isPost: Bool = true) {
    self.action = action
    self.isPost = isPost
  }

  /// The value of a field.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// This form with fields filled in; a field that is not there is added, as a pressed button or a
  /// ticked box would be.
  public func filled(_ values: KeyValuePairs<String, String>) -> PageForm {
    var form = self
    for (name, value) in values {
      form.fields.removeAll { $0.name == name }
      form.fields.append((name, value))
    }
    return form
  }
}
