-- How many events were stored, by the hour of their received time (counted from 1970-01-01T00:00:00Z) and type. Kept in
-- the transactions that store and remove events, so it is right at every commit. Its rows are never removed.
CREATE TABLE event_count (
  hour    INTEGER NOT NULL,
  type    TEXT    NOT NULL,               -- '' for all types of the hour that came after its first 100
  arrived INTEGER NOT NULL,               -- ever
  removed INTEGER NOT NULL DEFAULT 0,     -- of those, by retention
  PRIMARY KEY (hour, type)
) STRICT, WITHOUT ROWID;

-- The events that are there. One by one, and not sorted: that takes no memory, however many there are.
INSERT INTO event_count (hour, type, arrived)
  SELECT received_time / 3600000000, type, 1 FROM event WHERE true
  ON CONFLICT (hour, type) DO UPDATE SET arrived = arrived + 1;

-- The types beyond the first 100 of an hour, in the order of their names, share a row.
CREATE TABLE event_count_beyond (hour INTEGER NOT NULL, type TEXT NOT NULL, arrived INTEGER NOT NULL) STRICT;
INSERT INTO event_count_beyond (hour, type, arrived)
  SELECT hour, type, arrived
  FROM (SELECT hour, type, arrived, ROW_NUMBER() OVER (PARTITION BY hour ORDER BY type) AS place
        FROM event_count WHERE type <> '') AS placed
  WHERE place > 100;
DELETE FROM event_count WHERE (hour, type) IN (SELECT hour, type FROM event_count_beyond);
INSERT INTO event_count (hour, type, arrived)
  SELECT hour, '', SUM(arrived) FROM event_count_beyond WHERE true GROUP BY hour
  ON CONFLICT (hour, type) DO UPDATE SET arrived = arrived + excluded.arrived;
DROP TABLE event_count_beyond;
