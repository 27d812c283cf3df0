-- Reading what one user did, in parts of 16,384 events. In one index of all events those of a user stand together,
-- and those that come in at one time all over it: each would have a page of its own written, which took most
-- of the time of storing it. In a part, which has some hundred pages, they share them.
DROP INDEX events_user;
CREATE INDEX events_user ON events (id >> 14, user_id, at);

-- SQLite looks into one part after the other for a user only if it is told that there are few parts: about so
-- many events, in a part, of a user in it, at one time.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('events', 'events_user', '1000000 16384 4 1');
-- Now, too, and not only when the database is opened again.
ANALYZE sqlite_schema;
