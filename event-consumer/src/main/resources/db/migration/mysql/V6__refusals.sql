-- What was refused, for a look: bounded by count and age. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE IF NOT EXISTS refusal (
  id        BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  time      BIGINT       NOT NULL,
  account   VARCHAR(255) NOT NULL,
  event_id  VARCHAR(64),
  type      VARCHAR(255),
  reasons   TEXT         NOT NULL,        -- a line each
  beginning TEXT         NOT NULL,        -- of what came
  KEY refusal_by_time (time)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
