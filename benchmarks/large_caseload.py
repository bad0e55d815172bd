"""A store of any size as years of work leave it, filled by the product's own projection; kept for the next run."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from casework import records
from casework.canonical import JSON
from casework.identifiers import DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Merge, Operation, RecordView, Stamp, cell_path, field_path, row_path
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault

PASSPHRASE = "gravel otter lantern muffin drift"
CHEAP = Argon2Cost(64, 1, 1)
TERMS = Terms(bounds=Bounds(floor=CHEAP))
NOW = datetime(2026, 11, 26, 14, 40, tzinfo=UTC)
AGREED = 30  # days ago: the plan of a child whose story is told
OF_A_PAGE = 2_000  # operations
SAID = "I had a row with my mum about the phone and walked to the skate park, then to my cousin’s. " * 8
KEPT = Path(tempfile.gettempdir()) / f"homeward-large-{os.getuid() if hasattr(os, 'getuid') else 0}"
MANAGER = Officer(id=OfficerId("tom"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
OFFICER_FOR_BOTH = Officer(id=OfficerId("bryony"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")


class _Unsigned:
    """Filling signs nothing: a signature is 128 digits whatever they are."""

    def sign(self, _data: bytes) -> bytes:
        return bytes(64)


COLLEAGUE = Author("nadia", "laptop-2", _Unsigned())  # type: ignore[arg-type]


@dataclass
class Hand:
    """Writes operations one after the other as a colleague's laptop did."""

    author: Author
    count: int = 0

    def record(
        self,
        record_id: str,
        form: tuple[str, int],
        child: str,
        answers: Mapping[str, JSON],
        *,
        days_ago: float = 0,
        signed: bool = False,
        strand: str = "missing",
    ) -> tuple[list[Operation], RecordView]:
        at = NOW - timedelta(days=days_ago)
        found = [
            self.author.create(
                self._stamp(at),
                record_id=RecordId(record_id),
                child_id=child_named(child),
                strand=strand,
                form_id=form[0],
                form_version=form[1],
                changes=_changes(answers),
            )
        ]
        view = Merge(RecordId(record_id), found).view()
        if signed:
            found.append(self.author.sign(self._stamp(at), view, name="Nadia Brightwater", ink=None))
        return found, view

    def say(self, view: RecordView, answers: Mapping[str, JSON], *, days_ago: float = 0) -> Operation:
        """Having seen what `view` shows."""
        return self.author.say(self._stamp(NOW - timedelta(days=days_ago)), view, list(_changes(answers)))

    def _stamp(self, at: datetime) -> Stamp:
        self.count += 1
        hlc = f"{int(at.timestamp() * 1000):012x}{self.count % 65536:04x}"
        return Stamp(OperationId(f"op-{self.count:09d}"), self.count, at.isoformat(timespec="seconds"), hlc)


def large_store(name: str, officer: Officer, operations: Iterable[Operation]) -> Path:
    """The folder of a store with these in it: made once, and found again as long as nothing that makes it changed."""
    folder = KEPT / f"{name}-{_made_by()}" / "vault"
    if folder.exists():
        return folder
    start = time.process_time()
    folder.parent.mkdir(parents=True, exist_ok=True)
    vault = Vault.create(folder, PASSPHRASE, label=officer.name, cost=CHEAP, terms=TERMS)
    vault.settings.put(OFFICER, officer)
    vault.settings.put(DEVICE, Device(id=DeviceId("laptop-1"), name="ASH-0142", signing_key="11" * 32))
    page: list[Operation] = []
    with vault.feed.roomy():
        for operation in operations:
            page.append(operation)
            if len(page) >= OF_A_PAGE:
                vault.take(page)
                page = []
        vault.take(page)
    vault.search("wren", 1)  # waits until all of it is in the index: a laptop at work has had the time for that
    vault.close()
    sys.stderr.write(f"{name}: filled once in {time.process_time() - start:.0f} s of processor time\n")
    return folder


