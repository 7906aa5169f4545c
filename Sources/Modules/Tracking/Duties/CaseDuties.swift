import Contracts
import Core
import Store

/// Which officer did what on a case, and what they may do besides.
struct CaseDuties: Sendable {
  /// An act on the case that counts: one that was taken back does not.
  struct Act: Sendable, Equatable {
    let right: Right
    let officer: OfficerID
  }

  /// What the rules say of an act by an officer who has done another one on the same case.
  enum Verdict: Sendable, Equatable {
    case free
    /// Another officer does it, because this one knows the person.
    case known
    /// Another officer does it, because this one did that.
    case refused(after: Right)
    /// It may be done, and is looked over by another officer afterwards.
    case checkedAfterwards(after: Right)
  }

  let acts: [Act]
  /// The officers who know the person.
  let leftBy: Set<OfficerID>

  /// - Parameters:
  ///   - steps: the stages that the case has entered and not left again by taking back, and who led it there.
  ///   - service: nil where the catalogue does not have it any more: then no act is known.
  ///   - leftBy: the officers who have said that they know the person.
  init(steps: [(stage: String, by: String)], of service: OfferedService?, leftBy: Set<OfficerID> = []) {
    self.leftBy = leftBy
    acts = zip(steps, steps.dropFirst()).compactMap { left, entered in
      guard let stage = service?.stage(left.stage), stage.ending == .officer,
        let officer = Self.officer(in: entered.by)
      else { return nil }
      return Act(right: stage.right, officer: officer)
    }
  }

  /// - Parameter rules: nil where no module says which acts are two officers' work.
  func verdict(on right: Right, by officer: OfficerID?, _ rules: (any DutyService)?) -> Verdict {
    guard let officer else { return .free }
    if leftBy.contains(officer) { return .known }
    guard let rules else { return .free }
    var verdict = Verdict.free
    for act in acts where act.officer == officer {
      switch rules.rule(between: right, and: act.right) {
      case .refused: return .refused(after: act.right)
      case .checkedAfterwards: verdict = .checkedAfterwards(after: act.right)
      case nil: break
      }
    }
    return verdict
  }

  /// The officer of a principal as steps have it: `officer:12:clerk`.
  private static func officer(in principal: String) -> OfficerID? {
    let parts = principal.split(separator: ":")
    guard parts.first == "officer", parts.count > 1 else { return nil }
    return Int64(parts[1]).map { OfficerID($0) }
  }
}
