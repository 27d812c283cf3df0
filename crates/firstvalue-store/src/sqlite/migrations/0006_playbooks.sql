-- Every version of the playbook that was in force. The last is the one in force now; to go back to an
-- earlier one is to publish its text again. Rows are added, never changed.
CREATE TABLE playbooks (
    -- The version: 1, 2, …
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    -- When it came into force, by the server's clock: milliseconds since 1970-01-01 UTC.
    at      INTEGER NOT NULL,
    -- Who published it: the first digits of an admin token's hash, the command line, or the settings
    -- of the collector (`file`).
    actor   TEXT    NOT NULL,
    -- What whoever published it says about it; empty if nothing.
    note    TEXT    NOT NULL,
    -- The playbook as it was written.
    text    TEXT    NOT NULL
) STRICT;
