"""What a pull costs as the council's store grows: filled by COPY, asked by one laptop with a caseload of its own."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from benchmarks.sync.judging import Sheet
from benchmarks.sync.laptops import timed
from tests.central.postgres import Cluster, cluster
from tests.central.pushing import Pusher
from tests.central.running import Council

SMALLEST = 10_000
NEWS = 100  # operations in the page that is timed
ROUNDS = 40
EACH = 100  # operations of one child
LIMIT = 1.5


def run(sheet: Sheet, most: int) -> None:
    sizes = [size for size in (SMALLEST, 100_000, 1_000_000, 5_000_000) if size < most] + [most]
    try:
        with cluster() as found, tempfile.TemporaryDirectory(prefix="homeward-bench-") as place:
            costs = _costs(sheet, found, Path(place), sizes)
    except pytest.skip.Exception:
        sheet.absent("cost of a pull as the store grows", "needs the PostgreSQL server programs")
        return
    for kind in ("a page of 100", "nothing new"):
        growth = costs[sizes[-1]][kind] / costs[sizes[0]][kind]
        sheet.at_most(f"pull, {kind}: {sizes[0]:,} to {sizes[-1]:,} operations", growth, LIMIT, "times the cost")


def _costs(sheet: Sheet, found: Cluster, folder: Path, sizes: list[int]) -> dict[int, dict[str, float]]:
    address = found.new_database("growth")
    council = Council.found(folder / "central", address)
    council.officer("ann")
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("child-1", given_name="A"))
    costs, filled = {}, 0
    for size in sizes:
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            _fill(connection, filled, size)
        filled = size
        costs[size] = _pulls(ann)
        said = ", ".join(f"{kind} {seconds * 1000:.1f} ms" for kind, seconds in costs[size].items())
        sheet.said(f"pull at {size:,} operations", said)
    council.service.close()
    return costs


def _pulls(ann: Pusher) -> dict[str, float]:
    head = ann.pull(0).cursor_to
    for number in range(NEWS):
        ann.push(ann.change("child-1", "child", "core", "given_name", f"A{number}"))
    end = ann.pull(head).cursor_to
    assert len(ann.pull(head).items) == NEWS
    pages = [timed(lambda: ann.pull(head)) for _ in range(ROUNDS)]
    idle = [timed(lambda: ann.pull(end)) for _ in range(ROUNDS)]
    return {"a page of 100": statistics.median(pages), "nothing new": statistics.median(idle)}


def _fill(connection: psycopg.Connection, start: int, stop: int) -> None:
    """Of colleagues and their children, between this laptop's own operations."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counter SET value = value + %s WHERE name = 'feed' RETURNING value", (stop - start,))
        row = cursor.fetchone()
        assert row
        first = int(row[0]) - (stop - start) + 1
        numbers = range(start, stop)
        _copy(cursor, "operation", (_operation(number) for number in numbers))
        _copy(cursor, "feed", (_step(number, first + number - start) for number in numbers))
        children = range(start // EACH, stop // EACH)
        _copy(
            cursor,
            "bucket",
            (f"c{c}:core\t{first + (c + 1) * EACH - 1 - start}\t{EACH}\t{'0' * 64}\n" for c in children),
        )
        _copy(cursor, "record", (f"r{c}\tc{c}:core\tc{c}\tchild\t1\n" for c in children))
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")  # as a server does by itself, sooner or later


def _copy(cursor: psycopg.Cursor, table: str, lines: Iterator[str]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:  # four names of ours
        for line in lines:
            copy.write(line)


def _operation(number: int) -> str:
    words = f'{{"changes":[{{"path":"f/given_name","replaces":[],"value":"words {number}"}}]}}'
    row = (f"o{number}", f"d{number % 500}", number, f"r{number // EACH}", "set", f"{number:064x}", words, "0" * 128)
    return "\t".join(map(str, row)) + "\t2026-03-27T14:32:00+00:00\t\\N\t0\n"


def _step(number: int, seq: int) -> str:
    child = number // EACH
    return f"{seq}\tc{child}:core\top\to{number}\tr{child}\tchild\t{number % EACH + 1}\t{'0' * 64}\n"
