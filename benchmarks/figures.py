"""A scorecard over fifty thousand episodes beside a query written by hand, the year of ten thousand families, what
hiding small numbers takes, and what keeping up the facts costs a push, on both databases.

`python -m benchmarks.figures [--episodes N]`
"""

from __future__ import annotations

import argparse
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from benchmarks.sync.judging import Sheet
from casework.canonical import JSON
from casework.practice.figures.small_numbers import hidden
from casework.wire.protocol import Sealed, seal
from central.database.fact_tables import FACT_TABLES, FOREVER
from central.database.tables import extract_number
from central.figures.periods import AsAt, Period
from central.figures.reckoning import card_of, reckon
from central.intake.ledger import Ledger
from tests.central.postgres import cluster
from tests.central.pushing import Pusher
from tests.central.running import Council

MONTHS, CARE = 24, ("early_help", "cin", "cpp", "lac", "care_leaver", "not_a_client")
FIRST = date(2024, 1, 1)
FAMILIES = 10_000
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
MONTH = Period(date(2025, 3, 1), date(2025, 3, 31))
PUSHERS, BATCHES, SIZE, ROUNDS = 8, 6, 20, 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=50_000)
    options, sheet = parser.parse_args(), Sheet()
    with tempfile.TemporaryDirectory(prefix="homeward-bench-") as place:
        _both(sheet, Path(place) / "sqlite", None, options.episodes, 0.5)
        try:
            with cluster() as found:
                _both(sheet, Path(place) / "postgres", found.new_database("figures"), options.episodes, 0.3)
        except pytest.skip.Exception:
            sheet.absent("figures on PostgreSQL", "needs the PostgreSQL server programs")
    print(f"missed: {', '.join(sheet.missed)}" if sheet.missed else "every limit met")
    return 1 if sheet.missed else 0


def _both(sheet: Sheet, folder: Path, database: str | None, episodes: int, limit: float) -> None:
    council = Council.found(folder, database)
    name = "SQLite" if database is None else "PostgreSQL"
    best = []
    for states in (1, 4):
        _fill(council, episodes, states)
        seconds, rows, least = _month(council)
        of = f"{name}: a month of {rows} over {episodes} episodes, {states} states each"
        sheet.at_most(of, seconds, limit, "s")
        best.append(least)
    sheet.at_most(f"{name}: four states of each record beside one", best[1] / best[0], 1.5, "times")
    sheet.at_most(f"{name}: the month beside the query written by hand", _beside_by_hand(council), 2.0, "times")
    _fill_families(council, FAMILIES)
    seconds, rows, _least = _reckoned(council, "cme", YEAR)
    sheet.at_most(f"{name}: the year of {rows} children of {FAMILIES} families", seconds, 1.0, "s")
    sheet.at_most(f"{name}: and what of it may leave the council", _hidden(council), 1.0, "s")
    council.officer("ann")
    with_facts, without, part = _pushes(council)
    sheet.said(f"{name}: pushes a second, with facts and without", f"{1 / with_facts:.0f}, {1 / without:.0f}")
    sheet.at_most(f"{name}: the facts’ part of a push", part, 0.15, "")
    council.service.close()


