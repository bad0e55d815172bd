"""A forgotten passphrase: who asks, as the council knows them, and the answer, which is noted before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import Connection

from casework.errors import AnswerError
from casework.recovery import Kept, Request, answer, answer_text, kept_in
from central.accounts import Device, Officer, device_of, officer_of
from central.clock import stamp
from central.errors import CentralError
from central.home import Home, note_down, write_private

LOG = "recoveries.jsonl"
WITHDRAWN = frozenset({"wipe", "wiped", "drain"})


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, read: whose vault it is was put into its box by that vault itself, so nobody else can say it."""

    request: Request
    kept: Kept
    officer: Officer
    device: Device

    def lines(self) -> list[str]:
        """For the administrator to look at before answering."""
        return [
            f"Officer:  {self.officer.name} ({self.officer.id}), {self.officer.role.replace('_', ' ')}",
            f"Laptop:   {self.device.id}, last seen {self.device.last_seen_at or 'never'}",
            f"Number:   {self.request.number}",
        ]


def read_request(home: Home, connection: Connection, file: Path) -> Asking:
    """Raises CentralError for a withdrawn laptop and for an officer who has left, AnswerError for another text."""
    try:
        request = Request.from_text(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"The request in {file.name} cannot be read."
        raise CentralError(message) from error
    kept = kept_in(request, _recovery_key(home))
    asks, laptop = officer_of(connection, kept.officer_id), device_of(connection, kept.device_id)
    if laptop is None or laptop.officer_id != asks.id:
        message = f"This laptop was never given to {asks.name}. Nothing was answered."
        raise CentralError(message)
    if laptop.state in WITHDRAWN or not asks.active:
        message = f"{laptop.id} was withdrawn from {asks.name}. Nothing was answered: it must not be opened again."
        raise CentralError(message)
    return Asking(request, kept, asks, laptop)


def give_answer(home: Home, asking: Asking, to: Path, now: datetime) -> None:
    """The vault's own key is never here: the answer opens with a key that only that laptop has."""
    _note(home, asking, now)
    write_private(to, answer_text(answer(asking.request, asking.kept)).encode())


def _note(home: Home, asking: Asking, now: datetime) -> None:
    """On the disk before the answer is: an answer that nobody noted must not exist."""
    entry = {
        "at": stamp(now),
        "officer": asking.officer.id,
        "device": asking.device.id,
        "vault": asking.request.vault_id,
        "number": asking.request.number,
    }
    note_down(home.folder / LOG, entry)


def _recovery_key(home: Home) -> X25519PrivateKey:
    key = load_pem_private_key((home.keys / "recovery.key.pem").read_bytes(), password=None)
    if not isinstance(key, X25519PrivateKey):
        message = "The council's recovery key is not one Homeward made."
        raise AnswerError(message)
    return key
