/// A copy of the data that can be put back, and what the clients knew when its making began and when it was done.
struct Copy: Sendable {
  let path: String
  let earlier: Books
  let later: Books
}
