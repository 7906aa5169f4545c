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
          reference TEXT NOT NULL UNIQUE,
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
        """),
      Migration(
        2, "hall",
        """
        ALTER TABLE queue_ticket ADD COLUMN language TEXT NOT NULL DEFAULT 'id';
        ALTER TABLE queue_ticket ADD COLUMN appointed_at INTEGER;
        ALTER TABLE queue_ticket ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE queue_ticket ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE queue_ticket ADD COLUMN line TEXT NOT NULL DEFAULT '';
        ALTER TABLE queue_ticket ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE queue_ticket ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE queue_ticket ADD COLUMN target TEXT;
        ALTER TABLE queue_ticket ADD COLUMN hold_until INTEGER;
        ALTER TABLE queue_ticket ADD COLUMN reason TEXT;

        UPDATE queue_ticket SET
          place = issued_at,
          since = coalesce(ended_at, started_at, called_at, issued_at),
          line = service || '/0/' || CASE priority WHEN 1 THEN 'p' ELSE '-' END || '-/id/';
        UPDATE queue_ticket SET state = 'cancelled', ended_at = since
          WHERE state IN ('called', 'serving') AND EXISTS (
            SELECT 1 FROM queue_ticket later
            WHERE later.counter = queue_ticket.counter AND later.state IN ('called', 'serving')
              AND later.id > queue_ticket.id);

        DROP INDEX queue_ticket_line;
        DROP INDEX queue_ticket_counter;
        DROP INDEX queue_ticket_application;
        CREATE INDEX queue_ticket_line ON queue_ticket (day, line, place, id) WHERE state = 'waiting';
        CREATE INDEX queue_ticket_ahead ON queue_ticket (day, service, step, place) WHERE state = 'waiting';
        CREATE INDEX queue_ticket_state ON queue_ticket (day, state);
        CREATE INDEX queue_ticket_held ON queue_ticket (hold_until) WHERE state = 'hold';
        CREATE UNIQUE INDEX queue_ticket_hand ON queue_ticket (counter) WHERE state IN ('called', 'serving');
        CREATE UNIQUE INDEX queue_ticket_application ON queue_ticket (day, application)
          WHERE application IS NOT NULL AND state IN ('waiting', 'called', 'serving', 'hold');

        CREATE TABLE queue_transition (
          id INTEGER PRIMARY KEY,
          day TEXT NOT NULL,
          ticket INTEGER NOT NULL REFERENCES queue_ticket (id),
          action TEXT NOT NULL,
          from_state TEXT,
          to_state TEXT NOT NULL,
          at INTEGER NOT NULL,
          spent INTEGER NOT NULL CHECK (spent >= 0),
          service TEXT NOT NULL,
          step INTEGER NOT NULL,
          priority INTEGER NOT NULL,
          counter INTEGER,
          actor TEXT NOT NULL,
          reason TEXT
        ) STRICT;
        CREATE INDEX queue_transition_ticket ON queue_transition (ticket, id);
        CREATE INDEX queue_transition_day ON queue_transition (day, id);
        CREATE INDEX queue_transition_served ON queue_transition (day, service, step, id)
          WHERE from_state = 'serving';

        CREATE TABLE queue_undo (
          counter INTEGER PRIMARY KEY,
          transition INTEGER NOT NULL,
          action TEXT NOT NULL,
          at INTEGER NOT NULL,
          ticket INTEGER NOT NULL REFERENCES queue_ticket (id),
          state TEXT NOT NULL,
          since INTEGER NOT NULL,
          at_counter INTEGER,
          officer INTEGER,
          calls INTEGER NOT NULL,
          service TEXT NOT NULL,
          step INTEGER NOT NULL,
          place INTEGER NOT NULL,
          passed_over INTEGER NOT NULL,
          target TEXT,
          hold_until INTEGER,
          reason TEXT,
          called_at INTEGER,
          started_at INTEGER,
          ended_at INTEGER,
          stage TEXT
        ) STRICT;

        CREATE TABLE queue_counter (
          number INTEGER PRIMARY KEY,
          state TEXT NOT NULL,
          since INTEGER NOT NULL,
          reason TEXT,
          officer INTEGER,
          officer_name TEXT,
          languages TEXT NOT NULL,
          services TEXT NOT NULL
        ) STRICT;

        CREATE TABLE queue_call (
          id INTEGER PRIMARY KEY,
          day TEXT NOT NULL,
          ticket INTEGER NOT NULL REFERENCES queue_ticket (id),
          counter INTEGER NOT NULL,
          officer INTEGER NOT NULL,
          at INTEGER NOT NULL,
          cause TEXT NOT NULL,
          reason TEXT,
          score TEXT NOT NULL,
          runner_up INTEGER REFERENCES queue_ticket (id),
          runner_up_score TEXT
        ) STRICT;
        CREATE INDEX queue_call_day ON queue_call (day, id);
        """),
      PromiseTable.migration,
      EstimateSchema.migration,
      Migration(
        5, "tickets and calls by application",
        """
        CREATE INDEX queue_ticket_of ON queue_ticket (application) WHERE application IS NOT NULL;
        CREATE INDEX queue_call_ticket ON queue_call (ticket);
        """),
      StopTable.migration,
      ClosedDayTable.migration,
      CounterLossTable.migration,
    ])
}
