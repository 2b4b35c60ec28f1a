-- For readers of one key's events. A crash may leave the index without a line in the history, and MySQL knows no
-- CREATE INDEX IF NOT EXISTS.
SET @make_index = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'event' AND index_name = 'event_by_key') = 0,
  'CREATE INDEX event_by_key ON event (event_key)',
  'DO 0');
PREPARE make_index FROM @make_index;
EXECUTE make_index;
DEALLOCATE PREPARE make_index;
