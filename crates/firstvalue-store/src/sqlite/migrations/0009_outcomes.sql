-- Adding up what the users of an account have achieved, without going through everything that they did: the
-- results that they recorded, and when they belonged to which account.
CREATE INDEX events_outcome ON events (user_id, at) WHERE event = 'outcome.recorded';
CREATE INDEX events_group ON events (user_id, at) WHERE type = 'group';
