-- Messages that were refused, with the reason; what a client sends is looked at rather than lost.
-- Only the latest are kept, so that a client gone wrong does not fill the disk.
CREATE TABLE quarantine (
    -- The order in which they came.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- When it arrived, by the server's clock: milliseconds since 1970-01-01 UTC.
    received_at INTEGER NOT NULL,
    -- The client's id for the message, if it has one.
    message_id  TEXT,
    -- Who, as far as can be read.
    user_id     TEXT,
    -- What is wrong with it, for people.
    reason      TEXT    NOT NULL,
    -- What was sent; its beginning if it was too large.
    body        TEXT    NOT NULL
) STRICT;
