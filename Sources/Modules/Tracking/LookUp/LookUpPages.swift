import Contracts
import Core
import HTML
import Web

/// Lets a person follow an application: by its number and the date of birth, sent and never in an address.
struct LookUpPages: Sendable {
  let journeys: Journeys
  /// Opens what was looked up for this browser; nil without keys.
  let access: ApplicationAccess?
  let address: PublicAddress?
  /// Nil where no calendar is kept.
  let openings: (any OpeningTimesService)?
  /// nil where no module knows with what people come.
  let coming: ComingVisits?

  var routes: [Route] {
    [
      Route(.get, "/lacak", for: .everyone) { request in
        show(
          FormInput(prefilled: [ApplicationQuestions.numberField: request.query("nomor") ?? ""]), request, status: .ok)
      },
      Route(.post, "/lacak", for: .everyone, isLookUp: true) { try await answer($0) },
    ]
  }

  private func answer(_ request: Request) async throws -> Response {
    var input = request.form
    guard let (number, born) = ApplicationQuestions.answers(&input, request.words) else {
      return show(input, request, status: .unprocessable)
    }
    do {
      try request.allow(.lookUp)
      let timeline = try await journeys.timeline(of: number, bornOn: born, as: .applicant, from: request.client)
      let hall = try await openings?.hall()
      let pass = access.map { cookie($0.pass, for: number, in: request) }
      var page = TimelinePage(
        timeline: timeline, context: request.context, handOver: try await journeys.handOver(of: number),
        address: address, availability: hall?[timeline.service])
      // What has just been proven is what the fresh pass opens.
      if let opened = access?.opened(number, by: { _ in pass?.value }), let coming {
        page.coming = try await coming.of(opened)
      }
      let shown = page
      let response = Response.page(request, title: shown.title) { shown.node }
        .setting(header: "Cache-Control", "no-store")
      return pass.map { response.setting($0) } ?? response
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return show(input, request, status: Status(problem), problem: problem)
    }
  }

  /// A person who has just given the date of birth is not asked again for a number or an appointment.
  private func cookie(_ pass: CasePass, for number: ApplicationNumber, in request: Request) -> Cookie {
    Cookie(
      ApplicationAccess.cookie, pass.issue(for: number, besides: request.cookie(ApplicationAccess.cookie)),
      secondsToLive: Int(pass.lifetime.components.seconds))
  }

  private func show(
    _ input: FormInput, _ request: Request, status: Status, problem: Problem? = nil
  ) -> Response {
    .page(request, title: request.words("tracking.look-up.title"), status: status) {
      LookUpPage(context: request.context).node(input, problem: problem)
    }
  }
}

/// The questions for number and date of birth.
struct LookUpPage {
  let context: PageContext

  func node(_ input: FormInput, problem: Problem?) -> Node {
    let words = context.words
    return fragment {
      pageHeading(words("tracking.look-up.title"), lead: words("tracking.look-up.lead"))
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      ApplicationQuestions.notice(input, context)
      formNode(
        context, to: "/lacak", submission: nil,
        fields: ApplicationQuestions.fields(words), input: input, submitLabel: words("tracking.look-up.send"))
      proofWay(context)
    }
  }
}
