import Contracts
import Core
import Glibc
import Store
import Vault

// Does one thing to a vault over and over until it is killed; VaultTests looks what is left.
//
//   register   makes people, and prints the number of each who is acknowledged
//   erase      erases the people whose numbers stand in the further arguments, and prints each who is acknowledged
//   rotate     rotates the keys again and again, and prints each version that is reached; with a further argument under
//              the new root key in that file

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: VaultCrasher register|erase|rotate STATE [SUBJECT…]")
  exit(EX_USAGE)
}
let (job, directory) = (arguments[1], arguments[2])

let store = try Store.open(at: "\(directory)/gapura.db", readers: 1, clock: SystemClock(), log: SilentLog())
var services = ServiceRegistry()
services.provide(Store.self, store)
services.provide((any WallClock).self, SystemClock())
services.provide((any RandomSource).self, SystemRandom())
services.provide((any Log).self, SilentLog())
services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
let module = try VaultModule(services: services)
try await store.migrate(VaultModule.schemas)
let vault = module.vault
try await vault.open()

/// One write call, so that a line is there whole or not at all.
func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = unsafe write(STDOUT_FILENO, line, line.count)
}

say("ready")
switch job {
case "register":
  while true {
    let subject = try await store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      let biodata = Biodata(
        fullName: "Person \(subject)", nik: nil, birthPlace: "Agam", dateOfBirth: "1990-07-01", sex: "P",
        nationality: "IDN")
      try vault.seal(Personal(biodata), of: subject, in: transaction)
      return subject
    }
    say("\(subject)")
  }
case "erase":
  for subject in arguments.dropFirst(3).compactMap({ Int64($0) }).map({ SubjectID($0) }) {
    _ = try await vault.erase(subject, for: .erasure, as: .system("test"))
    say("\(subject)")
  }
  // Waits to be killed, so that a kill never comes too late.
  while true { pause() }
case "rotate":
  guard let command = module.commands().first(where: { $0.path == ["vault", "rotate"] }) else { exit(EX_SOFTWARE) }
  let options = arguments.count > 3 ? ["new-root-key": arguments[3]] : [:]
  while true {
    _ = try await command.run(CommandInput(arguments: [], options: options, readSecret: { _ in Personal("") }))
    say("rotated")
  }
default:
  exit(EX_USAGE)
}
