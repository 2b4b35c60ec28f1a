-- One row: up to which id the Python message-relay's table events was copied into event. It moves with every batch, in
-- the batch's transaction, and never back.
CREATE TABLE IF NOT EXISTS python_events_copied (
  one     TINYINT NOT NULL PRIMARY KEY CHECK (one = 1),
  last_id BIGINT  NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO python_events_copied (one, last_id) VALUES (1, -9223372036854775808);
