"""Counts, recency, distinct days and values, and sums: DuckDB's SQL over the raw log against the engine.

    python3 duckdb_counts.py FIRSTVALUE PLAYBOOK LOG

FIRSTVALUE is the command; the playbook declares a health score whose parts are the numbers below,
which `firstvalue replay --format users` prints for every user. Each must be equal.
"""

import json
import subprocess
import sys

import duckdb

HOUR = 3_600_000
DAY = 24 * HOUR


def where(event, within=None, condition=None):
    parts = [f"event = '{event}'"]
    if within:
        parts.append(f"until - moment <= {within}")
    if condition:
        parts.append(condition)
    return " FILTER (WHERE " + " AND ".join(parts) + ")"


def count(event, within=None, condition=None):
    return "count(*)" + where(event, within, condition)


def distinct(what, event, within=None):
    return f"count(DISTINCT {what})" + where(event, within)


def since(aggregate, event):
    return f"until - {aggregate}(moment)" + where(event)


AREA, TEMPLATE, ROWS = (f"json_extract_string(properties, '$.{name}')" for name in ["area", "template", "rows"])

# By the name of a part of the health score.
NUMBERS = {
    "touches": count("touch"),
    "touches_90d": count("touch", 90 * DAY),
    "touches_1000h": count("touch", 1000 * HOUR),
    "touches_of_src": count("touch", None, f"{AREA} = 'src'"),
    "touches_elsewhere_365d": count("touch", 365 * DAY, f"{AREA} NOT IN ('src', 'root')"),
    "days": distinct("day", "touch"),
    "days_365d": distinct("day", "touch", 365 * DAY),
    "weeks": distinct("week", "touch"),
    "weeks_52w": distinct("week", "touch", 364 * DAY),
    "areas": distinct(AREA, "touch"),
    "areas_30d": distinct(AREA, "touch", 30 * DAY),
    "merges": count("merge"),
    "since_last": since("max", "touch"),
    "since_first": since("min", "touch"),
    "since_signup": "until - min(moment)",
    "sessions_28d": distinct("day", "session.started", 28 * DAY),
    "reports": count("report.created"),
    "rows": f"coalesce(sum({ROWS}::DOUBLE)" + where("report.created") + ", 0)",
    "rows_30d": f"coalesce(sum({ROWS}::DOUBLE)" + where("report.created", 30 * DAY) + ", 0)",
    "large_reports_60d": count("report.created", 60 * DAY, f"{ROWS}::DOUBLE >= 500"),
    "templates_45d": distinct(TEMPLATE, "report.created", 45 * DAY),
    "since_last_report": since("max", "report.created"),
}

# A moment in milliseconds, and the local time that was written: its day and week are the user's own.
LOG = """
CREATE TABLE log AS
WITH raw AS (
  SELECT userId AS user, event, properties,
    epoch_ms(timestamp::TIMESTAMPTZ) AS moment,
    coalesce(
      (context->>'$.utcOffset')::BIGINT,
      CASE WHEN timestamp LIKE '%Z' THEN 0
        ELSE (substr(timestamp, -6, 1) || '1')::BIGINT
          * (substr(timestamp, -5, 2)::BIGINT * 60 + substr(timestamp, -2)::BIGINT) END
    ) * 60000 AS utc_offset
  FROM read_json(?, format = 'newline_delimited', columns = {
    userId: 'VARCHAR', event: 'VARCHAR', properties: 'JSON', timestamp: 'VARCHAR', context: 'JSON' })
)
SELECT *,
  (moment + utc_offset) // 86400000 AS day,
  date_trunc('week', make_timestamp((moment + utc_offset) * 1000)) AS week,
  (SELECT max(moment) FROM raw) AS until
FROM raw
"""


def by_engine(command, playbook, log):
    arguments = [command, "replay", "--playbook", playbook, "--events", log, "--format", "users"]
    printed = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True).stdout
    users = [json.loads(line) for line in printed.splitlines()]
    return {
        user["user"]: {part["name"]: part["value"] for part in user["health"]["parts"]}
        for user in users
    }


def by_sql(log, names):
    database = duckdb.connect()
    database.execute(LOG, [log])
    numbers = ", ".join(NUMBERS[name] for name in names)
    rows = database.execute(f"SELECT user, {numbers} FROM log GROUP BY user, until").fetchall()
    return {user: dict(zip(names, values)) for user, *values in rows}


def main():
    command, playbook, log = sys.argv[1:4]
    engine = by_engine(command, playbook, log)
    names = list(next(iter(engine.values())))
    sql = by_sql(log, names)
    differ = [f"users: {len(engine)} and {len(sql)}"] if engine.keys() != sql.keys() else []
    for user, numbers in sql.items():
        for name, number in numbers.items():
            found = engine.get(user, {}).get(name)
            if found != number:
                differ.append(f"{name} of {user}: engine {found}, SQL {number}")
    print(f"{log}: {len(names)} numbers of {len(sql)} users, {len(differ)} differ")
    for line in differ[:10]:
        print("  " + line)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
