/// A copy of the data that can be put back, and what the clients knew when its making began and when it was done.
struct Copy: Sendable {
  /// The key ring that fits: one that was copied right after the data, or the one that lay beside it until a restore put
  /// another in its place.
  struct Ring: Sendable {
    let path: String
    /// The copies of data whose people it knows.
    let knows: Set<Int>
    /// How many rotations there had been.
    let rotationCount: Int
  }

  let number: Int
  let path: String
  let earlier: Books
  let later: Books
  /// nil where the ring stayed in the state directory.
  let ring: Ring?
}
