internal import Store

extension Schema {
  static let accessibility = Schema(
    module: "accessibility",
    migrations: [
      Migration(
        1, "needs and calls for help",
        """
        CREATE TABLE accessibility_need (
          ticket INTEGER PRIMARY KEY NOT NULL,
          priority TEXT,
          assistance TEXT NOT NULL,
          recorded INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX accessibility_need_recorded ON accessibility_need (recorded);
        CREATE TABLE accessibility_help (
          id INTEGER PRIMARY KEY NOT NULL,
          place TEXT NOT NULL,
          requested INTEGER NOT NULL,
          answered INTEGER,
          officer INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX accessibility_help_open ON accessibility_help (place) WHERE answered IS NULL;
        CREATE INDEX accessibility_help_requested ON accessibility_help (requested);
        """)
    ])
}