def missing_children(count: int) -> Iterator[Operation]:
    """Twelve records a child. Of each hundred children fifteen have something open; one is missing now."""
    hand = Hand(COLLEAGUE)
    for number in range(count):
        yield from _child(hand, number)


def educated_children(families: int, cases: int) -> Iterator[Operation]:
    """Families at home, and open cases missing education."""
    hand = Hand(COLLEAGUE)
    for number in range(families + cases):
        child = f"child-{number}"
        yield from hand.record(child, ("child", 1), child, _known(number), days_ago=400, strand="core")[0]
        if number < families:
            home: dict[str, JSON] = {
                "stage": "current",
                "ehe_start": _day(400 + number % 300),
                "last_school": "Millgate",
            }
            if number % 10:
                home["last_contact"] = _day(number % 420)
            yield from hand.record(
                f"h-{number}", ("ehe_case", 1), child, home, days_ago=number % 420, strand="education"
            )[0]
            continue
        gone = 3 + number % 90
        referral: dict[str, JSON] = {
            "school": "Millgate Primary",
            "last_attended": _day(gone),
            "submitted_on": _day(gone - 2),
            "logged_on": _day(gone - 3),
            "enquiries": [{"id": "a", "on": _day(gone - 3), "of": "family", "result": "None"}],
        }
        yield from hand.record(f"c-{number}", ("cme_referral", 1), child, referral, days_ago=gone, strand="education")[
            0
        ]


def _child(hand: Hand, number: int) -> Iterator[Operation]:
    child, kind = f"child-{number}", number % 100
    yield from hand.record(child, ("child", 1), child, _known(number), days_ago=900, strand="core")[0]
    for place in range(4):
        yield from _episode(hand, number, place, kind)
        yield from _interview(hand, number, place, kind)
    yield from _plan(hand, number, kind)
    yield from _twelfth(hand, number, kind)


def _known(number: int) -> dict[str, JSON]:
    return {
        "given_name": f"Wren{number}",
        "family_name": f"Hollowby{number % 700}",
        "date_of_birth": f"{2009 + number % 7}-05-{1 + number % 28:02d}",
        "care_status": ("lac", "cpp", "not_a_client")[number % 3],
        "allocated_worker": f"Worker {number % 40}",
        "worker_contact": "01709 555 010",
        "address": f"{number} Invented Street",
    }


def _began(number: int, place: int, kind: int) -> float:
    """Days ago; the last of the four is what is open, where something is."""
    if place < 3:
        return 60 + 180 * (3 - place) + number % 50
    if kind == 0:
        return 0.2 + number % 30 / 10
    if 1 <= kind <= 4:
        return 1 + number % 9
    return 60 + number % 50 if kind != 7 else 30.0


def _episode(hand: Hand, number: int, place: int, kind: int) -> Iterator[Operation]:
    ago = _began(number, place, kind)
    if kind == 7 and place:
        ago = 34 + 5 * (3 - place)
    answers: dict[str, JSON] = {
        "last_seen_at": _at(ago),
        "reported_at": _at(ago - 0.05),
        "last_seen_where": "Outside the school gate",
        "police_ref": f"A-{number}-{place}",
        "police_risk": "medium",
        "outcome": "real",
        "told_iro": _at(ago - 0.1),
        "what_happened": SAID[:400],
    }
    record_id = f"e-{number}-{place}"
    if not (kind == 0 and place == 3):
        answers |= {
            "found_at": _at(ago - 0.15),
            "la_told_found_at": _at(ago - 0.16),
            "prevention_interview": "not_done" if kind == 8 and place == 3 else "done_shared",
        }
        if place == 3 and kind in (1, 2, 3, 4):
            answers["no_plan_why"] = "The plan was agreed a week ago and still holds."
    found, view = hand.record(record_id, ("missing_episode", 1), f"child-{number}", answers, days_ago=ago)
    yield from found
    if kind == 12 and place == 3:
        yield hand.say(view, {"police_risk": "high"})
        yield hand.say(view, {"police_risk": "low"})


