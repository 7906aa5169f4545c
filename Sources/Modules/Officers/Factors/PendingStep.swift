/// What an officer has to do before the console is open to them.
enum PendingStep: Sendable, Equatable {
  /// To type a code.
  case code
  /// To replace a password that another officer has set.
  case newPassword
  /// To set a factor up, because the role demands one.
  case enrolment
  /// Nothing: all is done.
  case nothing
}
