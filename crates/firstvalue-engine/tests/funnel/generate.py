"""Writes `window-funnel.json`: random logs and what ClickHouse's `windowFunnel` says of them.

    pip install chdb==4.4.0 && python3 generate.py > window-funnel.json

The mode is `strict_once`, in which one event is one step, as in a playbook's `sequence`. Moments
are distinct, since ClickHouse leaves the order of equal ones open. What it gives is the number of
steps that were reached within the window.
"""

import json
import random

import chdb

random.seed(20261122)


def sql_case(events, window, steps):
    rows = ", ".join(f"({at}, '{name}')" for at, name in events)
    conditions = ", ".join(
        "name IN (" + ", ".join(f"'{name}'" for name in names) + ")" for names in steps
    )
    return (
        f"SELECT windowFunnel({window}, 'strict_once')(at, {conditions}) "
        f"FROM values('at UInt64, name String', {rows})"
    )


cases = []
while len(cases) < 300:
    moments = sorted(random.sample(range(40), random.randint(2, 12)))
    events = [[at, random.choice("abcd")] for at in moments]
    window = random.choice([1, 2, 3, 5, 8, 13, 21, 40])
    steps = [
        sorted(random.sample("abcd", random.choice([1, 1, 1, 2])))
        for _ in range(random.randint(1, 4))
    ]
    level = int(str(chdb.query(sql_case(events, window, steps), "CSV")).strip())
    cases.append({"events": events, "window": window, "steps": steps, "expected": level})

print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
