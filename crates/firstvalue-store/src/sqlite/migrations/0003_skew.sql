-- By how much a client's clock was set right: milliseconds that were added to the time that it gave,
-- which stands in the body as originalTimestamp. 0 unless the clock was evidently wrong.
ALTER TABLE events ADD COLUMN skew INTEGER NOT NULL DEFAULT 0;
