-- How many rows of events were ever taken out, or changed by hand: one row. What is kept beside the
-- database and follows from the events (projection.snapshot) holds for as long as this stays.
CREATE TABLE removals (
    -- Always 1.
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    -- How many.
    events INTEGER NOT NULL
) STRICT;
INSERT INTO removals (id, events) VALUES (1, 0);

CREATE TRIGGER events_removed AFTER DELETE ON events
BEGIN UPDATE removals SET events = events + 1; END;
CREATE TRIGGER events_changed AFTER UPDATE ON events
BEGIN UPDATE removals SET events = events + 1; END;
