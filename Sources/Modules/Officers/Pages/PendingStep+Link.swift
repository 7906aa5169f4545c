internal import HTML

extension PendingStep {
  /// The page of the step.
  ///
  /// - Parameter target: where the officer wanted to go.
  func link(before target: Link) -> Link {
    switch self {
    case .code: ReturnPath.adding(target, to: "/petugas/faktor/kode")
    case .enrolment: ReturnPath.adding(target, to: "/petugas/faktor/pertama")
    case .newPassword: "/petugas/sandi"
    case .nothing: target
    }
  }
}
