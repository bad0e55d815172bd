"""The signed log of what was destroyed: one line an order, without a name, each naming the line before it.

A line is signed with the council's root of its day, which two keepers open together, and is on the disk before anything
goes. It is kept outside the backups as well: after a restore it says what has to go again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from casework.canonical import JSON, canonical
from casework.dates_in_words import local
from casework.wire.council_roots import is_said_by_one
from casework.wire.message import Count, Hex64
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import Home, note_down
from central.feed.destroyed_records import operation_key, record_key
from central.keys.authority import Authority
from central.keys.council_root import CouncilRoot
from central.retention.what_is_due import Due

LOG = "destructions.jsonl"
NOT_OURS = "{}, line {}: this was not signed by the council’s keepers, or was changed. Nothing was destroyed."
BROKEN = "{}, line {}: a line before it is missing. Nothing was destroyed. Bring the whole log."
SHORTER = (
    "{} ends with order {}, and this service knows of order {}. Nothing was destroyed. "
    "Bring the newest copy of the log."
)
OTHER_START = "{} is not a longer copy of the log that lies here. Nothing was destroyed."
UNREADABLE = "{} is not a log of what was destroyed."


class Gone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record, told without saying whose it was: `key` and `said` are hashes that only this council can make."""

    form: str
    operations: Count
    first: str
    last: str
    rule: str
    reason: str
    key: Hex64
    said: tuple[Hex64, ...]


class DestructionOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`list_hash` is of what two keepers had looked over; `before` that of the line before; empty in the first."""

    do: str
    number: Count
    at: str
    by: tuple[str, ...]
    list_hash: str
    before: str
    records: tuple[Gone, ...]

    @property
    def day(self) -> str:
        return local(datetime.fromisoformat(self.at)).date().isoformat()

    def rows(self) -> list[dict[str, JSON]]:
        """As `retention log` lists them: by form and rule."""
        counted: dict[tuple[str, str, str], list[Gone]] = {}
        for one in self.records:
            counted.setdefault((one.form, one.rule, one.reason), []).append(one)
        return [self._row(form, rule, reason, found) for (form, rule, reason), found in counted.items()]

    def _row(self, form: str, rule: str, reason: str, found: Sequence[Gone]) -> dict[str, JSON]:
        much = {"records": len(found), "operations": sum(one.operations for one in found)}
        days = {"first": min(one.first for one in found), "last": max(one.last for one in found)}
        why = {"rule": rule, "reason": reason, "by": ", ".join(self.by), "list": self.list_hash}
        return {"order": self.number, "at": self.at, "form": form, **much, **days, **why}


@dataclass(frozen=True, slots=True)
class SignedOrder:
    """As it lies in the file."""

    text: str
    signature: str
    order: DestructionOrder

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def order_of(  # noqa: PLR0917 - all that an order says
    root: CouncilRoot, secret: str, rows: Sequence[Due], list_hash: str, before: Sequence[SignedOrder], now: datetime
) -> SignedOrder:
    """Signed, and not noted yet."""
    order = DestructionOrder(
        do="destroy",
        number=len(before) + 1,
        at=stamp(now),
        by=root.by,
        list_hash=list_hash,
        before=before[-1].hash if before else "",
        records=tuple(_gone(secret, row) for row in rows),
    )
    text = canonical(json.loads(msgspec.json.encode(order))).decode()
    return SignedOrder(text, root.signed(text), order)


def note(home: Home, line: SignedOrder) -> None:
    """On the disk when this returns."""
    note_down(home.folder / LOG, {"text": line.text, "signature": line.signature})


def here(home: Home) -> list[SignedOrder]:
    """What lies in the service's folder, each line believed. Raises CentralError for one that is not to be."""
    file = home.folder / LOG
    return read(file, home) if file.exists() else []


def read(file: Path, home: Home) -> list[SignedOrder]:
    """Raises CentralError for a log of another council, a changed one, and one from which a line was taken."""
    roots = Authority.open(home.keys).roots
    found: list[SignedOrder] = []
    for number, raw in enumerate(_lines(file), start=1):
        line = _line(file, number, raw)
        if not is_said_by_one(roots, line.text, line.signature):
            raise CentralError(NOT_OURS.format(file.name, number))
        if (line.order.number, line.order.before) != (number, found[-1].hash if found else ""):
            raise CentralError(BROKEN.format(file.name, number))
        found.append(line)
    return found


def bring(file: Path, home: Home) -> list[SignedOrder]:
    """A copy that was kept elsewhere: what is newer in it is noted here too. Raises CentralError for one that is
    older, or no copy of this log."""
    brought, known = read(file, home), here(home)
    if len(brought) < len(known):
        raise CentralError(SHORTER.format(file.name, len(brought), len(known)))
    if [line.hash for line in brought[: len(known)]] != [line.hash for line in known]:
        raise CentralError(OTHER_START.format(file.name))
    for line in brought[len(known) :]:
        note(home, line)
    return brought


def _gone(secret: str, row: Due) -> Gone:
    return Gone(
        form=row.form_id,
        operations=len(row.hashes),
        first=row.first.isoformat(),
        last=row.last.isoformat(),
        rule=row.rule,
        reason=row.reason,
        key=record_key(secret, row.record_id),
        said=tuple(sorted(operation_key(secret, op_id, hashed) for op_id, hashed in row.hashes.items())),
    )


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise CentralError(UNREADABLE.format(file.name)) from error


def _line(file: Path, number: int, raw: str) -> SignedOrder:
    try:
        found = json.loads(raw)
        text, signature = (found["text"], found["signature"]) if isinstance(found, Mapping) else ("", "")
        return SignedOrder(text, signature, msgspec.json.decode(text, type=DestructionOrder))
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise CentralError(NOT_OURS.format(file.name, number)) from error
