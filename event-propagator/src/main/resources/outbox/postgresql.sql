-- An outbox for event-propagator in PostgreSQL from 12.

CREATE TABLE outbox (
  -- Never give a key to another row: no TRUNCATE ... RESTART IDENTITY, no sequence set back.
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Unique for ever; where it is NULL one is made of the table's name and the key.
  event_id      text NULL,
  event_type    text NOT NULL,
  -- At most 256 KiB. json and jsonb will do as well.
  event_payload text NOT NULL,
  -- Events of one key keep their order.
  event_key     text NULL,
  traceparent   text NULL
);

-- Rows come and go; this keeps what they leave behind small.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- For OUTBOX_DONE=mark alone, where rows are kept:
-- ALTER TABLE outbox ADD COLUMN done_at timestamptz;
-- CREATE INDEX outbox_open ON outbox (id) WHERE done_at IS NULL;

-- Which propagator works, of those that share an outbox.
CREATE TABLE outbox_lease (
  name    text PRIMARY KEY,
  holder  text NOT NULL,
  token   bigint NOT NULL,
  expires timestamptz NOT NULL
);

-- What event-propagator needs, and no more (with OUTBOX_DONE=mark UPDATE in place of DELETE):
-- CREATE ROLE relay LOGIN PASSWORD '...';
-- GRANT SELECT, DELETE ON outbox TO relay;
-- GRANT SELECT, INSERT, UPDATE ON outbox_lease TO relay;

-- A transaction of yours, of which the event is a part:
-- BEGIN;
-- INSERT INTO orders (number, customer, total) VALUES ('A-4711', 'ada', 99.90);
-- INSERT INTO outbox (event_id, event_type, event_key, event_payload)
-- VALUES (
--   gen_random_uuid(),
--   'order.created',
--   'A-4711',
--   jsonb_build_object('number', 'A-4711', 'customer', 'ada', 'total', 99.90)
-- );
-- COMMIT;
