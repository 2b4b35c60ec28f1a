-- Times are microseconds since 1970-01-01T00:00:00Z. Text is compared byte by byte (BINARY, the default).

-- The store's name, in every cursor: a cursor of another store is found out.
CREATE TABLE store_identity (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  store_id TEXT    NOT NULL CHECK (length(store_id) = 32)
) STRICT;
INSERT INTO store_identity (one, store_id) VALUES (1, lower(hex(randomblob(16))));

-- One row, locked by every transaction that stores events: positions are given in commit order, without gaps.
CREATE TABLE event_position (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  next          INTEGER NOT NULL,
  last_received INTEGER NOT NULL
) STRICT;
INSERT INTO event_position (one, next, last_received) VALUES (1, 1, 0);

CREATE TABLE event (
  id            INTEGER PRIMARY KEY,    -- the position
  event_id      TEXT    NOT NULL UNIQUE,
  type          TEXT    NOT NULL,
  payload       TEXT    NOT NULL,
  payload_kind  INTEGER NOT NULL,       -- 0: payload is a string's value; 1: the source of another JSON value
  digest        BLOB    NOT NULL,       -- SHA-256 over kind, type and payload
  event_key     TEXT,
  traceparent   TEXT,
  received_time INTEGER NOT NULL        -- never goes back along id
) STRICT;
-- Both end in id without naming it, as every index of SQLite does.
CREATE INDEX event_by_type ON event (type);
CREATE INDEX event_by_received_time ON event (received_time);

-- A family is named by the hash of its first token.
CREATE TABLE refresh_token (
  hash    BLOB    PRIMARY KEY,
  family  BLOB    NOT NULL,
  account TEXT    NOT NULL,
  scope   TEXT    NOT NULL,
  issued  INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  spent   INTEGER,                      -- when; null while it can be used
  revoked INTEGER NOT NULL DEFAULT 0    -- 1 once a spent token of the family came again
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_family ON refresh_token (family);
CREATE INDEX refresh_token_by_expires ON refresh_token (expires);
