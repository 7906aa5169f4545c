public import Client
import Foundation

/// What a server takes of the machine, as the kernel says it.
public struct ServerLoad: Sendable {
  /// What could not be found out of a process.
  public struct Unknown: Error, CustomStringConvertible {
    public let description: String
  }

  private let process: Int32

  /// - Throws: `Unknown` where the office's server does not run.
  public init(of office: OfficeProcess) throws {
    guard let server = office.server else { throw Unknown(description: "the server does not run") }
    process = server.identifier
  }

  /// What it holds in memory now, in KiB (proc(5)).
  public func residentKiB() throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let size = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { throw Unknown(description: "the kernel does not say how much memory the server holds") }
    return size
  }

  /// How long it has kept processors busy so far (proc(5)), in whole ticks of ten milliseconds as a rule: measure over many.
  public func processorTime() throws -> Duration {
    let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    // Behind the name, which stands in brackets; utime and stime are the 14th and 15th field.
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ").dropFirst()
    let ticks = fields.dropFirst(11).prefix(2).compactMap { Int64($0) }.reduce(0, +)
    return .seconds(ticks) / Int(sysconf(Int32(_SC_CLK_TCK)))
  }
}
