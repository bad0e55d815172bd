"""A desk over a real store, of a laptop that has joined: the council itself is not needed here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.identifiers import DeviceId, OfficerId
from desktop.compose import build_catalogue
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.store.vault import Vault
from tests.desktop.clock import Clock
from tests.desktop.doors import CHEAP, QUICK

CATALOGUE = build_catalogue()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reopen(tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Desk]]:
    """Opens the same store again and again, as a restart does."""
    opened: list[Desk] = []
    folder = tmp_path / "vault"
    Vault.create(folder, PASSPHRASE, label="Nadia", cost=CHEAP, terms=QUICK).close()

    def again() -> Desk:
        for desk in opened:
            desk.vault.close()
        desk = Desk(Vault.open(folder, PASSPHRASE, terms=QUICK), CATALOGUE, clock)
        if not desk.officer.id:
            join(desk)
        opened.append(desk)
        return desk

    yield again
    for desk in opened:
        desk.vault.close()


@pytest.fixture
def desk(reopen: Callable[[], Desk]) -> Desk:
    return reopen()


def join(desk: Desk) -> None:
    """What enrolment leaves in the store."""
    officer = Officer(
        id=OfficerId("nadia"), name="Nadia Brightwater", role="missing_advocate", council="Ashmere Council"
    )
    desk.vault.settings.put(OFFICER, officer)
    device = Device(id=DeviceId("d1"), name="ASH-0142", signing_key=secrets.token_hex(32))
    desk.vault.settings.put(DEVICE, device)
    desk.joined_anew()
