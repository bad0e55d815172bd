"""Vaults for tests: real files, a cheap Argon2id, a clock that stands where it is put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.identifiers import DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Operation, RecordView, Stamp, field_path
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault

PASSPHRASE = "gravel-otter-lantern-muffin-drift"
CHEAP = Argon2Cost(64, 1, 1)
TRIAL = Bounds(floor=CHEAP)
FORM = "return_home_interview"


@dataclass
class Clock:
    """Stands until it is moved."""

    at: datetime = datetime(2026, 3, 27, 14, 32, tzinfo=UTC)
    running: float = 100_000.0

    def __call__(self) -> datetime:
        return self.at

    def uptime(self) -> float:
        return self.running

    def on(self, **by: float) -> None:
        """Time passes."""
        self.at += timedelta(**by)
        self.running += timedelta(**by).total_seconds()

    def turned(self, **by: float) -> None:
        """Somebody sets the clock; no time passes."""
        self.at += timedelta(**by)

    def restarted(self) -> None:
        self.running = 0.0


def terms(clock: Clock | None = None) -> Terms:
    clock = clock or Clock()
    return Terms(now=clock, uptime=clock.uptime, bounds=TRIAL)


def made(folder: Path, passphrase: str = PASSPHRASE, clock: Clock | None = None) -> Vault:
    """A new vault of an officer whose laptop has joined."""
    vault = Vault.create(folder, passphrase, label="Ann Okafor", cost=CHEAP, terms=terms(clock))
    joined(vault)
    return vault


def opened(folder: Path, passphrase: str = PASSPHRASE, clock: Clock | None = None) -> Vault:
    return Vault.open(folder, passphrase, terms=terms(clock))


def joined(vault: Vault, device_id: str = "laptop-1", key: Ed25519PrivateKey | None = None) -> None:
    secret = (key or Ed25519PrivateKey.from_private_bytes(b"k" * 32)).private_bytes_raw().hex()
    vault.settings.put(
        OFFICER, Officer(id=OfficerId("officer-1"), name="Ann Okafor", role="missing_advocate", council="X")
    )
    vault.settings.put(DEVICE, Device(id=DeviceId(device_id), name="Laptop 1", signing_key=secret))


def author_of(vault: Vault) -> Author:
    device = vault.settings.get(DEVICE)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device.signing_key))
    return Author(OfficerId("officer-1"), device.id, key)


def begin(vault: Vault, record_id: str, child: str = "child-1", known: Iterable[Change] = ()) -> Operation:
    author = author_of(vault)

    def compose(stamp: Stamp) -> Operation:
        return author.create(
            stamp,
            record_id=RecordId(record_id),
            child_id=child_named(child),
            strand="missing",
            form_id=FORM,
            form_version=1,
            changes=tuple(known),
        )

    return vault.author(compose)


def say(vault: Vault, record_id: str, answers: dict[str, JSON], clears: Iterable[str] = ()) -> Operation:
    author, view = author_of(vault), vault.view(record_id)
    changes = [Change(field_path(name), value, view.saw(field_path(name))) for name, value in answers.items()]
    return vault.author(lambda stamp: author.say(stamp, view, changes), clears=[(record_id, path) for path in clears])


def foreign(number: int, record_id: str, changes: Iterable[Change], *, view: RecordView | None = None) -> Operation:
    """An operation of another officer's laptop."""
    author = Author(OfficerId("officer-2"), DeviceId("laptop-2"), Ed25519PrivateKey.from_private_bytes(b"f" * 32))
    stamp = Stamp(
        OperationId(f"foreign-{number}"), number, "2026-03-27T15:00:00+00:00", f"{1774623600000 + number:012x}0000"
    )
    if view is None:
        return author.create(
            stamp,
            record_id=RecordId(record_id),
            child_id=child_named("child-1"),
            strand="missing",
            form_id=FORM,
            form_version=1,
            changes=tuple(changes),
        )
    return author.say(stamp, view, tuple(changes))
