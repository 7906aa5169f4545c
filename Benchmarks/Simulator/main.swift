import Foundation

exit(await SimulateCommand.run(Array(CommandLine.arguments.dropFirst())))
