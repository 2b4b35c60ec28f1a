-- How many events were stored, by the hour of their received time (counted from 1970-01-01T00:00:00Z) and type. Kept in
-- the transactions that store and remove events, so it is right at every commit. Its rows are never removed.
CREATE TABLE IF NOT EXISTS event_count (
  hour    BIGINT       NOT NULL,
  type    VARCHAR(255) NOT NULL,              -- '' for all types of the hour that came after its first 100
  arrived BIGINT       NOT NULL,              -- ever
  removed BIGINT       NOT NULL DEFAULT 0,    -- of those, by retention
  PRIMARY KEY (hour, type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The events that are there, in one statement, so that what a crash leaves is nothing or all of it. The types beyond the
-- first 100 of an hour, in the order of their names, share a row.
REPLACE INTO event_count (hour, type, arrived)
  SELECT hour, IF(place > 100, '', type), SUM(arrived)
  FROM (SELECT hour, type, arrived,
               ROW_NUMBER() OVER (PARTITION BY hour ORDER BY type) AS place
        FROM (SELECT received_time DIV 3600000000 AS hour, type, COUNT(*) AS arrived
              FROM event GROUP BY received_time DIV 3600000000, type) AS counted) AS placed
  GROUP BY hour, IF(place > 100, '', type);
