/// Attributes of pictures and of inline SVG. Colours come from the stylesheet by class; a drawing
/// names at most `currentColor` or `none`.
extension Attribute {
  public static func width(_ pixels: Int) -> Self { Self("width", String(pixels)) }
  public static func height(_ pixels: Int) -> Self { Self("height", String(pixels)) }
  public static func viewBox(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Self {
    Self("viewBox", "\(x) \(y) \(width) \(height)")
  }
  /// The path data of SVG 2, chapter 9.
  public static func d(_ path: String) -> Self { Self("d", path) }
  public static func x(_ place: Double) -> Self { Self("x", short(place)) }
  public static func y(_ place: Double) -> Self { Self("y", short(place)) }
  public static func cx(_ place: Double) -> Self { Self("cx", short(place)) }
  public static func cy(_ place: Double) -> Self { Self("cy", short(place)) }
  public static func r(_ radius: Double) -> Self { Self("r", short(radius)) }
  public static func rx(_ radius: Double) -> Self { Self("rx", short(radius)) }
  public static func shapeWidth(_ width: Double) -> Self { Self("width", short(width)) }
  public static func shapeHeight(_ height: Double) -> Self { Self("height", short(height)) }

  public enum Anchor: String, Sendable { case start, middle, end }
  /// Which part of drawn words stands at their place.
  public static func textAnchor(_ anchor: Anchor) -> Self { Self("text-anchor", anchor.rawValue) }

  public enum Paint: String, Sendable { case currentColor, none }
  public static func fill(_ paint: Paint) -> Self { Self("fill", paint.rawValue) }
  public static func stroke(_ paint: Paint) -> Self { Self("stroke", paint.rawValue) }
  public static func strokeWidth(_ width: Double) -> Self { Self("stroke-width", short(width)) }
  /// Round ends and corners.
  public static let strokeRoundCap = Self("stroke-linecap", "round")
  public static let strokeRoundJoin = Self("stroke-linejoin", "round")
  /// `shape-rendering="crispEdges"`: no grey between the modules of a QR code.
  public static let crispEdges = Self("shape-rendering", "crispEdges")

  private static func short(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e9 ? String(Int(number)) : String(number)
  }
}
