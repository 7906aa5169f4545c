import XCTest

/// Awaits the failure of `body` and returns it.
func failure<T>(
  _ body: () async throws -> T, file: StaticString = #filePath, line: UInt = #line
) async -> (any Error)? {
  do {
    _ = try await body()
    XCTFail("nothing was thrown", file: file, line: line)
    return nil
  } catch {
    return error
  }
}
