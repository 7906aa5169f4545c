/// The tag of a place's identity.
public enum PlaceTag {}

/// The identity of a place where people are served: the office, or one of its service points.
///
/// Counters, numbers and days belong to a place: two places each have a counter 1, and an A-001 on the same day.
public typealias PlaceID = ID<PlaceTag>

extension ID where Tag == PlaceTag {
  /// The office itself: the one place that there is.
  public static var office: PlaceID { PlaceID(1) }
}
