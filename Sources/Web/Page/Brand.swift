internal import Core
internal import HTML

/// The office's mark and name.
struct Brand {
  let context: PageContext
  var home: Link = "/"

  var link: Node { a(.class("brand"), .href(home)) { content } }

  @NodeBuilder var content: Node {
    Motif.gate(class: "brand-gate")
    span {
      strong { context.words(context.officeName) }
      small { context.words("layout.motto") }
    }
  }
}
