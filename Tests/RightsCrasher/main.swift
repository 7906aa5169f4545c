import Appointments
import Client
import Contracts
import Core
import Documents
import Feedback
import Glibc
import ModuleHarness
import Privacy
import Queue
import Registration
import Store
import Vault
import Web

// Decides requests about personal data, as a supervisor does with a browser, until it is killed; PrivacyTests looks what
// is left.
//
//   RightsCrasher STATE LOCALES CODE:PERSON…    for each request, and whom it reaches besides (0 for nobody), it says
//                                               `deciding CODE`, and `decided CODE MICROSECONDS` when that is
//                                               acknowledged

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: RightsCrasher STATE LOCALES CODE:PERSON…")
  exit(EX_USAGE)
}
let directory = arguments[1]
let locales = try Locales.load(directory: arguments[2])
let store = try Store.open(at: "\(directory)/gapura.db", readers: 1, clock: SystemClock(), log: SilentLog())

var services = ServiceRegistry()
services.provide(Store.self, store)
services.provide((any WallClock).self, SystemClock())
services.provide((any RandomSource).self, SystemRandom())
services.provide((any Log).self, SilentLog())
services.provide(LookUpGuard.self, LookUpGuard(clock: SystemClock(), log: SilentLog()))
services.provide(StateDirectory.self, StateDirectory(path: directory))
services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
let office = Office(
  name: LocalizedText([.indonesian: "Kantor Imigrasi Contoh", .english: "Sample Immigration Office"]), zone: .wib,
  address: "Jalan Contoh 1", telephone: "+62 721 000", counters: [])
services.provide(Office.self, office)
let module = try VaultModule(services: services)
try await module.vault.open()
module.provide(to: &services)
try DocumentsModule(services: services).provide(to: &services)
try RegistrationModule(services: services).provide(to: &services)
services.provide(Locales.self, locales)
try QueueModule(services: services).provide(to: &services)
try AppointmentsModule(services: services).provide(to: &services)
let feedback = try FeedbackModule(services: services)
feedback.provide(to: &services)

/// The same for the same bytes, which is all that a form's token needs here.
struct Signer: RequestSigner {
  func sign(_ bytes: [UInt8]) -> [UInt8] { QuickHash().authenticate(bytes, for: "test.requests") }
}

var configuration = WebConfiguration()
configuration.port = 0
let server = try WebServer(
  WebServer.Parts(
    configuration: configuration,
    office: WebOffice(name: office.name, zone: office.zone, telephone: office.telephone), locales: locales,
    routes: try PrivacyModule(services: services).routes(), navigation: [], signer: Signer(),
    gatekeeper: StandingOfficers(), clock: SystemClock()))
try server.start()
let supervisor = Visitor(port: server.port, language: "id")
await supervisor.with { $0.setCookie("petugas", "SUPERVISOR") }

/// One write call, so that a line is there whole or not at all.
func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = unsafe write(STDOUT_FILENO, line, line.count)
}

say("ready")
for argument in arguments.dropFirst(3) {
  let parts = argument.split(separator: ":").map(String.init)
  let path = "/petugas/hak-data/kasus/\(parts[0])"
  _ = try await supervisor.get(path)
  say("deciding \(parts[0])")
  let reach = parts[1] == "0" ? [] : [(name: "ikut", value: parts[1])]
  let began = ContinuousClock.now
  let answer = try await supervisor.post(
    path,
    [(name: "putusan", value: "in-person"), (name: "dibandingkan", value: "ya"), (name: "_yakin", value: "ya")] + reach)
  let took = (ContinuousClock.now - began) / .microseconds(1)
  say("\(answer.status == 303 ? "decided" : "refused with \(answer.status)") \(parts[0]) \(Int(took))")
}
// Waits to be killed, so that a kill never comes too late.
while true { pause() }
