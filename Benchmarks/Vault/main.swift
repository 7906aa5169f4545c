import Core
import Glibc

// Measures the Vault against the bare library in the same run, so that a slow machine does not change the verdict.
//
//   gapura-bench-vault seal              records sealed and opened per second, against bare libcrypto on the same bytes
//   gapura-bench-vault register          people registered per second, alone and in a crowd
//   gapura-bench-vault lookup [COUNT…]   look-up by NIK among so many people (10,000, 100,000 and 1,000,000 unless told);
//                                        ends with 1 where its p99 does not repeat within a tenth
//   gapura-bench-vault document          a document of 96 MB sealed and opened, against openssl enc on the same file
//   gapura-bench-vault rotate [COUNT]    data keys wrapped anew per second (100,000 unless told)

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "seal": try SealBench().run()
case "register": try await RegisterBench().run()
case "lookup":
  guard try await LookupBench(counts: arguments.dropFirst().compactMap { Int($0) }).run() else { exit(1) }
case "document": try await DocumentBench().run()
case "rotate": try await RotationBench(count: arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000).run()
default:
  print("usage: gapura-bench-vault seal|register|lookup [COUNT…]|document|rotate [COUNT]")
  exit(EX_USAGE)
}
