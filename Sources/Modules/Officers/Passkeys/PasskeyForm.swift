internal import Core
internal import HTML
internal import Passkeys
internal import Web

/// The form with which a browser's answer about a passkey is sent. It is hidden until `passkey.js` shows it, which alone can
/// ask the browser, and does so where the page stands at the office's own address. Over any page of the console may stand the question who an
/// officer is: the console's script loads this one where such a form appears.
struct PasskeyForm {
  /// What the script fills in; bytes in base 64.
  enum Part: String, CaseIterable {
    case credential = "kredensial"
    case handle = "pemegang"
    case data = "data"
    case authenticator = "autentikator"
    case signature = "tanda"
    case attestation = "atestasi"
    case transports = "pengantar"
  }

  /// What the browser is asked for.
  enum Question {
    /// A new passkey, by options in JSON.
    case create(options: String)
    /// The same, by options that are fetched once the button is pressed.
    case createOf(from: Link)
    /// One that there is, by options that are fetched once the button is pressed: they are over soon.
    case get(from: Link)
  }

  let question: Question
  let action: Link
  let origin: String
  let label: String
  /// What goes along unseen.
  var hidden: [Field] = []
  /// What the names of the parts begin with.
  var prefix = ""

  func node(_ context: PageContext) -> Node {
    div(.hidden(), .data("passkey-part", "")) { asking(context) }
  }

  /// The form in a card of its own, which is hidden with it.
  func card(_ context: PageContext, title: String, lead: String) -> Node {
    div(.hidden(), .data("passkey-part", "")) {
      Web.card(title: title) {
        p { lead }
        asking(context)
      }
    }
  }

  /// The form, and beside it what the script says of it.
  @NodeBuilder private func asking(_ context: PageContext) -> Node {
    form(
      .method(.post), .action(action), .class("action"), .data("passkey", kind), .data("origin", origin),
      .data("options", options), .data("from", source), .data("prefix", prefix.isEmpty ? nil : prefix),
      .data("script", Layout.address(of: .passkey, context).description)
    ) {
      hiddenFields(context, submission: nil)
      for field in hidden { field.node(FormInput(), context.words) }
      for part in Part.allCases { input(.type(.hidden), .name(prefix + part.rawValue), .value("")) }
      button(.button(.submit), .class("button secondary")) {
        Icon.lock.node
        label
      }
    }
    div(.role("status")) {
      for saying in ["asking", "cancelled", "known", "failed"] {
        p(.hidden(), .data("say", saying)) { context.words(MessageKey("officers.passkey.say", named: saying)) }
      }
    }
  }

  private var kind: String {
    switch question {
    case .create, .createOf: "create"
    case .get: "get"
    }
  }

  private var options: String? { if case .create(let options) = question { options } else { nil } }

  private var source: String? {
    switch question {
    case .create: nil
    case .createOf(let link), .get(let link): link.description
    }
  }
}

extension FormInput {
  /// The bytes that the script has filled in; none for what is no base 64.
  private func bytes(of part: PasskeyForm.Part, _ prefix: String = "") -> [UInt8] {
    Base64URL.bytes(of: self[prefix + part.rawValue]) ?? []
  }

  /// The new passkey that was made.
  var attestationResponse: AttestationResponse {
    AttestationResponse(clientDataJSON: bytes(of: .data), attestationObject: bytes(of: .attestation))
  }

  /// The passkey that was shown.
  var assertionResponse: AssertionResponse { assertionResponse(prefix: "") }

  /// The passkey that was shown by a form with that prefix.
  func assertionResponse(prefix: String) -> AssertionResponse {
    AssertionResponse(
      credentialID: bytes(of: .credential, prefix), userHandle: bytes(of: .handle, prefix),
      clientDataJSON: bytes(of: .data, prefix), authenticatorData: bytes(of: .authenticator, prefix),
      signature: bytes(of: .signature, prefix))
  }
}
