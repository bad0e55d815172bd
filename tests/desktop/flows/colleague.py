"""A plan that two laptops know, and what the other one says about it, as it arrives by way of the council."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.identifiers import DeviceId, OfficerId, OperationId
from casework.records import Author, Change, Operation, RecordView, Stamp
from desktop.flows.desk import Desk
from desktop.flows.record import editing

PATH = "f/missing_when"
STANDING = {"role": "social_worker", "council": "Ashmere Council", "device": "ASH-0200"}
BEFORE = "If Wren is not back by 21:00, ring the on-call manager."


@dataclass
class Shared:
    """`view` is what both laptops knew when they parted."""

    desk: Desk
    record_id: str
    view: RecordView

    def mine(self, question: str, words: JSON) -> None:
        editing.answer(self.desk, self.record_id, {question: words})


def share(desk: Desk, child: str = "") -> Shared:
    """A plan, begun here and fetched there."""
    child = child or editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    record_id = editing.new_record(desk, "find_me_plan", child, {"missing_when": BEFORE})
    return Shared(desk, record_id, desk.vault.view(record_id))


class Colleague:
    """Writes from what it `saw`; `arrives` brings it here."""

    def __init__(self, officer: str = "o2", device: str = "d2") -> None:
        self._author = Author(
            OfficerId(officer), DeviceId(device), Ed25519PrivateKey.from_private_bytes(device.encode() * 16)
        )
        self._device, self._written = device, 0

    def says(
        self, saw: RecordView, path: str, value: JSON, at: str = "2026-03-26T16:48:00+00:00", hlc: str = ""
    ) -> Operation:
        """The view is what stood on the other laptop, so it holds no signature made here since."""
        self._written += 1
        hlc = hlc or f"{1774543680000 + self._written:012x}0000"
        stamp = Stamp(OperationId(f"{self._device}-{self._written}"), self._written, at, hlc)
        return self._author.say(stamp, saw, [Change(path, value, saw.saw(path))])

    def signs(self, saw: RecordView) -> Operation:
        self._written += 1
        stamp = Stamp(
            OperationId(f"{self._device}-{self._written}"), self._written, "2026-03-26T17:00:00+00:00", "8" * 16
        )
        return self._author.sign(stamp, saw, name="Dele Winterbourne", ink=None, standing=STANDING)


def arrives(desk: Desk, *operations: Operation) -> None:
    desk.vault.take(operations)
