-- What was refused, for a look: bounded by count and age. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE refusal (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  time      INTEGER NOT NULL,
  account   TEXT    NOT NULL,
  event_id  TEXT,
  type      TEXT,
  reasons   TEXT    NOT NULL,             -- a line each
  beginning TEXT    NOT NULL              -- of what came
) STRICT;
CREATE INDEX refusal_by_time ON refusal (time);
