-- Who did what to the data, other than adding to it. Rows are added, never changed.
CREATE TABLE audit (
    -- The order in which it was done.
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    -- When, by the server's clock: milliseconds since 1970-01-01 UTC.
    at      INTEGER NOT NULL,
    -- Who: the first digits of an admin token's hash, or the command line.
    actor   TEXT    NOT NULL,
    -- What: export, import or erase.
    action  TEXT    NOT NULL,
    -- Of whom or what. A user is named by the first digits of their id's SHA-256, since the row
    -- stays when they are erased.
    subject TEXT    NOT NULL,
    -- How much.
    detail  TEXT    NOT NULL
) STRICT;

-- Reading what one user did.
CREATE INDEX events_user ON events (user_id, at);
