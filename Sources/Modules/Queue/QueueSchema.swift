import Store

/// The tables of the queue.
///
/// A number series is per office, day and service; the unique indexes have the last word on
/// doubled numbers, doubled submissions and two live tickets of one application.
enum QueueSchema {
  static let schema = Schema(
    module: "queue",
    migrations: [
      Migration(
        1, "tickets",
        """
        CREATE TABLE queue_series (
          day TEXT NOT NULL,
          letter TEXT NOT NULL,
          last INTEGER NOT NULL CHECK (last > 0),
          PRIMARY KEY (day, letter)
        ) STRICT;

        CREATE TABLE queue_ticket (
          id INTEGER PRIMARY KEY,
          code TEXT NOT NULL UNIQUE,
          day TEXT NOT NULL,
          letter TEXT NOT NULL,
          number INTEGER NOT NULL CHECK (number > 0),
          service TEXT NOT NULL,
          application TEXT,
          priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
          channel TEXT NOT NULL,
          submission TEXT NOT NULL UNIQUE,
          state TEXT NOT NULL,
          counter INTEGER,
          officer INTEGER,
          calls INTEGER NOT NULL DEFAULT 0,
          issued_at INTEGER NOT NULL,
          called_at INTEGER,
          started_at INTEGER,
          ended_at INTEGER,
          UNIQUE (day, letter, number)
        ) STRICT;

        CREATE INDEX queue_ticket_line ON queue_ticket (day, state, service, priority, id);
        CREATE INDEX queue_ticket_called ON queue_ticket (day, called_at);
        CREATE INDEX queue_ticket_counter ON queue_ticket (day, counter, state);
        CREATE UNIQUE INDEX queue_ticket_application ON queue_ticket (day, application)
          WHERE application IS NOT NULL AND state IN ('waiting', 'called', 'serving');
        """)
    ])
}
