-- One row: who may remove old events and until when, so that of several consumers one works at a time; and how many
-- were removed in all. It moves in the transactions that remove.
CREATE TABLE IF NOT EXISTS event_retention (
  one        TINYINT     NOT NULL PRIMARY KEY CHECK (one = 1),
  holder     VARCHAR(64) NOT NULL,
  until_time BIGINT      NOT NULL,
  removed    BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO event_retention (one, holder, until_time, removed) VALUES (1, '', 0, 0);
