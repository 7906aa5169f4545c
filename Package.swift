// swift-tools-version: 6.2
import PackageDescription

// One line a target, grouped by floor; every arrow points down (ARCHITECTURE.md has the map, and
// Tests/ArchitectureTests holds the table of allowed imports).

let modules = [
  "Catalogue", "Registration", "Documents", "Queue", "Stops", "Appointments", "Displays", "Reports", "Tracking",
  "Feedback", "Accessibility", "Officers", "Privacy", "Guides", "Papers",
]

// What makes a fault harder to use. Our C refuses to be compiled without it, and scripts/check-release refuses an executable
// that lacks it; Swift guards stacks and checks bounds by itself. Buffers are checked where the compiler optimises.
#if arch(x86_64)
  let guardedBranches = "-fcf-protection=full"
#else
  let guardedBranches = "-mbranch-protection=standard"
#endif
let guardedC: [CSetting] = [
  .unsafeFlags(["-fstack-protector-strong", guardedBranches]),
  .define("_FORTIFY_SOURCE", to: "3", .when(configuration: .release)),
]
let guardedLink: [LinkerSetting] = [
  .unsafeFlags(["relro", "now", "noexecstack"].flatMap { ["-Xlinker", "-z", "-Xlinker", $0] })
]

let ground: [Target] = [
  .systemLibrary(name: "CSQLite", path: "Sources/System/CSQLite", pkgConfig: "sqlite3"),
  .target(
    name: "CCheckedPages", dependencies: ["CSQLite"], path: "Sources/System/CCheckedPages", cSettings: guardedC),
  .systemLibrary(name: "COpenSSL", path: "Sources/System/COpenSSL", pkgConfig: "libcrypto"),
  .systemLibrary(name: "CSystemd", path: "Sources/System/CSystemd", pkgConfig: "libsystemd"),
  .systemLibrary(name: "CMicrohttpd", path: "Sources/System/CMicrohttpd", pkgConfig: "libmicrohttpd"),
  .target(name: "CRefusals", dependencies: ["CMicrohttpd"], path: "Sources/System/CRefusals", cSettings: guardedC),
  // Of the C library itself, which links it.
  .systemLibrary(name: "CMalloc", path: "Sources/System/CMalloc"),
  .systemLibrary(name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib"),
  // Its pkg-config file defines a macro for Windows, which SwiftPM refuses; the module map links it.
  .systemLibrary(name: "CUtf8proc", path: "Sources/System/CUtf8proc"),
  .systemLibrary(name: "CXlsxwriter", path: "Sources/System/CXlsxwriter", pkgConfig: "xlsxwriter"),
  .systemLibrary(name: "CFido2", path: "Sources/System/CFido2", pkgConfig: "libfido2"),
  .systemLibrary(name: "CQrencode", path: "Sources/System/CQrencode", pkgConfig: "libqrencode"),
]

let floor1: [Target] = [
  .target(name: "Core"),
  .target(name: "Civil", dependencies: ["Core", "CUtf8proc"]),
  .target(name: "Crypto", dependencies: ["COpenSSL"]),
  .target(name: "Passkeys", dependencies: ["Crypto", "CFido2"]),
  .target(name: "HTML"),
  .target(name: "Console"),
]

let floor2: [Target] = [
  .target(name: "Store", dependencies: ["Core", "CSQLite", "CCheckedPages"]),
  .target(name: "QR", dependencies: ["CQrencode"]),
  .target(name: "Spreadsheet", dependencies: ["Core", "CXlsxwriter"]),
  .target(name: "Web", dependencies: ["Core", "Civil", "Crypto", "HTML", "QR", "CMicrohttpd", "CRefusals", "CZlib"]),
  .target(name: "Contracts", dependencies: ["Core", "Crypto", "Store"]),
  .target(name: "PageParts", dependencies: ["Core", "HTML", "Web", "Contracts"]),
  .target(name: "Ledger", dependencies: ["Core", "Crypto", "Store", "Contracts"]),
  .target(name: "Forecast", dependencies: ["Core", "Contracts"]),
]

// What every module is built with, and what some are beside it.
let common: [Target.Dependency] = ["Core", "HTML", "Store", "Web", "Contracts"]
let further: [String: [Target.Dependency]] = [
  "Appointments": ["Civil", "Crypto", "QR", "PageParts"],
  "Catalogue": ["PageParts"],
  "Documents": ["Crypto"],
  "Feedback": ["Civil"],
  "Officers": ["Civil", "Crypto", "QR", "Passkeys"],
  "Privacy": ["Civil"],
  "Queue": ["Civil", "QR", "PageParts", "Forecast"],
  "Registration": ["Civil", "QR"],
  "Reports": ["Spreadsheet"],
  "Stops": ["Civil", "PageParts"],
]

let floor3: [Target] =
  modules.map {
    .target(name: $0, dependencies: common + further[$0, default: []], path: "Sources/Modules/\($0)")
  } + [
    .target(name: "Vault", dependencies: ["Core", "Civil", "Crypto", "Store", "Contracts", "Ledger"]),
    .target(name: "Kiosk", dependencies: ["Core", "Civil", "Console", "QR", "Contracts"]),
  ]

let roof: [Target] = [
  .executableTarget(
    name: "gapura",
    dependencies: [
      "Core", "Civil", "HTML", "Store", "Web", "Contracts", "PageParts", "Ledger", "Vault", "Kiosk", "CSystemd",
      "CMalloc",
    ]
      + modules.map { .init(stringLiteral: $0) },
    path: "Sources/App", linkerSettings: guardedLink)
]

let tests: [Target] = [
  .target(name: "ShiftedClock", path: "Tests/ShiftedClock"),
  .target(name: "FailingDisk", path: "Tests/FailingDisk"),
  .target(name: "StatementRecorder", path: "Tests/StatementRecorder"),
  .target(name: "Client", dependencies: ["Core", "Crypto", "CSQLite", "CCheckedPages"], path: "Tests/Client"),
  .target(name: "WebDriver", dependencies: ["Client"], path: "Tests/WebDriver"),
  .testTarget(name: "WebTests", dependencies: ["Core", "HTML", "Web", "Client"]),
  .testTarget(name: "ArchitectureTests", dependencies: ["Client", "Core", "gapura"], exclude: ["asvs-ids.txt"]),
  .testTarget(name: "PeopleTests", dependencies: ["Core", "Contracts", "People"]),
  .testTarget(
    name: "EndToEnd",
    dependencies: [
      "Contracts", "Core", "Client", "Gallery", "PasskeyHarness", "People", "Day", "WebDriver", "gapura",
    ],
    path: "Tests/EndToEnd",
    exclude: [
      "Browser/audit.js", "Browser/focus.js", "Browser/focus-report.js", "Browser/Console/steps.json5",
    ]),
  .testTarget(name: "SoakTests", dependencies: ["Core", "gapura-soak"]),
  .testTarget(name: "CoreTests", dependencies: ["Core"]),
  .testTarget(name: "CivilTests", dependencies: ["Civil", "Core"]),
  .target(name: "CryptoHarness", dependencies: ["Core", "Crypto"], path: "Tests/CryptoHarness"),
  .target(name: "Expectations", dependencies: ["Core"], path: "Tests/Expectations"),
  .testTarget(name: "CryptoTests", dependencies: ["Core", "Crypto", "CryptoHarness", "COpenSSL"]),
  .target(name: "PasskeyHarness", dependencies: ["Client", "Crypto", "Passkeys"], path: "Tests/PasskeyHarness"),
  .testTarget(name: "PasskeysTests", dependencies: ["Crypto", "CryptoHarness", "Passkeys", "PasskeyHarness"]),
  .testTarget(
    name: "AppTests",
    dependencies: [
      "gapura", "Appointments", "Catalogue", "Contracts", "Core", "Crypto", "Displays", "Documents", "Feedback",
      "Forecast", "Officers", "Privacy", "Queue", "Store", "Vault", "Web", "CSystemd", "CMalloc",
    ]),
  .testTarget(name: "CatalogueTests", dependencies: ["Catalogue", "Contracts", "Core", "HTML", "Web"]),
  .testTarget(
    name: "GuidesTests",
    dependencies: ["Guides", "ModuleHarness", "Client", "Core", "HTML", "Store", "Web", "Contracts", "Catalogue"]),
  .testTarget(name: "HTMLTests", dependencies: ["Core", "HTML"]),
  .testTarget(name: "PageTests", dependencies: ["Civil", "Core", "Gallery", "HTML", "QR", "Web"]),
  .testTarget(
    name: "QueueTests",
    dependencies: [
      "Core", "Civil", "Crypto", "HTML", "Store", "Web", "Contracts", "PageParts", "Forecast", "Queue", "Stops",
      "Displays", "Reports", "Vault", "Expectations", "ModuleHarness", "Client",
    ]),
  .testTarget(name: "ForecastTests", dependencies: ["Core", "Contracts", "Forecast", "Expectations"]),
  .testTarget(
    name: "StopsTests",
    dependencies: [
      "Stops", "Queue", "Forecast", "Expectations", "ModuleHarness", "Client", "Core", "Store", "Web", "Contracts",
    ]),
  .testTarget(
    name: "AppointmentsTests",
    dependencies: [
      "Appointments", "Queue", "Stops", "Displays", "Vault", "Expectations", "ModuleHarness", "Client", "Core", "Civil",
      "Crypto",
      "HTML", "Store", "Web", "Contracts", "PageParts", "Forecast",
    ]),
  .testTarget(
    name: "DisplaysTests",
    dependencies: ["Displays", "Queue", "ModuleHarness", "Client", "Core", "HTML", "Store", "Web", "Contracts"]),
  .testTarget(
    name: "ReportsTests",
    dependencies: [
      "Reports", "Queue", "Appointments", "Expectations", "ModuleHarness", "Client", "Core", "HTML", "Store", "Web",
      "Contracts",
    ]),
  .testTarget(name: "SimulatorTests", dependencies: ["Core", "Store", "Contracts", "Queue", "Reports", "Simulator"]),
  .testTarget(name: "SpreadsheetTests", dependencies: ["Client", "Core", "Spreadsheet"]),
  .testTarget(name: "QRTests", dependencies: ["QR"]),
  .target(name: "TinyTerminal", dependencies: ["Console"], path: "Tests/TinyTerminal"),
  .target(
    name: "ForeignBytes",
    dependencies: [
      "Core", "Civil", "Crypto", "HTML", "Console", "Store", "Web", "Contracts", "Ledger", "Vault", "Kiosk",
      "Catalogue", "Documents", "Client", "TinyTerminal", "Passkeys", "PasskeyHarness",
    ], path: "Tests/ForeignBytes"),
  .testTarget(name: "FuzzTests", dependencies: ["ForeignBytes"]),
  .testTarget(name: "ConsoleTests", dependencies: ["Console", "TinyTerminal"]),
  .testTarget(
    name: "RegistrationTests",
    dependencies: [
      "Core", "Civil", "Crypto", "HTML", "Store", "Web", "Contracts", "Vault", "Catalogue", "Documents",
      "Registration", "Tracking", "Client", "Expectations",
    ]),
  .testTarget(
    name: "TrackingTests",
    dependencies: [
      "Core", "Crypto", "HTML", "Store", "Web", "Contracts", "Vault", "Tracking", "Client", "Expectations",
    ]),
  .testTarget(
    name: "StoreTests", dependencies: ["Core", "Store", "Client", "CSQLite", "CCheckedPages", "StoreCrasher"]),
  .testTarget(
    name: "SchemaTests",
    dependencies: [
      "Client", "Contracts", "Core", "Store", "Vault", "gapura", "CSQLite", "CCheckedPages", "CSystemd", "CMalloc",
    ],
    exclude: ["tables.txt"]),
  .executableTarget(name: "StoreCrasher", dependencies: ["Core", "Store"], path: "Tests/StoreCrasher"),
  .target(
    name: "VaultHarness", dependencies: ["Core", "Store", "Contracts", "Vault", "Client"], path: "Tests/VaultHarness"),
  .testTarget(
    name: "LedgerTests",
    dependencies: [
      "Core", "Crypto", "CryptoHarness", "Expectations", "Store", "Contracts", "Ledger", "Vault", "VaultHarness",
    ]),
  .testTarget(
    name: "VaultTests",
    dependencies: [
      "Core", "Crypto", "CryptoHarness", "Expectations", "Store", "Contracts", "Ledger", "Vault", "VaultHarness",
      "Client", "CSQLite", "VaultCrasher",
    ]),
  .testTarget(
    name: "DocumentsTests",
    dependencies: [
      "Core", "Crypto", "CryptoHarness", "Expectations", "Store", "Contracts", "Documents", "Vault", "VaultHarness",
      "Client", "DocumentCrasher", "ClamdSimulator",
    ]),
  .executableTarget(
    name: "VaultCrasher", dependencies: ["Core", "Store", "Contracts", "Vault"], path: "Tests/VaultCrasher"),
  .executableTarget(
    name: "DocumentCrasher", dependencies: ["Core", "Store", "Contracts", "Documents", "Vault"],
    path: "Tests/DocumentCrasher"),
  .executableTarget(name: "ClamdSimulator", path: "Tests/ClamdSimulator"),
  .target(
    name: "ModuleHarness", dependencies: ["Core", "HTML", "Store", "Web", "Contracts", "Client"],
    path: "Tests/ModuleHarness"),
  .testTarget(
    name: "OfficersTests",
    dependencies: [
      "Officers", "CryptoHarness", "Expectations", "ModuleHarness", "Client", "Core", "Crypto", "HTML", "Store", "Web",
      "Contracts", "Vault", "Passkeys", "PasskeyHarness",
    ]),
  .testTarget(
    name: "AccessibilityTests",
    dependencies: [
      "Accessibility", "Expectations", "ModuleHarness", "Client", "Core", "HTML", "Store", "Web", "Contracts",
    ]),
  .target(
    name: "Gallery", dependencies: ["Core", "Console", "HTML", "QR", "Web", "Contracts", "Kiosk"], path: "Tests/Gallery"
  ),
  .testTarget(
    name: "KioskTests",
    dependencies: [
      "Core", "Console", "Contracts", "Gallery", "Kiosk", "ModuleHarness", "QR", "Store", "TinyTerminal",
    ]),
  .testTarget(
    name: "PrivacyTests",
    dependencies: [
      "Privacy", "Registration", "Documents", "Tracking", "Catalogue", "Feedback", "Queue", "Appointments",
      "Accessibility", "ModuleHarness", "Client", "Core", "Civil", "Crypto", "HTML", "Store", "Web", "Contracts",
      "Ledger", "Vault", "Expectations", "RightsCrasher",
    ]),
  .executableTarget(
    name: "RightsCrasher",
    dependencies: [
      "Privacy", "Registration", "Documents", "Feedback", "Queue", "Appointments", "ModuleHarness", "Client", "Core",
      "Store", "Web", "Contracts", "Vault",
    ], path: "Tests/RightsCrasher"),
  .testTarget(
    name: "PapersTests",
    dependencies: ["Papers", "ModuleHarness", "Client", "Core", "Store", "Web", "Contracts"]),
  .testTarget(
    name: "FeedbackTests",
    dependencies: [
      "Feedback", "Expectations", "ModuleHarness", "Client", "Core", "Crypto", "HTML", "Store", "Web", "Contracts",
      "Vault",
    ]),
]

let benchmarks: [Target] = [
  .systemLibrary(name: "CBareSQLite", path: "Benchmarks/System/CBareSQLite", pkgConfig: "sqlite3"),
  .systemLibrary(name: "CBareCrypto", path: "Benchmarks/System/CBareCrypto", pkgConfig: "libcrypto"),
  .target(name: "Bare", dependencies: ["CBareSQLite", "CBareCrypto"], path: "Benchmarks/Bare"),
  .target(name: "Measuring", dependencies: ["Client"], path: "Benchmarks/Measuring"),
  .target(name: "People", dependencies: ["Core", "Contracts"], path: "Benchmarks/People"),
  .target(
    name: "Day", dependencies: ["Core", "Console", "Contracts", "Store", "Client", "TinyTerminal", "People", "Bare"],
    path: "Benchmarks/Day"),
  .executableTarget(
    name: "gapura-day", dependencies: ["Core", "People", "Day", "Client"], path: "Benchmarks/OfficeDay"),
  .executableTarget(
    name: "gapura-soak", dependencies: ["Core", "Contracts", "Client", "People", "Day", "Bare"], path: "Benchmarks/Soak"
  ),
  .target(
    name: "Simulator",
    dependencies: [
      "Core", "Store", "Contracts", "Catalogue", "Queue", "Registration", "Tracking", "Vault", "Client", "People",
    ],
    path: "Benchmarks/Simulator"),
  .executableTarget(name: "gapura-gallery", dependencies: ["Gallery"], path: "Benchmarks/Gallery"),
  .executableTarget(name: "gapura-simulate", dependencies: ["Simulator"], path: "Benchmarks/Simulate"),
  .executableTarget(
    name: "gapura-bench-ledger", dependencies: ["Core", "Store", "Contracts", "Vault", "COpenSSL"],
    path: "Benchmarks/Ledger"),
  .executableTarget(
    name: "gapura-bench-vault",
    dependencies: ["Core", "Crypto", "Store", "Contracts", "Documents", "Measuring", "Vault", "COpenSSL"],
    path: "Benchmarks/Vault"),
  .executableTarget(
    name: "gapura-bench-release", dependencies: ["Core", "Client", "Day", "Measuring", "People"],
    path: "Benchmarks/Release"),
  .executableTarget(
    name: "gapura-bench",
    dependencies: [
      "Core", "Store", "Contracts", "Vault", "Catalogue", "Queue", "Client", "People", "Day", "Bare", "Measuring",
      "WebDriver",
    ],
    path: "Benchmarks/Bench"),
]

// libFuzzer brings its own `main`, so this builds with `--sanitize fuzzer` only: `make fuzz` asks for it.
let fuzzing: [Target] =
  Context.environment["GAPURA_FUZZ"] == nil
  ? [] : [.executableTarget(name: "gapura-fuzz", dependencies: ["ForeignBytes"], path: "Benchmarks/Fuzz")]

let package = Package(
  name: "gapura",
  products: [
    .executable(name: "gapura", targets: ["gapura"]),
    // Loaded into the offices that tests start.
    .library(name: "ShiftedClock", type: .dynamic, targets: ["ShiftedClock"]),
    .library(name: "FailingDisk", type: .dynamic, targets: ["FailingDisk"]),
    // Loaded into the tests that send statements.
    .library(name: "StatementRecorder", type: .dynamic, targets: ["StatementRecorder"]),
  ],
  targets: ground + floor1 + floor2 + floor3 + roof + tests + benchmarks + fuzzing,
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
  if target.type != .test {
    target.swiftSettings?.append(.strictMemorySafety())
  }
}
