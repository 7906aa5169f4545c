#if canImport(Glibc)
  import Glibc
#endif
import Foundation

exit(SoakCommand.run(environment: ProcessInfo.processInfo.environment))
