"""The ways into a store and its backups, as the window and the command line use them: real stores, real keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import KnownError
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.access import choosing_a_passphrase, passphrase_and_recovery
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.store.disk.errors import WeakPassphrase, WrongPassphrase, WrongRecoveryCode
from desktop.store.vault import Vault
from tests.desktop.doors import QUICK, quick_gate

NEW = "copper anthem walrus ladder quilt"


def opens(desk: Desk, passphrase: str) -> bool:
    """The store closed and opened again, as on another day."""
    desk.vault.close()
    try:
        Vault.open(desk.vault.folder, passphrase, terms=QUICK).close()
    except WrongPassphrase:
        return False
    return True


def gate_of(desk: Desk) -> Gate:
    return quick_gate(desk.vault.folder.parent, desk.catalogue, desk.now)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(desk: Desk) -> None:
    passphrase_and_recovery.change_passphrase(desk, PASSPHRASE, NEW)

    assert opens(desk, NEW)
    assert not opens(desk, PASSPHRASE)


@pytest.mark.parametrize(
    ("old", "new", "error"), [("not this one", NEW, WrongPassphrase), (PASSPHRASE, "password", WeakPassphrase)]
)
def test_a_change_that_is_refused_changes_nothing(desk: Desk, old: str, new: str, error: type[KnownError]) -> None:
    with pytest.raises(error):
        passphrase_and_recovery.change_passphrase(desk, old, new)

    assert opens(desk, PASSPHRASE)


def test_the_suggested_passphrase_is_one_the_store_takes(desk: Desk) -> None:
    words = choosing_a_passphrase.suggested_passphrase()

    assert len(words.split()) == 5
    assert choosing_a_passphrase.strength(words).startswith("Strong enough")
    passphrase_and_recovery.change_passphrase(desk, PASSPHRASE, words)


def test_what_the_store_would_refuse_is_not_called_strong() -> None:
    assert choosing_a_passphrase.strength("") == ""
    assert choosing_a_passphrase.strength("Liverpool1984!").startswith("Not strong enough")


def test_a_recovery_code_opens_the_store_and_sets_a_passphrase(desk: Desk) -> None:
    sheet = passphrase_and_recovery.new_recovery_code(desk, PASSPHRASE)
    desk.vault.close()
    again = passphrase_and_recovery.recover(gate_of(desk), desk.vault.folder, sheet.code.lower(), NEW)

    assert again.officer.name == "Nadia Brightwater"
    assert "recovered" in [entry.event for entry in again.vault.audit.entries()]
    assert opens(again, NEW)


def test_the_sheet_says_whose_it_is_and_is_kept_out_of_tracebacks(desk: Desk) -> None:
    sheet = passphrase_and_recovery.new_recovery_code(desk, PASSPHRASE)

    assert "Opens the records of: Nadia\n" in sheet.text
    assert "Made on: 27 March 2026\n" in sheet.text
    assert sheet.code.split("-")[0] in sheet.text
    assert sheet.code not in repr(sheet)


def test_a_newer_code_ends_the_one_before(desk: Desk) -> None:
    first = passphrase_and_recovery.new_recovery_code(desk, PASSPHRASE)
    passphrase_and_recovery.new_recovery_code(desk, PASSPHRASE)
    desk.vault.close()

    with pytest.raises(WrongRecoveryCode):
        passphrase_and_recovery.recover(gate_of(desk), desk.vault.folder, first.code, NEW)


def test_no_code_is_made_without_the_passphrase(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase):
        passphrase_and_recovery.new_recovery_code(desk, "not this one")

    assert "recovery" not in desk.vault.ways.kinds()


def test_backups_by_themselves_once_a_week(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert passphrase_and_recovery.back_up_if_due(desk) is None
    passphrase_and_recovery.schedule_backups(desk, stick)
    made = passphrase_and_recovery.back_up_if_due(desk)

    assert passphrase_and_recovery.backup_folder(desk) == str(stick)
    assert made is not None
    assert made.parent == stick
    assert passphrase_and_recovery.back_up_if_due(desk) is None
    passphrase_and_recovery.schedule_backups(desk, None)
    assert passphrase_and_recovery.backup_folder(desk) == ""


def test_a_store_that_is_well_has_nothing_to_say(desk: Desk) -> None:
    assert passphrase_and_recovery.notices(desk) == ()
