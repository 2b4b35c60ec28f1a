-- One row: who may remove old events and until when, so that of several consumers one works at a time; and how many
-- were removed in all. It moves in the transactions that remove.
CREATE TABLE event_retention (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  holder     TEXT    NOT NULL,
  until_time INTEGER NOT NULL,
  removed    INTEGER NOT NULL
) STRICT;
INSERT INTO event_retention (one, holder, until_time, removed) VALUES (1, '', 0, 0);
