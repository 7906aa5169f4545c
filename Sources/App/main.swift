import FoundationEssentials
import Glibc

let code = await Program(
  input: CommandLineInput(Array(CommandLine.arguments.dropFirst())), environment: ProcessInfo.processInfo.environment
).run()
exit(code.rawValue)
