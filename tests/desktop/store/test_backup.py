"""Backups that are proved, and restored."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import VaultError
from desktop.store.backup import MANIFEST, Manifest
from desktop.store.database.remembered import LAST_BACKUP, LastBackup
from desktop.store.disk.errors import BackupFailed, DiskGone, VaultExists, WrongPassphrase
from desktop.store.unlock import keyfile
from desktop.store.unlock.ways_in import by_passphrase
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import CHEAP, PASSPHRASE, TRIAL, Clock, begin, made, opened, say, terms


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "I went to the park"})
    vault.drafts.save("r1", "f/feelings", "not said yet")
    vault.attachments.add(io.BytesIO(photographs.jpeg()), name="a.jpg", record_id="r1")
    yield vault
    vault.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_restored_backup_holds_everything(vault: Vault, stick: Path, tmp_path: Path) -> None:
    made_at = vault.backup(stick)
    say(vault, "r1", {"own_words": "said after the backup"})
    again = Vault.restore(made_at, tmp_path / "vault-2", PASSPHRASE, terms=terms())

    assert again.view("r1").answers() == {"own_words": "I went to the park"}
    assert again.drafts.of("r1")["f/feelings"].value == "not said yet"
    assert again.attachments.damaged() == []
    assert len(again.attachments.to_send()) == 1
    assert again.notices == ()
    assert again.audit.prove().count == len(again.audit.entries())
    again.close()
    reopened = opened(tmp_path / "vault-2")
    assert reopened.notices == ()
    reopened.close()


def test_a_backup_is_made_beside_work_that_goes_on(vault: Vault, stick: Path) -> None:
    before = vault.backup(stick)
    vault.prove_backup(before)

    assert vault.settings.get(LAST_BACKUP) == LastBackup("2026-03-27T14:32:00+00:00", before.name)
    assert [entry.event for entry in vault.audit.entries()][-1] == "backed_up"


@pytest.mark.parametrize("victim", ["vault.db", "vault.json", "backup.json", "attachments"])
def test_a_backup_with_a_changed_byte_is_refused(vault: Vault, stick: Path, tmp_path: Path, victim: str) -> None:
    folder = vault.backup(stick)
    path = folder / victim if victim != "attachments" else next((folder / victim).iterdir())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(VaultError):
        Vault.restore(folder, tmp_path / "vault-2", PASSPHRASE, terms=terms())
    with pytest.raises(VaultError):
        vault.prove_backup(folder)
    assert not (tmp_path / "vault-2").exists()


def test_a_backup_with_a_missing_photograph_is_refused(vault: Vault, stick: Path, tmp_path: Path) -> None:
    folder = vault.backup(stick)
    next((folder / "attachments").iterdir()).unlink()
    with pytest.raises(BackupFailed, match="not whole"):
        Vault.restore(folder, tmp_path / "vault-2", PASSPHRASE, terms=terms())


def test_a_photograph_damaged_here_is_found_before_the_backup_counts(vault: Vault, stick: Path) -> None:
    path = next((vault.folder / "attachments").iterdir())
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)
    with pytest.raises(VaultError):
        vault.backup(stick)
    assert list(stick.iterdir()) == []


def test_restoring_needs_the_passphrase_and_an_empty_place(vault: Vault, stick: Path, tmp_path: Path) -> None:
    folder = vault.backup(stick)
    with pytest.raises(WrongPassphrase):
        Vault.restore(folder, tmp_path / "vault-2", "wrong", terms=terms())
    with pytest.raises(VaultExists):
        Vault.restore(folder, vault.folder, PASSPHRASE, terms=terms())
    assert vault.view("r1").answers() == {"own_words": "I went to the park"}


def test_a_stick_that_was_taken_out_is_not_made_anew(vault: Vault, stick: Path) -> None:
    stick.rmdir()
    with pytest.raises(DiskGone, match="Plug it in"):
        vault.backup(stick)
    assert not stick.exists()


def test_planned_backups_come_when_due_and_old_ones_go(tmp_path: Path, stick: Path) -> None:
    clock = Clock()
    vault = made(tmp_path / "vault-1", clock=clock)
    other = Vault.create(tmp_path / "vault-2", PASSPHRASE, label="Other", cost=CHEAP, terms=terms(clock))
    others = other.backup(stick)
    clock.on(seconds=1)
    assert vault.backup_if_due() is None
    vault.schedule_backups(stick, every_days=7, keep=2)
    made_here = []
    for _ in range(4):
        found = vault.backup_if_due()
        assert found is not None
        made_here.append(found)
        assert vault.backup_if_due() is None
        clock.on(days=7)

    assert sorted(stick.iterdir()) == [others, *made_here[-2:]]
    vault.schedule_backups(None)
    assert vault.backup_if_due() is None
    vault.close()
    other.close()


def test_two_backups_in_one_second_do_not_overwrite_each_other(vault: Vault, stick: Path) -> None:
    first = vault.backup(stick)
    with pytest.raises(VaultExists):
        vault.backup(stick)
    vault.prove_backup(first)
    shutil.rmtree(first)


@pytest.mark.parametrize("victim", ["vault.db", "vault.json", "backup.json", "attachments", "a photograph"])
def test_a_backup_of_links_and_pipes_is_refused(vault: Vault, stick: Path, tmp_path: Path, victim: str) -> None:
    """What they lead to may be anything, change meanwhile, or never end. Somebody put them on the stick."""
    backup = vault.backup(stick)
    path = next((backup / "attachments").iterdir()) if victim == "a photograph" else backup / victim
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere", target_is_directory=(tmp_path / "elsewhere").is_dir())
    with pytest.raises(VaultError):
        Vault.restore(backup, tmp_path / "vault-2", PASSPHRASE, terms=terms())
    assert not (tmp_path / "vault-2").exists()

    path.unlink()
    if victim not in {"attachments", "vault.json"}:  # a key file is read to its bound before anything else
        os.mkfifo(path)
        with pytest.raises(VaultError):
            Vault.restore(backup, tmp_path / "vault-2", PASSPHRASE, terms=terms())


def test_what_a_backup_names_beyond_its_own_folder_is_not_brought(vault: Vault, stick: Path, tmp_path: Path) -> None:
    """Its list is sealed, but whoever made the backup made the seal: names lead nowhere but into the store."""
    backup = vault.backup(stick)
    (stick / "outside").write_bytes(b"x")
    key = by_passphrase(keyfile.read(backup), PASSPHRASE, TRIAL).subkey("backup")
    known = Manifest.read(backup, key)
    files = known.files | {"../outside": hashlib.blake2b(b"x", digest_size=32).hexdigest()}
    (backup / MANIFEST).write_bytes(Manifest(known.vault_id, known.made_at, files).to_bytes(key))
    with pytest.raises(BackupFailed):
        Vault.restore(backup, tmp_path / "deep" / "vault-2", PASSPHRASE, terms=terms())

    assert not (tmp_path / "deep" / "outside").exists()
