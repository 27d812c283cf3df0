-- What identify, group and alias calls say, for people who ask with SQL. Nothing here is stored twice:
-- columns are computed from the body when they are read, and views from the events.

-- The account that a group call names, else null.
ALTER TABLE events ADD COLUMN account_id TEXT GENERATED ALWAYS AS (
    CASE type WHEN 'group' THEN body ->> 'groupId' END
) VIRTUAL;

-- Another id by which an identify or alias call says that the user was known before, else null.
ALTER TABLE events ADD COLUMN earlier_id TEXT GENERATED ALWAYS AS (
    nullif(CASE type
        WHEN 'identify' THEN body ->> 'anonymousId'
        WHEN 'alias' THEN body ->> 'previousId'
    END, user_id)
) VIRTUAL;

-- Finding who was ever in an account, and whom an id belongs to.
CREATE INDEX events_account ON events (account_id, at) WHERE account_id IS NOT NULL;
CREATE INDEX events_earlier ON events (earlier_id, at) WHERE earlier_id IS NOT NULL;

-- Whom an id belongs to: whoever it was joined to first. That may be an earlier id of somebody, too.
CREATE VIEW identities AS
SELECT earlier_id, user_id, at FROM (
    SELECT earlier_id, user_id, at,
           row_number() OVER (PARTITION BY earlier_id ORDER BY at, id) AS n
    FROM events WHERE earlier_id IS NOT NULL
) WHERE n = 1;

-- Who belonged to which account, from when, and until when (null if they still do).
CREATE VIEW memberships AS
SELECT user_id, account_id, at AS since,
       lead(at) OVER (PARTITION BY user_id ORDER BY at, id) AS until
FROM (
    SELECT id, user_id, account_id, at,
           lag(account_id) OVER (PARTITION BY user_id ORDER BY at, id) AS before
    FROM events WHERE account_id IS NOT NULL
) WHERE before IS NOT account_id;

-- What was said of users and accounts, trait by trait, and when.
CREATE VIEW traits_history AS
SELECT 'user' AS kind, user_id AS subject, trait.key AS trait, trait.value AS value, at
FROM events, json_each(events.body, '$.traits') AS trait WHERE events.type = 'identify'
UNION ALL
SELECT 'account', account_id, trait.key, trait.value, at
FROM events, json_each(events.body, '$.traits') AS trait WHERE events.account_id IS NOT NULL;

-- Everybody who did anything, by each id they did it under.
CREATE VIEW users AS
SELECT user_id, min(at) AS first_at, max(at) AS last_at, count(*) AS events
FROM events GROUP BY user_id;

-- Every account that somebody was said to belong to.
CREATE VIEW accounts AS
SELECT account_id, min(at) AS first_at, max(at) AS last_at, count(DISTINCT user_id) AS users
FROM events WHERE account_id IS NOT NULL GROUP BY account_id;
