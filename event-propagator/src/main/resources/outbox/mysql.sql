-- An outbox for event-propagator in MySQL from 8.0 or MariaDB from 10.6.

CREATE TABLE outbox (
  -- Never give a key to another row: no TRUNCATE, no AUTO_INCREMENT set back.
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- Unique for ever; where it is NULL one is made of the table's name and the key.
  event_id      VARCHAR(64) COLLATE utf8mb4_bin NULL,
  event_type    VARCHAR(255) NOT NULL,
  -- At most 256 KiB. JSON will do as well.
  event_payload MEDIUMTEXT NOT NULL,
  -- Events of one key keep their order.
  event_key     VARCHAR(255) NULL,
  traceparent   VARCHAR(255) NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4;

-- For OUTBOX_DONE=mark alone, where rows are kept:
-- ALTER TABLE outbox ADD COLUMN done_at TIMESTAMP(6) NULL, ADD INDEX outbox_open (done_at, id);

-- Which propagator works, of those that share an outbox.
CREATE TABLE outbox_lease (
  name    VARCHAR(64) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  holder  VARCHAR(255) NOT NULL,
  token   BIGINT NOT NULL,
  expires DATETIME(6) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4;

-- What event-propagator needs, and no more (with OUTBOX_DONE=mark UPDATE in place of DELETE):
-- CREATE USER relay IDENTIFIED BY '...';
-- GRANT SELECT, DELETE ON shop.outbox TO relay;
-- GRANT SELECT, INSERT, UPDATE ON shop.outbox_lease TO relay;

-- A transaction of yours, of which the event is a part:
-- START TRANSACTION;
-- INSERT INTO orders (number, customer, total) VALUES ('A-4711', 'ada', 99.90);
-- INSERT INTO outbox (event_id, event_type, event_key, event_payload)
-- VALUES (
--   UUID(),
--   'order.created',
--   'A-4711',
--   JSON_OBJECT('number', 'A-4711', 'customer', 'ada', 'total', 99.90)
-- );
-- COMMIT;
