"""What a vault remembers has a type: what was never kept, or cannot be read, is as at first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.canonical import canonical
from casework.identifiers import DeviceId, OfficerId
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Former, Officer, Setting
from desktop.store.disk.errors import VaultLocked
from desktop.store.vault import Vault
from tests.desktop.store.making import made


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    found = made(tmp_path / "vault")
    yield found
    found.close()


COUNT: Setting[int] = Setting("count", int, 7)


def test_what_was_kept_is_read_as_what_it_is(vault: Vault) -> None:
    device = Device(DeviceId("d2"), "ASH-0142", "00" * 32, (Former(DeviceId("d1"), "11" * 32, is_shared=True),))
    vault.settings.put_all(DEVICE.holding(device), COUNT.holding(8))

    assert vault.settings.get(DEVICE) == device
    assert vault.settings.get(COUNT) == 8


def test_what_was_forgotten_is_as_at_first(vault: Vault) -> None:
    vault.settings.put(COUNT, 8)
    vault.settings.forget(COUNT, DEVICE)

    assert vault.settings.get(COUNT) == 7
    assert vault.settings.get(DEVICE) == Device()


def test_what_another_deed_changed_is_read_anew(vault: Vault) -> None:
    """What was read is kept between two deeds of the writer, and some write it in a transaction of their own."""
    assert vault.settings.get(COUNT) == 7
    vault._store.writer.do(lambda tx: tx.execute("INSERT INTO setting VALUES ('count', '8')"))
    assert vault.settings.get(COUNT) == 8
    vault._store.writer.outside(lambda connection: connection.execute("DELETE FROM setting WHERE key = 'count'"))

    assert vault.settings.get(COUNT) == 7


def test_of_a_closed_vault_nothing_is_told(vault: Vault) -> None:
    """There are keys among the settings: what was read does not outlast the closing."""
    assert vault.settings.get(DEVICE).signing_key
    vault.close()

    with pytest.raises(VaultLocked):
        vault.settings.get(DEVICE)


@pytest.mark.parametrize("text", [{"id": 7}, [], None, "ann"])
def test_what_cannot_be_read_is_as_at_first(text: object) -> None:
    assert OFFICER.read(canonical(text)) == Officer()


def test_a_newer_programs_words_are_passed_over() -> None:
    assert OFFICER.read(canonical({"id": "ann", "name": "Ann", "team": "north"})) == Officer(OfficerId("ann"), "Ann")


def test_who_works_here_signs_the_trail_from_then_on(vault: Vault) -> None:
    vault.settings.put(OFFICER, Officer(OfficerId("ann"), "Ann"))
    vault.audit.add("viewed", record="r1")

    assert vault.audit.entries()[-1].actor == "ann"
