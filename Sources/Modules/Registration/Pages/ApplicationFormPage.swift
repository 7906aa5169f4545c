import Contracts
import Core
import HTML
import Web

/// The page with a service's application form.
struct ApplicationFormPage {
  let form: ServiceForm
  let context: PageContext
  /// Whether a module keeps what people agree to besides.
  var asksConsent = false
  /// Whether the state of specimens can be chosen (`Office.acceptsSpecimens`).
  var acceptsSpecimens = false
  /// Whether the service can be had at the office now; nil where no module knows.
  var availability: Availability?

  private var words: Words { context.words }
  private var service: OfferedService { form.service }

  var title: String { words("registration.form.title", ["service": words(service.name)]) }

  /// - Parameters:
  ///   - submission: the key of a fresh form; one that was sent keeps its own.
  ///   - trouble: why the form could not be taken although nothing in it is wrong.
  func node(_ input: FormInput, submission: String, trouble: Problem? = nil) -> Node {
    fragment {
      pageHeading(title, lead: words("registration.form.lead"), eyebrow: words("registration.form.eyebrow"))
      if let trouble {
        notice(.error, title: trouble.title(words), isNews: true) {
          p { trouble.mend(words) }
          p { words("registration.form.kept") }
        }
      }
      if let availability, availability.isStopped { stopped(availability) }
      if input.entries.isEmpty { preparation }
      formNode(
        context, to: "/ajukan/\(service.code)", submission: submission,
        fields: FormQuestions(form: form, words: words, acceptsSpecimens: acceptsSpecimens).fields + consents,
        input: input,
        submitLabel: words(
          input.warnings.isEmpty || !input.errors.isEmpty ? "registration.form.send" : "registration.form.send-again"),
        cancel: (words("registration.form.cancel"), "/layanan"))
      privacy
    }
  }

  /// Applying goes on while the office is closed, so the applicant is told before they plan the way.
  private func stopped(_ availability: Availability) -> Node {
    notice(.warning, title: availability.title(words, in: context.zone)) {
      p { availability.text(words, in: context.zone) }
      p { words("registration.form.stopped") }
    }
  }

  /// What it costs, how long it takes and what to have at hand; only before anything is typed.
  private var preparation: Node {
    card(title: words("registration.form.before")) {
      summaryList([
        SummaryRow(words("registration.fee"), service.total.description),
        SummaryRow(words("registration.promise"), Promise.text(service, words)),
      ])
      if !service.requirements.isEmpty {
        details {
          summary { words("registration.requirements") }
          ul { for requirement in service.requirements { li { words(requirement) } } }
        }
      }
      if !service.notices.isEmpty {
        details {
          summary { words("registration.notices") }
          ul { for text in service.notices { li { words(text) } } }
        }
      }
    }
  }

  static func field(_ matter: ConsentMatter) -> String { "setuju-\(matter.rawValue)" }

  /// Apart from the application, none of them ticked, none of them needed (UU 27/2022, article 22).
  private var consents: [Field] {
    guard asksConsent else { return [] }
    return [.heading(words("registration.consent.title"), hint: words("registration.consent.lead"))]
      + ConsentMatter.allCases.map { matter in
        .checkbox(Self.field(matter), label: ConsentText.current(matter, words).text, required: false)
      }
  }

  private var privacy: Node {
    card(title: words("registration.privacy.title"), class: "privacy") {
      p { words("registration.privacy.purpose") }
      ul {
        li { words("registration.privacy.basis") }
        li { words("registration.privacy.keeping") }
        li { words("registration.privacy.audit") }
        li { words("registration.privacy.rights") }
      }
    }
  }
}

/// The promised time, in words.
enum Promise {
  static func text(_ service: OfferedService, _ words: Words) -> String {
    words("registration.promise-text", ["days": String(service.promisedWorkingDays)])
  }
}
