internal import Core
import XCTest

/// Awaits the failure of `body` and returns it.
public func failure<T>(
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

/// The body must throw the problem with that code.
public func XCTAssertProblem(
  _ code: String, file: StaticString = #filePath, line: UInt = #line, _ body: () async throws -> Void
) async {
  do {
    try await body()
    XCTFail("nothing was thrown", file: file, line: line)
  } catch let problem as Problem {
    XCTAssertEqual(problem.code, code, file: file, line: line)
  } catch {
    XCTFail("another error: \(error)", file: file, line: line)
  }
}
