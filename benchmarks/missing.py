"""What a manager's laptop takes to say who is missing: `python -m benchmarks.missing`.

5,000 children and 60,000 records, 50 of the children missing, in processor time: how long a person waits on an idle
machine, whatever else this one does. `today` stands beside it, without a limit.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from casework.canonical import JSON
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import missing_now
from desktop.flows.due.today import today
from desktop.store.database.remembered import OFFICER, Officer
from desktop.store.database.writer import Transaction
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault

CHILDREN, EPISODES, INTERVIEWS, MISSING = 5_000, 6, 5, 50
ROUNDS, LIMIT_MS = 9, 300
PASSPHRASE = "gravel otter lantern muffin drift"
CHEAP = Argon2Cost(64, 1, 1)
NOW = datetime(2026, 11, 26, 14, 40, tzinfo=UTC)
Row = tuple[str, str, str, Mapping[str, JSON]]


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        vault = Vault.create(folder, PASSPHRASE, label="Tom", cost=CHEAP, terms=Terms(bounds=Bounds(floor=CHEAP)))
        officer = Officer(id="tom", name="Tom Applegarth", role="missing_manager", council="Ashmere")
        vault.settings.put(OFFICER, officer)
        for first in range(0, CHILDREN, 500):
            vault._store.writer.do(partial(_children, span=range(first, first + 500)))
        desk = Desk(vault, build_catalogue(), lambda: NOW)
        assert len(missing_now(desk)) == MISSING
        took, whole = _median(lambda: missing_now(desk), ROUNDS), _median(lambda: today(desk), 3)
        vault.close()
    print(f"{'Missing now, 5,000 children and 60,000 records':68} {took:>7.0f} ms   at most {LIMIT_MS}")
    print(f"{'  Today whole, the same store':68} {whole:>7.0f} ms")
    return int(took > LIMIT_MS)


def _median(deed: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        start = time.process_time()
        deed()
        took.append((time.process_time() - start) * 1000)
    return statistics.median(took)


def _children(tx: Transaction, span: range) -> None:
    for number in span:
        for record_id, form_id, child, answers in _records(number):
            tx.execute(
                """INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at,
                     updated_at, conflicts, discarded, operations, answers, view)
                   VALUES (?, ?, 1, ?, ?, 'missing', ?, ?, 0, 0, 1, ?, '{}')""",
                (record_id, form_id, child, f"{child}:missing", _at(0), _at(0), json.dumps(answers)),
            )


def _records(number: int) -> Iterator[Row]:
    child = f"child-{number}"
    yield child, "child", child, {"given_name": f"Child {number}", "date_of_birth": "2011-06-09", "care_status": "lac"}
    for place in range(EPISODES):
        hours = 24 * 40 * (EPISODES - 1 - place) + number % 70 + 1
        known: dict[str, JSON] = {"last_seen_at": _at(hours), "outcome": "real", "police_ref": f"A-{number}-{place}"}
        if place < EPISODES - 1 or number >= MISSING:
            known["found_at"] = _at(hours - 1)
        yield f"e-{number}-{place}", "missing_episode", child, known
    for place in range(INTERVIEWS):
        offer = {"episode_id": f"e-{number}-{place}", "offer_decision": "not_applicable", "before": "words " * 200}
        yield f"i-{number}-{place}", "return_home_interview", child, offer


def _at(hours: int) -> str:
    return (NOW - timedelta(hours=hours)).isoformat(timespec="seconds")


if __name__ == "__main__":
    sys.exit(main())
