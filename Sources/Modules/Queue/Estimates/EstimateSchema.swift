import Store

/// What people were told about the wait when they took a number, in milliseconds and, as a range, in minutes.
enum EstimateSchema {
  static let migration = Migration(
    EstimateSchema.number, "estimates",
    """
    CREATE TABLE queue_estimate (
      ticket INTEGER PRIMARY KEY REFERENCES queue_ticket (id),
      day TEXT NOT NULL,
      forecast INTEGER NOT NULL CHECK (forecast >= 0),
      head_start INTEGER NOT NULL CHECK (head_start IN (0, 1)),
      lower INTEGER NOT NULL,
      upper INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX queue_estimate_day ON queue_estimate (day, ticket);
    """)

  private static let number = 4
}
