"""Answers `question.sql` over a log, as JSON: `python duckdb_answer.py LOG`."""

import json
import pathlib
import sys

import duckdb

question = pathlib.Path(__file__).with_name("question.sql").read_text()
rows = duckdb.execute(question, {"log": sys.argv[1]}).fetchall()
json.dump({milestone: {"users": users, "median": median} for milestone, users, median in rows}, sys.stdout)
