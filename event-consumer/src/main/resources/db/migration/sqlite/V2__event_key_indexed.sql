-- For readers of one key's events. Those without a key are not in it.
CREATE INDEX event_by_key ON event (event_key) WHERE event_key IS NOT NULL;
