internal import Bare

/// Whether the database's file itself is sound, as SQLite says without anything of ours between.
struct SoundnessCheck {
  let database: String

  func findings() throws -> [String] {
    let bare = try BareDatabase(at: database, isReadOnly: true)
    let damage = try bare.texts("PRAGMA integrity_check").filter { $0 != "ok" }
    let torn = try bare.texts("PRAGMA foreign_key_check")
    return damage.map { "the database file: \($0)" } + torn.map { "a row of \($0) refers to nothing" }
  }
}
