import Store

/// What a draw was held for, kept as it stood, so that anybody can assign its places again.
enum DrawSchema {
  static let migration = Migration(
    DrawSchema.number, "draw places",
    """
    CREATE TABLE queue_appointment_draw_place (
      draw INTEGER NOT NULL REFERENCES queue_appointment_draw (id),
      place INTEGER NOT NULL REFERENCES queue_appointment_place (id),
      day TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (draw, place)
    ) STRICT;
    """)

  /// Its place among the queue's migrations.
  private static let number = 4
}