def _fill(council: Council, episodes: int, states: int) -> None:
    """Facts as if taken in long ago; every state but the last is over."""
    chance = random.Random(7)
    tables = FACT_TABLES
    with council.service.database.writing() as connection:
        for table in (*tables.values(), extract_number):
            connection.execute(table.delete())
        children = [_child(number, chance) for number in range(episodes // 3)]
        connection.execute(insert(tables["child"]), children)
        for start in range(0, episodes, 5_000):
            part = range(start, min(start + 5_000, episodes))
            begun = [_episode(number, chance, episodes) for number in part]
            rows = [{**row, **_state(place, states)} for row in begun for place in range(states)]
            connection.execute(insert(tables["episode"]), rows)
            held = [_interview(row, chance) for row in begun]
            connection.execute(
                insert(tables["interview"]), [{**row, **_state(at, states)} for row in held for at in range(states)]
            )
            numbers = [
                {"record_id": row["record_id"], "form_id": "missing_episode", "number": str(row["record_id"])[2:]}
                for row in begun
            ]
            connection.execute(insert(extract_number), numbers)
    with council.service.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _state(place: int, states: int) -> dict[str, int]:
    return {"from_seq": place + 1, "to_seq": FOREVER if place == states - 1 else place + 2}


def _child(number: int, chance: random.Random) -> dict[str, object]:
    sex, ethnicity = chance.choice(("female", "male")), chance.choice(("A1", "A5", "C2", "E4"))
    born = 20_080_101 + chance.randrange(8) * 10_000
    return {
        "record_id": f"c-{number}",
        "child_id": f"c-{number}",
        "from_seq": 1,
        "to_seq": FOREVER,
        "standing": "counted",
        "sex": sex,
        "ethnicity": ethnicity,
        "born_ymd": born,
    }


def _episode(number: int, chance: random.Random, episodes: int) -> dict[str, object]:
    day = FIRST + timedelta(days=chance.randrange(MONTHS * 30))
    found = day + timedelta(days=chance.randrange(7))
    return {
        "record_id": f"e-{number}",
        "child_id": f"c-{chance.randrange(episodes // 3)}",
        "standing": "counted",
        "began": "known",
        "started_day": day.toordinal(),
        "returned": "known",
        "found_day": found.toordinal(),
        "started_ymd": day.year * 10_000 + day.month * 100 + day.day,
        "due_day": found.toordinal() + 5,
        "care_status": chance.choice(CARE),
        "other_la": "no",
        "cse_level": chance.choice(("low", "high")),
        "miles": chance.randrange(120),
    }


def _interview(row: dict[str, object], chance: random.Random) -> dict[str, object]:
    return {
        "record_id": f"i-{row['record_id']}",
        "episode_id": row["record_id"],
        "child_id": row["child_id"],
        "standing": "counted",
        "decision": "yes",
        "reply": chance.choice(("accepted", "declined")),
        "held": "yes",
        "held_day": row["found_day"],
        "preference": 0,
    }


def _month(council: Council) -> tuple[float, int, float]:
    return _reckoned(council, "missing", MONTH)


def _reckoned(council: Council, name: str, period: Period) -> tuple[float, int, float]:
    """The whole card with every reference: the middle of seven, how many records, and the best of them."""
    found = [_once(council, name, period) for _ in range(7)]
    seconds = [one for one, _count in found]
    return statistics.median(seconds), found[0][1], min(seconds)


def _once(council: Council, name: str, period: Period) -> tuple[float, int]:
    begun = time.perf_counter()
    with council.service.database.reading() as connection:
        count = reckon(connection, card_of(name), period, AsAt(10, date(2026, 3, 1)))[0].count
    return time.perf_counter() - begun, count


def _hidden(council: Council) -> float:
    card = card_of("cme")
    with council.service.database.reading() as connection:
        found = reckon(connection, card, YEAR, AsAt(10, date(2026, 3, 1)))
    begun = time.perf_counter()
    hidden(card, {one.figure.number: one.count for one in found})
    return time.perf_counter() - begun


def _beside_by_hand(council: Council) -> float:
    """Plain tables of what stands, and for each figure the rows of the month that it counts, as somebody would who
    wanted just these numbers and their references. They take turns, and the best of each counts: what else the machine
    does is in neither."""
    days = {"first": MONTH.first.toordinal(), "last": MONTH.last.toordinal()}
    figures = " UNION ALL ".join(
        f"SELECT '{place}', {reference} FROM month e WHERE {condition}"
        for place, (reference, condition) in enumerate([*(("e.number", one) for one in BY_HAND), *CHILDREN_BY_HAND])
    )
    query = text(f"WITH month AS MATERIALIZED ({MONTH_BY_HAND}) {figures}")
    with council.service.database.writing() as connection:
        for statement in PLAIN:
            connection.execute(text(statement))
    with council.service.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    ours, by_hand = [], []
    for _ in range(9):
        seconds, count = _once(council, "missing", MONTH)
        ours.append(seconds)
        begun = time.perf_counter()
        with council.service.database.reading() as connection:
            found = connection.execute(query, days).all()
        by_hand.append(time.perf_counter() - begun)
        assert count == sum(row[0] == "0" for row in found)
    with council.service.database.writing() as connection:
        for name in ("plain_episode", "plain_child", "plain_interview"):
            connection.execute(text(f"DROP TABLE {name}"))
    return min(ours) / min(by_hand)


PLAIN = (
    "CREATE TABLE plain_episode AS SELECT e.*, n.number FROM episode_fact e JOIN extract_number n"
    f" ON n.record_id = e.record_id WHERE e.to_seq = {FOREVER}",
    f"CREATE TABLE plain_child AS SELECT * FROM child_fact WHERE to_seq = {FOREVER}",
    f"CREATE TABLE plain_interview AS SELECT * FROM interview_fact WHERE to_seq = {FOREVER}",
    "CREATE INDEX plain_by_day ON plain_episode (started_day)",
    "CREATE INDEX plain_by_child ON plain_child (child_id)",
    "CREATE INDEX plain_by_episode ON plain_interview (episode_id)",
)
MONTH_BY_HAND = (
    "SELECT e.number, e.child_id, e.care_status, e.cse_level, e.miles, e.found_day - e.started_day AS days,"
    " (e.started_ymd - c.born_ymd) / 10000 AS age, c.sex, c.ethnicity, i.decision, i.reply, i.held_day, e.due_day,"
    " count(*) OVER (PARTITION BY e.child_id) AS times,"
    " sum(CASE WHEN e.care_status = 'lac' THEN 1 ELSE 0 END) OVER (PARTITION BY e.child_id) AS times_lac,"
    " sum(CASE WHEN e.cse_level IN ('medium', 'high') THEN 1 ELSE 0 END) OVER (PARTITION BY e.child_id) AS times_cse"
    " FROM plain_episode e LEFT JOIN plain_child c ON c.child_id = e.child_id"
    " LEFT JOIN plain_interview i ON i.episode_id = e.record_id WHERE e.started_day BETWEEN :first AND :last"
)
BY_HAND = (
    "1 = 1",
    "care_status = 'lac'",
    "cse_level IN ('medium', 'high')",
    *(f"days = {days}" for days in range(6)),
    "days > 5",
    "reply = 'accepted'",
    "reply = 'accepted' AND held_day <= due_day",
    "reply = 'accepted' AND held_day > due_day",
    "reply = 'accepted' AND (held_day IS NULL OR due_day IS NULL)",
    *(f"decision = '{said}'" for said in ("yes", "no", "not_applicable")),
    "decision IS NULL",
    *(f"decision = 'yes' AND reply = '{said}'" for said in ("declined", "no_reply", "not_recorded", "unsettled")),
    "sex IS NULL",
    "ethnicity IS NULL",
    "ethnicity NOT IN ('A1', 'E4')",
    "age IS NULL",
    "care_status NOT IN ('lac', 'cin')",
    *(f"ethnicity = '{code}'" for code in ("A2", "A4", "C1", "C3", "D1", "D3", "E1", "E3")),
    *(f"care_status = '{care}'" for care in CARE),
    *(f"sex = '{sex}'" for sex in ("female", "male")),
    *(f"ethnicity = '{code}'" for code in ("A1", "A3", "A5", "B1", "B2", "B3", "B4", "C2", "C4", "D2", "E2", "E4")),
    *(f"age = {age}" for age in range(10, 17)),
    "age < 10",
    "age > 16",
    *(f"care_status = 'lac' AND miles BETWEEN {start} AND {start + 9}" for start in range(1, 100, 10)),
)

CHILDREN_BY_HAND = [
    ("e.child_id", f"{times} >= {many} GROUP BY e.child_id")
    for many in (1, 3)
    for times in ("times", "times_lac", "times_cse")
]


def _fill_families(council: Council, families: int) -> None:
    """Two children each, as if referred over two years; four in five are resolved."""
    chance = random.Random(11)
    referrals = [_referral(number, chance, families) for number in range(2 * families)]
    with council.service.database.writing() as connection:
        connection.execute(FACT_TABLES["referral"].delete())
        for start in range(0, len(referrals), 5_000):
            connection.execute(insert(FACT_TABLES["referral"]), referrals[start : start + 5_000])
    with council.service.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _referral(number: int, chance: random.Random, families: int) -> dict[str, object]:
    day = YEAR.first - timedelta(days=365) + timedelta(days=chance.randrange(730))
    is_over = chance.random() < 0.8
    codes = {name: chance.choice(("yes", "no")) for name in ("previous", "fsm", "social_care", "help_locality")}
    return {
        "record_id": f"r-{number}",
        "child_id": f"c-{number}",
        **_state(0, 1),
        "standing": "counted",
        "opened": "known",
        "opened_day": day.toordinal(),
        "opened_ymd": day.year * 10_000 + day.month * 100 + day.day,
        "closed": "known" if is_over else "no",
        "closed_day": day.toordinal() + chance.randrange(200) if is_over else None,
        "outcome": "found_ehe" if is_over else "not_recorded",
        "family": f"f-{number % families}",
        "locality": chance.choice(("north", "south", "central", "none")),
        "phase": chance.choice(("primary", "secondary")),
        "school_type": chance.choice(("primary", "secondary", "special", "unknown")),
        "year_group": chance.randrange(12),
        "ethnicity": chance.choice(("A1", "A5", "E4")),
        "need": chance.choice(("neglect", "parenting", "none_noted")),
        "help_partners": "no",
        "help_unspecified": "no",
        **codes,
    }


def _pushes(council: Council) -> tuple[float, float, float]:
    """Seconds for an operation with many pushers at once, with the facts and without; and what the facts add: the
    middle of what each round with them says beside the next without."""
    pushers = [Pusher.of(council, "ann") for _ in range(PUSHERS)]
    found: dict[bool, list[float]] = {True: [], False: []}
    for round_ in range(2 * ROUNDS):
        is_kept = round_ % 2 == 0
        work = [list(_parcels(pusher)) for pusher in pushers]
        with _facts(is_kept=is_kept), ThreadPoolExecutor(PUSHERS) as pool:
            begun = time.perf_counter()
            list(pool.map(lambda one: _push(council, *one), zip(pushers, work, strict=True)))
            found[is_kept].append((time.perf_counter() - begun) / (PUSHERS * BATCHES * SIZE))
    pairs = list(zip(found[True], found[False], strict=True))[1:]
    middle = (statistics.median(one) for one in zip(*pairs, strict=True))
    return *middle, statistics.median(kept / without - 1 for kept, without in pairs)


def _push(council: Council, pusher: Pusher, parcels: list[list[Sealed]]) -> None:
    for parcel in parcels:
        results, _ = council.service.intake.push(pusher.device_id, parcel)
        assert {result.status for result in results} == {"accepted"}


def _parcels(pusher: Pusher) -> Iterator[list[Sealed]]:
    """A child, an episode and its interview; then words changed in them: half of what a push brings is of records
    that are here."""
    for _ in range(BATCHES // 2):
        child = secrets.token_hex(8)
        yield _begin(pusher, child)
        yield _change(pusher, child)


def _begin(pusher: Pusher, child: str) -> list[Sealed]:
    said: dict[str, JSON] = {"last_seen_at": "2026-03-01T10:00:00+00:00", "care_status": "lac"}
    asked: dict[str, JSON] = {"episode_id": f"e{child}", "offer_decision": "yes", "before": "Some words. " * 40}
    ops = [
        pusher.create(child, given_name="A", sex="female"),
        pusher.create(child, record=f"e{child}", strand="missing", form="missing_episode", **said),
        pusher.create(child, record=f"i{child}", strand="missing", form="return_home_interview", **asked),
    ]
    others = [pusher.create(f"{child}-{number}", given_name="A") for number in range(SIZE - len(ops))]
    return [seal(op) for op in [*ops, *others]]


def _change(pusher: Pusher, child: str) -> list[Sealed]:
    places = (
        ("missing_episode", f"e{child}", "found_where"),
        ("return_home_interview", f"i{child}", "after"),
    )
    changes = [(*places[number % 2], f"words {number}") for number in range(SIZE)]
    return [seal(pusher.change(record, form, "missing", name, words)) for form, record, name, words in changes]


@contextmanager
def _facts(*, is_kept: bool) -> Iterator[None]:
    """Without them, no record counts."""
    with pytest.MonkeyPatch.context() as patch:
        if not is_kept:
            patch.setattr(Ledger, "_touched", lambda _ledger, **_said: [])
        yield


if __name__ == "__main__":
    sys.exit(main())
