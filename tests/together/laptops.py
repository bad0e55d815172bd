"""A laptop for tests: a real vault, joined to a real council, and the few deeds the scenarios need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.identifiers import DeviceId, RecordId, child_named
from casework.records import Author, Change, Operation, RecordView, Stamp, cell_path, field_path, row_path
from central.http.rate_limit import STRANGER, Pacing
from desktop.compose import build_catalogue
from desktop.store.database.ids import uuid7
from desktop.store.database.remembered import DEVICE, OFFICER
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault
from desktop.sync.enrolment import enrol
from desktop.sync.runner import Runner, SyncReport
from tests.central.running import Council

CHEAP = Argon2Cost(64, 1, 1)
PASSPHRASE = "five quiet words for tests"


@cache
def shipped() -> dict[str, tuple[int, ...]]:
    """Which forms every laptop has from the start, so that it asks for none."""
    catalogue = build_catalogue()
    return {form_id: catalogue.versions(form_id) for form_id in catalogue.ids()}


def terms_of(now: Callable[[], datetime]) -> Terms:
    return Terms(now=now, bounds=Bounds(floor=CHEAP))


@dataclass
class Laptop:
    vault: Vault
    now: Callable[[], datetime]

    @classmethod
    def new(cls, folder: Path, now: Callable[[], datetime]) -> Laptop:
        return cls(Vault.create(folder, PASSPHRASE, label="Test", cost=CHEAP, terms=terms_of(now)), now)

    @classmethod
    def opened(cls, folder: Path, now: Callable[[], datetime]) -> Laptop:
        return cls(Vault.open(folder, PASSPHRASE, terms=terms_of(now)), now)

    @classmethod
    def joined(cls, council: Council, officer_id: str, folder: Path) -> Laptop:
        laptop = cls.new(folder, council.clock)
        assert council.app is not None
        state = council.app.state  # those of a test join from one address in one moment
        state.traffic = replace(state.traffic, strangers=Pacing(STRANGER))
        enrol(laptop.vault, council.url, council.code(officer_id), now=council.clock)
        return laptop

    def reopened(self) -> Laptop:
        """As after a restart of the program."""
        self.vault.close()
        return Laptop.opened(self.vault.folder, self.now)

    @property
    def device(self) -> dict[str, JSON]:
        found: dict[str, JSON] = msgspec.to_builtins(self.vault.settings.get(DEVICE))
        return found

    @property
    def author(self) -> Author:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(str(self.device["signing_key"])))
        return Author(self.vault.settings.get(OFFICER).id, DeviceId(str(self.device["id"])), key)

    def sync(self) -> SyncReport:
        return Runner(self.vault, now=self.now, forms=shipped()).sync()

    def synced(self) -> SyncReport:
        """A sync in which nothing went wrong."""
        report = self.sync()
        assert report.problem is None, report
        return report

    def write(self, compose: Callable[[Stamp], Operation]) -> Operation:
        return self.vault.author(compose)

    def child(self, child_id: str = "", **answers: JSON) -> str:
        """A new child's record; its id is the child's."""
        child_id = child_id or uuid7(int(self.now().timestamp() * 1000))
        self.create(child_id, child_id, "core", "child", answers)
        return child_id

    def create(self, record_id: str, child_id: str, strand: str, form_id: str, answers: dict[str, JSON]) -> Operation:
        return self.write(
            lambda stamp: self.author.create(
                stamp,
                record_id=RecordId(record_id),
                child_id=child_named(child_id),
                strand=strand,
                form_id=form_id,
                form_version=1,
                changes=[Change(field_path(name), value) for name, value in answers.items()],
            )
        )

    def episode(self, child_id: str, **answers: JSON) -> str:
        record_id = uuid7(int(self.now().timestamp() * 1000))
        self.create(record_id, child_id, "missing", "missing_episode", answers)
        return record_id

    def say(self, record_id: str, **answers: JSON) -> Operation:
        view = self.view(record_id)
        changes = [Change(field_path(name), value, view.saw(field_path(name))) for name, value in answers.items()]
        return self.change(record_id, changes)

    def say_over(self, view: RecordView, **answers: JSON) -> Operation:
        """As if the record looked like `view`, whatever it is."""
        changes = [Change(field_path(name), value, view.saw(field_path(name))) for name, value in answers.items()]
        return self.write(lambda stamp: self.author.say(stamp, view, changes))

    def add_row(self, record_id: str, group: str, row: str, position: str = "a0", **cells: JSON) -> Operation:
        changes = [Change(row_path(group, row), {"position": position})]
        changes += [Change(cell_path(group, row, column), value) for column, value in cells.items()]
        return self.change(record_id, changes)

    def remove_row(self, record_id: str, group: str, row: str) -> Operation:
        path = row_path(group, row)
        return self.change(record_id, [Change(path, {"removed": True}, self.view(record_id).saw(path))])

    def change(self, record_id: str, changes: Iterable[Change]) -> Operation:
        found = list(changes)
        view = self.view(record_id)
        return self.write(lambda stamp: self.author.say(stamp, view, found))

    def resolve(self, record_id: str, question: str, value: JSON) -> Operation:
        view, path = self.view(record_id), field_path(question)
        change = Change(path, value, view.saw(path))
        return self.write(lambda stamp: self.author.resolve(stamp, view, change, "asked both"))

    def sign(self, record_id: str) -> Operation:
        view = self.view(record_id)
        return self.write(lambda stamp: self.author.sign(stamp, view, name="Test", ink=None))

    def view(self, record_id: str) -> RecordView:
        return self.vault.view(record_id)

    def answer(self, record_id: str, question: str) -> JSON:
        return self.view(record_id).answer(field_path(question))

    def texts(self, record_id: str, question: str) -> set[JSON]:
        """Every value that stands at a question."""
        return {standing.value for standing in self.view(record_id).values.get(field_path(question), ())}
