-- Every message that a client sent and that was accepted, once. Rows are added, never changed.
CREATE TABLE events (
    -- The order in which messages were stored; never used again, even if the row is erased.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The client's id for the message: the same however often it is sent.
    message_id  TEXT    NOT NULL UNIQUE,
    -- Who: the user id, or the anonymous id before the user is known.
    user_id     TEXT    NOT NULL,
    -- Which call it was: track, identify, group, page, screen or alias.
    type        TEXT    NOT NULL,
    -- What was done: a track call's event, page.viewed for a page call, else null.
    event       TEXT,
    -- When it happened, by the client's clock: milliseconds since 1970-01-01 UTC.
    at          INTEGER NOT NULL,
    -- When it arrived, by the server's clock: milliseconds since 1970-01-01 UTC.
    received_at INTEGER NOT NULL,
    -- Minutes that the user's clocks are ahead of UTC.
    utc_offset  INTEGER NOT NULL,
    -- The whole message as JSON, in the format of Segment's HTTP tracking API.
    body        TEXT    NOT NULL
) STRICT;

-- Reading in the order in which things happened; equal times come in the order of arrival.
CREATE INDEX events_at ON events (at);
