#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Earshot developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the statements that name every synchronised table from the schema: those by which changed rows travel
(changes_, apply_, revise_, displace_, remove_, empty_, withdraw_, get_, newest_TABLE.sql), the checks of the change numbers, and those by
which a slice's tables are made and read (slice_create_, slice_rows_, slice_apply_, slice_new_TABLE.sql, slice_ids.sql).

sync_queries.py           writes them
sync_queries.py --check   fails when one of them is not what it would write
"""

import pathlib
import re
import sqlite3
import sys

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "resources"
WIDTH = 110
# Nearly all rows of a history are of these.
MANY = ("thread", "contact", "identity", "message", "message_version", "media", "journal", "delivery", "conversation",
        "conversation_tag")
# What of a row makes the statement end before it: what is counted of it is more than its note does.
ENDING = {("conversation_tag", "tag"): (
    "CASE WHEN NOT EXISTS (SELECT 1 FROM conversation AS c WHERE c.id = given.conversation) THEN tag END")}


# Each of these has many indexes, and mostly changes in what none of them holds.
REVISED = ("conversation",)


def load_schema():
    database = sqlite3.connect(":memory:")
    for script in sorted((RESOURCES / "schema").glob("*.sql")):
        database.executescript(script.read_text())
    return database


def columns_of(database, table):
    return [row[0] for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def synchronised_tables(database):
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    needed = {"id", "seq", "created_seq", "channel"}
    return [name for name in names if needed <= set(columns_of(database, name))]


def wrapped(parts, indent):
    """The parts joined by commas, in lines of at most WIDTH."""
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) + 2 > WIDTH - indent:
            lines.append(line)
            line = part
        else:
            line = f"{line}, {part}" if line else part
    return (",\n" + " " * indent).join(lines + [line])


def unique_keys(database, table):
    """The table's unique keys besides its id, each as a condition on the new row's values."""
    keys = []
    listed = database.execute("SELECT name, \"unique\", origin FROM pragma_index_list(?) ORDER BY name", (table,))
    for index, is_unique, origin in listed.fetchall():
        if not is_unique or origin == "pk":
            continue
        terms = []
        for column, collation in database.execute(
                "SELECT name, coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno", (index,)):
            suffix = f" COLLATE {collation}" if collation != "BINARY" else ""
            terms.append(f"{column} = :{column}{suffix}")
        sql = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()[0] or ""
        if " WHERE " in sql:
            terms.append(sql.split(" WHERE ", 1)[1].strip())
        keys.append(" AND ".join(terms))
    return keys


def kept_by_others(database, table):
    """The columns that an index holds or a trigger looks at, but for the change number."""
    columns = columns_of(database, table)
    held = set()
    for sql, in database.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = 'index' AND sql IS NOT NULL", (table,)):
        held.update(re.findall(r"\w+", sql.split(" ON ", 1)[1]))
    for sql, in database.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = 'trigger'", (table,)):
        of = re.search(r"UPDATE OF ([\w, ]+) ON", sql)
        held.update(re.findall(r"\w+", of[1]) if of else [])
    for key in unique_keys(database, table):
        held.update(re.findall(r"\w+", key))
    return [column for column in columns if column in held and column not in ("id", "seq")]


def statements_for(database, table):
    columns = columns_of(database, table)
    updates = [f"{column} = excluded.{column}" for column in columns if column != "id"]
    yield f"changes_{table}", f"SELECT * FROM {table} WHERE seq > :since ORDER BY seq LIMIT :limit;\n"
    yield f"remove_{table}", f"DELETE FROM {table} WHERE id = :id;\n"
    yield f"empty_{table}", f"-- scans {table}: all of it goes\nDELETE FROM {table};\n"
    itself = "id = :channel OR " if table == "channel" else ""
    yield f"withdraw_{table}", (
        f"-- scans {table}: a channel is rarely withdrawn\nDELETE FROM {table} WHERE {itself}channel = :channel;\n")
    yield f"get_{table}", f"SELECT * FROM {table} WHERE id = :id;\n"
    yield f"newest_{table}", f"SELECT seq, channel, id FROM {table} WHERE seq < :before ORDER BY seq DESC;\n"
    yield f"apply_{table}", (
        f"INSERT INTO {table} (\n    {wrapped(columns, 4)}\n"
        f") VALUES (\n    {wrapped([':' + column for column in columns], 4)}\n"
        f") ON CONFLICT (id) DO UPDATE SET\n    {wrapped(updates, 4)};\n")
    if table in REVISED:
        kept = kept_by_others(database, table)
        rest = [f"{column} = :{column}" for column in columns if column != "id" and column not in kept]
        terms = "\n    AND ".join(f"{column} IS :{column}" for column in kept)
        yield f"revise_{table}", f"UPDATE {table} SET\n    {wrapped(rest, 4)}\nWHERE id = :id AND {terms};\n"
    # By its ids as the table itself has them: whoever reads it in their order sorts nothing.
    others = ["id INTEGER PRIMARY KEY"] + columns[1:]
    yield f"slice_create_{table}", f"CREATE TABLE slice.{table} (\n    {wrapped(others, 4)}\n);\n"
    # All columns that it has: an older server's lacks some, a newer one's has others besides.
    yield f"slice_rows_{table}", f"-- scans {table}: of a slice, all of it\nSELECT * FROM {table} ORDER BY id;\n"
    yield f"slice_apply_{table}", (
        f"INSERT INTO {table} (\n    {wrapped(columns, 4)}\n"
        f") VALUES (\n    {wrapped([':' + column for column in columns], 4)}\n"
        f") ON CONFLICT (id) DO UPDATE SET\n    {wrapped(updates, 4)}\n"
        f"WHERE excluded.seq > {table}.seq - :again;\n")
    # Those before one that is here already stay.
    if table in MANY:
        yield f"slice_new_{table}", (
            f"INSERT OR FAIL INTO {table} (\n    {wrapped(columns, 4)}\n"
            f") SELECT\n    {wrapped([ENDING.get((table, column), column) for column in columns], 4)}\n"
            "FROM given(:rows);\n")
    keys = unique_keys(database, table)
    if keys:
        conditions = "\n    OR ".join(f"({key} AND id <> :id)" for key in keys)
        yield f"displace_{table}", f"DELETE FROM {table}\nWHERE {conditions};\n"


def all_statements():
    database = load_schema()
    tables = synchronised_tables(database)
    for table in tables:
        yield from statements_for(database, table)
    numbered = tables + ["tombstone"]
    ranges = [f"SELECT seq FROM {table} WHERE seq > :from AND seq <= :to" for table in numbered]
    yield "check_seqs", "\nUNION ALL ".join(ranges) + ";\n"
    highest = [f"SELECT max(seq) AS seq FROM {table}" for table in numbered]
    yield "check_highest_seq", "SELECT coalesce(max(seq), 0) FROM (\n    " + "\n    UNION ALL ".join(highest) + "\n);\n"
    ids = [f"SELECT '{table}' AS name, min(id), max(id), count(*) FROM slice.{table}" for table in tables]
    yield "slice_ids", "\nUNION ALL ".join(ids) + ";\n"
    yield "changes_tombstone", (
        "SELECT seq, name, row, channel FROM tombstone WHERE seq > :since ORDER BY seq LIMIT :limit;\n")
    yield "newest_tombstone", (
        "SELECT seq, channel, row FROM tombstone WHERE name = :name AND seq < :before ORDER BY seq DESC;\n")


def main():
    folder = RESOURCES / "queries"
    wanted = {f"{name}.sql": text for name, text in all_statements()}
    if "--check" not in sys.argv:
        for name, text in wanted.items():
            (folder / name).write_text(text)
        return 0
    wrong = [name for name, text in wanted.items()
             if not (folder / name).exists() or (folder / name).read_text() != text]
    for prefix in ("changes", "apply", "revise", "displace", "remove", "empty", "withdraw", "get", "newest",
                   "slice_create", "slice_rows", "slice_apply", "slice_new"):
        wrong += [path.name for path in folder.glob(f"{prefix}_*.sql") if path.name not in wanted]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
