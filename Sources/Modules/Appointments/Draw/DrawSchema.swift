import Store

/// What a draw was held for, kept as it stood, so that anybody can assign its places again.
enum DrawSchema {
  static let migration = Migration(
    DrawSchema.number, "draw places",
    """
    CREATE TABLE appointments_draw_place (
      draw INTEGER NOT NULL REFERENCES appointments_draw (id),
      place INTEGER NOT NULL REFERENCES appointments_place (id),
      day TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (draw, place)
    ) STRICT;
    """)

  /// What a draw in parts leaves between them, and a seed that the row alone does not tell.
  static let parts = Migration(
    DrawSchema.partsNumber, "draws in parts",
    """
    ALTER TABLE appointments_draw ADD COLUMN seed_source BLOB;
    ALTER TABLE appointments_draw ADD COLUMN closed_at INTEGER;
    ALTER TABLE appointments_draw ADD COLUMN list_hash BLOB;
    """)

  /// Their places among the module's migrations.
  private static let number = 2
  private static let partsNumber = 3
}
