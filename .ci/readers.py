"""Opens what threadstance writes with readers that are not its own.

usage: readers.py PROGRAM THREADS...; needs duckdb, pandas, pyarrow, networkx.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import networkx
import pandas

program, *threads = sys.argv[1:]
folder = tempfile.mkdtemp()


def path(name):
    return os.path.join(folder, name)


def analyze(*flags):
    subprocess.run([program, "analyze", "--quiet", "--limit", "0", *flags, *threads], check=True)


for format in ("sqlite", "parquet", "graphml", "json", "jsonl", "csv"):
    analyze("--format", format, "-o", path("x." + format))

records = [json.loads(line) for line in open(path("x.jsonl"), encoding="utf-8")]
tables = json.load(open(path("x.json"), encoding="utf-8"))["tables"]
users = {row["user"]: row for row in tables[0]["rows"]}

# Python's sqlite3.
db = sqlite3.connect(path("x.sqlite"))
assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
assert db.execute("pragma foreign_key_check").fetchall() == []
assert db.execute("select count(*) from posts").fetchone()[0] == len(records)
assert db.execute("select count(*) from stances").fetchone()[0] == sum(len(r["stances"]) for r in records)
for start, end, text, whole in db.execute(
    'select e."start", e."end", e.text, p.text from evidence e join stances using (stance) join posts p using (post)'
):
    assert whole.encode()[start:end].decode() == text, text
view = db.execute("select * from by_user")
names = [column[0] for column in view.description]
rows = [dict(zip(names, row)) for row in view]
assert len(rows) == len(users)
for row in rows:
    want = users.get(row["user"]) or users[None]
    assert row["posts"] == want["posts"] and row["words"] == want["words"], row
    for actor, tags in want["stances"].items():
        assert row[actor + " tags"] == tags["tags"] and abs(row[actor] - tags["net"]) < 1e-4, (row, actor)
word = db.execute("select count(*) from posts_search where posts_search match 'the'").fetchall()[0][0]
assert word > 0, word

# DuckDB and pandas.
count, stances = duckdb.sql(f"select count(*), sum(len(stances)) from '{path('x.parquet')}'").fetchall()[0]
assert count == len(records) and stances == sum(len(r["stances"]) for r in records)
found = duckdb.sql(f"select s.evidence[1].text from '{path('x.parquet')}', unnest(stances) t(s) where s.label = 'against' order by 1").fetchall()
want = sorted(s["evidence"][0]["text"] for r in records for s in r["stances"] if s["label"] == "against")
assert [row[0] for row in found] == want, (found, want)
frame = pandas.read_parquet(path("x.parquet"))
assert list(frame["text"]) == [r["text"] for r in records]
assert [t is not pandas.NaT for t in frame["time"]] == [r["time"] is not None for r in records]
table = pandas.read_parquet(path("x.user.parquet"))
got = {(name, actor): (tags, round(net, 6)) for name, actor, tags, net in table[["user", "actor", "tags", "net"]].astype(object).where(table.notna(), None).values if actor}
want = {(name, actor): (tags["tags"], round(tags["net"], 6)) for name, row in users.items() for actor, tags in row["stances"].items() if tags["tags"]}
assert got == want, set(got.items()) ^ set(want.items())
csv = duckdb.sql(f"select count(*) from read_json_auto('{path('x.jsonl')}')").fetchall()[0][0]
assert csv == len(records)

# networkx.
graph = networkx.read_graphml(path("x.graphml"))
assert graph.number_of_nodes() == len(users), graph
assert sum(d["weight"] for _, _, d in graph.edges(data=True)) == sum(r["reply_to"] is not None for r in records)
print(f"{len(records)} posts and {graph.number_of_edges()} exchanges read by sqlite3 {sqlite3.sqlite_version}, duckdb {duckdb.__version__}, pandas {pandas.__version__}, networkx {networkx.__version__}")
