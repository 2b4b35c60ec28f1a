-- Times are microseconds since 1970-01-01T00:00:00Z. Text is compared code point by code point, whatever the
-- server's defaults are. A crash in between leaves what the next start completes: every statement can come again.

-- The store's name, in every cursor: a cursor of another store is found out.
CREATE TABLE IF NOT EXISTS store_identity (
  one      TINYINT  NOT NULL PRIMARY KEY CHECK (one = 1),
  store_id CHAR(32) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO store_identity (one, store_id) VALUES (1, REPLACE(UUID(), '-', ''));

-- One row, locked by every transaction that stores events: positions are given in commit order, without gaps.
CREATE TABLE IF NOT EXISTS event_position (
  one           TINYINT NOT NULL PRIMARY KEY CHECK (one = 1),
  next          BIGINT  NOT NULL,
  last_received BIGINT  NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO event_position (one, next, last_received) VALUES (1, 1, 0);

-- Both plain indexes end in id without naming it, as every secondary index of InnoDB does.
CREATE TABLE IF NOT EXISTS event (
  id            BIGINT       NOT NULL PRIMARY KEY,  -- the position
  event_id      VARCHAR(64)  NOT NULL,
  type          VARCHAR(255) NOT NULL,
  payload       MEDIUMTEXT   NOT NULL,
  payload_kind  TINYINT      NOT NULL,              -- 0: payload is a string's value; 1: the source of another JSON value
  digest        BINARY(32)   NOT NULL,              -- SHA-256 over kind, type and payload
  event_key     VARCHAR(255),
  traceparent   VARCHAR(255),
  received_time BIGINT       NOT NULL,              -- never goes back along id
  UNIQUE KEY event_by_event_id (event_id),
  KEY event_by_type (type),
  KEY event_by_received_time (received_time)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A family is named by the hash of its first token.
CREATE TABLE IF NOT EXISTS refresh_token (
  hash    BINARY(32)   NOT NULL PRIMARY KEY,
  family  BINARY(32)   NOT NULL,
  account VARCHAR(255) NOT NULL,
  scope   VARCHAR(255) NOT NULL,
  issued  BIGINT       NOT NULL,
  expires BIGINT       NOT NULL,
  spent   BIGINT,                                   -- when; null while it can be used
  revoked TINYINT      NOT NULL DEFAULT 0,          -- 1 once a spent token of the family came again
  KEY refresh_token_by_family (family),
  KEY refresh_token_by_expires (expires)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
