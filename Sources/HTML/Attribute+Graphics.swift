/// Attributes of pictures and of inline SVG. Colours come from the stylesheet by class; a drawing
/// names at most `currentColor` or `none`.
extension Attribute {
  /// The width of a picture, in CSS pixels; with the height it keeps the picture's place free until it is there.
  public static func width(_ pixels: Int) -> Self { Self("width", String(pixels)) }
  /// The height of a picture, in CSS pixels.
  public static func height(_ pixels: Int) -> Self { Self("height", String(pixels)) }
  /// The part of a drawing's plane that its element shows: left edge, top edge, width and height.
  public static func viewBox(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Self {
    Self("viewBox", "\(x) \(y) \(width) \(height)")
  }
  /// The path data of SVG 2, chapter 9.
  public static func d(_ path: String) -> Self { Self("d", path) }
  /// The left edge of a rectangle, or the place of words, in units of the drawing.
  public static func x(_ place: Double) -> Self { Self("x", short(place)) }
  /// The top edge of a rectangle, or the base line of words, in units of the drawing.
  public static func y(_ place: Double) -> Self { Self("y", short(place)) }
  /// The centre of a circle, from the left.
  public static func cx(_ place: Double) -> Self { Self("cx", short(place)) }
  /// The centre of a circle, from the top.
  public static func cy(_ place: Double) -> Self { Self("cy", short(place)) }
  /// The radius of a circle.
  public static func r(_ radius: Double) -> Self { Self("r", short(radius)) }
  /// The radius of a rectangle's corners.
  public static func rx(_ radius: Double) -> Self { Self("rx", short(radius)) }
  /// The width of a shape, in units of the drawing.
  public static func shapeWidth(_ width: Double) -> Self { Self("width", short(width)) }
  /// The height of a shape, in units of the drawing.
  public static func shapeHeight(_ height: Double) -> Self { Self("height", short(height)) }

  /// The part of drawn words that stands at their place.
  public enum Anchor: String, Sendable { case start, middle, end }
  /// Which part of drawn words stands at their place.
  public static func textAnchor(_ anchor: Anchor) -> Self { Self("text-anchor", anchor.rawValue) }

  /// The colours that a drawing may name itself.
  public enum Paint: String, Sendable { case currentColor, none }
  /// What fills a shape.
  public static func fill(_ paint: Paint) -> Self { Self("fill", paint.rawValue) }
  /// What draws the outline of a shape.
  public static func stroke(_ paint: Paint) -> Self { Self("stroke", paint.rawValue) }
  /// The width of an outline, in units of the drawing.
  public static func strokeWidth(_ width: Double) -> Self { Self("stroke-width", short(width)) }
  /// Round ends and corners.
  public static let strokeRoundCap = Self("stroke-linecap", "round")
  /// `stroke-linejoin="round"`: the corners of an outline are round.
  public static let strokeRoundJoin = Self("stroke-linejoin", "round")
  /// `shape-rendering="crispEdges"`: no grey between the modules of a QR code.
  public static let crispEdges = Self("shape-rendering", "crispEdges")

  private static func short(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e9 ? String(Int(number)) : String(number)
  }
}
