"""Random queries over random objects, evaluated by GrowthBook's Python SDK and by the engine.

    python3 growthbook_conditions.py MATCHES [CASES] [SEED]

MATCHES is the built example `matches` of `firstvalue-engine`.
"""

import json
import random
import subprocess
import sys

from growthbook.core import evalCondition

NAMES = ["a", "b", "a.b", "list", "list.0", "missing"]
SCALARS = [None, True, False, 0, 1, -1, 2.5, 10, "", "1", "10", "a", "A", "pro", "2.0", "1.2.3", "1.10.0-beta"]


def scalar(rng):
    return rng.choice(SCALARS)


def value(rng):
    kind = rng.random()
    if kind < 0.7:
        return scalar(rng)
    if kind < 0.9:
        return [scalar(rng) for _ in range(rng.randint(0, 3))]
    return {"b": scalar(rng)}


def subject(rng):
    return {
        name: value(rng)
        for name in ["a", "b", "list"]
        if rng.random() < 0.8
    }


def operator(rng, depth):
    name = rng.choice(
        ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$type", "$regex",
         "$size", "$elemMatch", "$all", "$not", "$veq", "$vgt", "$vgte", "$vlt", "$vlte"]
    )
    if name in ("$in", "$nin", "$all"):
        return {name: [scalar(rng) for _ in range(rng.randint(0, 3))]}
    if name == "$exists":
        return {name: rng.random() < 0.5}
    if name == "$type":
        return {name: rng.choice(["string", "number", "boolean", "array", "object", "null"])}
    if name == "$regex":
        return {name: rng.choice(["^a", "1", "[a-z]+$", "^$", "p.o"])}
    if name == "$size":
        return {name: rng.choice([0, 1, 2, {"$gt": 1}])}
    if name == "$elemMatch":
        return {name: operator(rng, depth + 1)}
    if name == "$not":
        return {name: operator(rng, depth + 1)}
    if name.startswith("$v"):
        return {name: rng.choice(["1.2.3", "1.10.0", "2.0", "1.2.3-beta"])}
    if name in ("$gt", "$gte", "$lt", "$lte"):
        return {name: rng.choice([0, 1, 2.5, "a", "10"])}
    return {name: scalar(rng)}


def query(rng, depth=0):
    found = {}
    for _ in range(rng.choice([1, 1, 2])):
        kind = rng.random()
        if depth < 2 and kind < 0.2:
            found[rng.choice(["$and", "$or", "$nor"])] = [
                query(rng, depth + 1) for _ in range(rng.randint(0, 3))
            ]
        elif depth < 2 and kind < 0.3:
            found["$not"] = query(rng, depth + 1)
        elif kind < 0.85:
            found[rng.choice(NAMES)] = operator(rng, depth)
        else:
            found[rng.choice(NAMES)] = value(rng)
    return found


def main():
    matches, cases, seed = (sys.argv[1:] + ["20000", "1"][len(sys.argv) - 2 :])[:3]
    cases, rng = int(cases), random.Random(int(seed))
    asked = [{"query": query(rng), "object": subject(rng)} for _ in range(cases)]
    lines = "\n".join(json.dumps(case) for case in asked)
    answer = subprocess.run([matches], input=lines, capture_output=True, text=True, check=True)
    ours = [line == "true" for line in answer.stdout.split()]
    assert len(ours) == len(asked), "an answer for each case"
    differ = []
    for case, engine in zip(asked, ours):
        growthbook = bool(evalCondition(case["object"], case["query"], {}))
        if growthbook != engine:
            differ.append(f"GrowthBook {growthbook}, engine {engine}: {json.dumps(case)}")
    print(f"{cases} random queries, {sum(ours)} of them true, {len(differ)} decided otherwise")
    for line in sorted(differ, key=len)[:10]:
        print("  " + line)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
