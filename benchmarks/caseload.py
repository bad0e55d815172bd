"""Today and Caseload of a large council: `python -m benchmarks.caseload`. Processor time, the median of five.

2,000 families at home, 600 open cases missing education, each child with its record; the store as it stands on a disk.
"""

from __future__ import annotations

import gc
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.identifiers import DeviceId, OfficerId
from desktop.compose import build_catalogue
from desktop.flows.caseload.case_row import CaseTable, Wanted, chosen
from desktop.flows.caseload.case_table import caseload
from desktop.flows.desk import Desk
from desktop.flows.due.due_list import due_list
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.exchange.service_answers import Answer
from desktop.store.vault import Terms, Vault

PASSPHRASE = "gravel otter lantern muffin drift"
CHEAP = Argon2Cost(64, 1, 1)
TERMS = Terms(bounds=Bounds(floor=CHEAP))
FAMILIES, CASES, LIMIT = 2_000, 600, 300
NOW = datetime(2026, 11, 26, 9, 12, tzinfo=LONDON)


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        vault = Vault.create(Path(place) / "vault", PASSPHRASE, label="b", cost=CHEAP, terms=TERMS)
        desk = _planted(Desk(vault, build_catalogue(), lambda: NOW))
        figures = [(name, _processor_ms(deed)) for name, deed in _deeds(desk)]
        vault.close()
    for name, spent in figures:
        print(f"{name:68} {spent:>7.0f} ms   at most {LIMIT}")
    return int(any(spent > LIMIT for _, spent in figures))


def _deeds(desk: Desk) -> tuple[tuple[str, Callable[[], object]], ...]:
    held = caseload(desk)
    rows = held.tables[CaseTable.MISSING_EDUCATION]
    return (
        ("Caseload, every table", lambda: caseload(desk)),
        ("Caseload, ordered and filtered again", lambda: chosen(rows, Wanted(order="days", words="school"))),
        ("Today of an officer for education", lambda: today(desk)),
        ("homeward due", lambda: due_list(desk, until=date(2026, 12, 31))),
    )


def _processor_ms(deed: Callable[[], object]) -> float:
    """Without the collector, which the window runs between two deeds and never within one."""
    times = []
    for _ in range(5):
        gc.collect()
        gc.disable()
        start = time.process_time()
        deed()
        times.append((time.process_time() - start) * 1000)
        gc.enable()
    return statistics.median(times)


def _planted(desk: Desk) -> Desk:
    officer = Officer(id=OfficerId("o1"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.vault.settings.put(DEVICE, Device(id=DeviceId("d1"), name="ASH-0142", signing_key=secrets.token_hex(32)))
    desk.joined_anew()
    for number in range(FAMILIES):
        known: dict[str, JSON] = {"stage": "current", "ehe_start": _day(400 + number % 300), "last_school": "Millgate"}
        if number % 10:
            known["last_contact"] = _day(number % 420)
        editing.new_record(desk, "ehe_case", _child(desk, number), known)
    for number in range(CASES):
        gone = 3 + number % 90
        referral: dict[str, JSON] = {
            "school": "Millgate Primary",
            "last_attended": _day(gone),
            "submitted_on": _day(gone - 2),
        }
        referral |= {
            "logged_on": _day(gone - 3),
            "enquiries": [{"on": _day(gone - 3), "of": "family", "result": "None"}],
        }
        editing.new_record(desk, "cme_referral", _child(desk, FAMILIES + number), referral)
    answers = [Answer(op_id, "accepted", place, "", "") for place, op_id in enumerate(desk.vault.outbox.ids(), start=1)]
    desk.vault.outbox.all_answered(answers, at=NOW.isoformat())
    return desk


def _child(desk: Desk, number: int) -> str:
    known: dict[str, JSON] = {"given_name": f"Child {number}", "family_name": "Hollowby", "date_of_birth": "2014-05-04"}
    return editing.new_record(desk, "child", known=known)


def _day(ago: int) -> str:
    return (NOW.date() - timedelta(days=max(ago, 0))).isoformat()


if __name__ == "__main__":
    sys.exit(main())