def _interview(hand: Hand, number: int, place: int, kind: int) -> Iterator[Operation]:
    if place == 3 and kind in (0, 1, 2):
        return
    ago = max(_began(number, place, kind) - 1, 0)
    answers: dict[str, JSON] = {
        "episode_id": f"e-{number}-{place}",
        "offers": [{"id": "a", "at": _at(ago), "reply": "accepted"}],
        "offer_decision": "yes",
    }
    is_open = place == 3 and kind in (3, 4)
    if not is_open:
        answers |= {"started_at": _at(ago), "independent": True, "went_ahead": "yes", "before": SAID, "view": SAID}
    record_id = f"i-{number}-{place}"
    form = ("return_home_interview", 1)
    found, view = hand.record(record_id, form, f"child-{number}", answers, days_ago=ago, signed=not is_open)
    yield from found
    if kind == 13 and place == 2:
        yield hand.say(view, {"before": "She said it was about the phone."}, days_ago=ago)


def _plan(hand: Hand, number: int, kind: int) -> Iterator[Operation]:
    child = f"child-{number}"
    due = {5: -20, 6: -3, 10: 3}.get(kind, 8 + number % 80)
    answers: dict[str, JSON] = {"next_review": _day(-due), "places": [{"id": "a", "name": "Skate park"}], "why": SAID}
    found, view = hand.record(f"p-{number}", ("find_me_plan", 1), child, answers, days_ago=AGREED, signed=True)
    yield from found
    if kind != 11:
        said: dict[str, JSON] = {
            "about": f"p-{number}",
            "about_form": "find_me_plan",
            "signature": found[-1].op_id,
            "content": view.content_hash,
            "corrections": 0,
            "verdict": "approved",
        }
        yield from hand.record(f"k-{number}", ("check", 1), child, said, days_ago=AGREED - 1, signed=True)[0]


def _twelfth(hand: Hand, number: int, kind: int) -> Iterator[Operation]:
    """A notice to the manager, most of them acknowledged; or an action, most of them done."""
    child = f"child-{number}"
    if number % 5 == 4:
        late = kind == 14
        receipts: list[JSON] = [
            {"id": "o-1", "name": "Tom Applegarth", "opened_at": _at(70), "acknowledged_at": _at(70)}
        ]
        said: dict[str, JSON] = {
            "kind": "episode_begun",
            "about": f"e-{number}-3",
            "about_form": "missing_episode",
            "to_role": "missing_manager",
            "sent_at": _at(75),
            "sent_by": "Nadia Brightwater",
            "answer_by": _at(74),
            **({} if late else {"receipts": receipts}),
        }
        strand = "to.missing_manager.missing_episode"
        yield from hand.record(f"n-{number}", ("notice", 1), child, said, days_ago=75, strand=strand)[0]
        return
    said = {
        "what": "Ring the school",
        "who": f"Worker {number % 40}",
        "by_when": _day(20),
        "status": "open" if kind in (9, 15) else "done",
    }
    yield from hand.record(f"a-{number}", ("action", 1), child, said, days_ago=40, strand="core")[0]


def _changes(answers: Mapping[str, JSON]) -> Iterator[Change]:
    for name, value in answers.items():
        if not (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield Change(field_path(name), value)
            continue
        for row in value:
            assert isinstance(row, dict)
            row_id = str(row["id"])
            yield Change(row_path(name, row_id), {"position": "00001024"})
            yield from (Change(cell_path(name, row_id, key), cell) for key, cell in row.items() if key != "id")


def _at(days_ago: float) -> str:
    return (NOW - timedelta(days=days_ago)).isoformat(timespec="seconds")


def _day(days_ago: float) -> str:
    return (NOW - timedelta(days=days_ago)).date().isoformat()


def _made_by() -> str:
    """What decides how such a store looks: this page, and the projection."""
    pages = [Path(__file__), *sorted(Path(records.__file__).parent.glob("*.py"))]
    pages += sorted((Path(__file__).parent.parent / "desktop" / "store").rglob("*.py"))
    return hashlib.sha256(b"".join(page.read_bytes() for page in pages)).hexdigest()[:12]
