"""A store on a disk that takes nothing more is brought elsewhere, to the last word that was typed."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest

from desktop.store.disk.errors import TooManyTries, VaultExists, VaultInUse, WrongPassphrase
from desktop.store.disk.try_delays import FREE
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, begin, made, opened, say, terms
from tests.desktop.store.test_power import _fill, _type_on, child, small_disk

__all__ = ["small_disk"]
RESCUE = """
import os, sys
from pathlib import Path
from desktop.store.disk.errors import VaultError
from desktop.store.vault import Vault
from tests.desktop.store.making import PASSPHRASE, terms
source = Path(sys.argv[1])
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
vault = Vault.rescue(source, source.with_name(source.name + "-elsewhere") / "vault-1", PASSPHRASE, terms=terms())
print(vault.view("r1").answers()["own_words"], vault.drafts.of("r1")["f/known_as"].value, vault.notices)
vault.close()
"""


def cut_off(folder: Path) -> None:
    """Words said, words being typed, and power gone before the log was put into the database."""
    vault = made(folder)
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "said before"})
    vault.drafts.save("r1", "f/known_as", "half a na")
    shutil.copytree(folder, folder.with_name("as-it-lay"))
    vault.close()
    shutil.rmtree(folder)
    folder.with_name("as-it-lay").rename(folder)
    assert (folder / "vault.db-wal").stat().st_size


def test_of_a_folder_that_may_not_be_written_every_word_comes(tmp_path: Path) -> None:
    place = Path("/tmp") / f"homeward-rescue-{os.getpid()}"  # noqa: S108 - another user must reach it
    folder = place / "vault-1"
    try:
        place.mkdir(mode=0o777)
        place.chmod(0o777)
        cut_off(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

        assert child(RESCUE, folder) == "said before half a na ()\n"
        assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(place)


def test_of_a_full_disk_as_well_with_its_photographs(small_disk: Path, tmp_path: Path) -> None:
    folder = small_disk / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    vault.attachments.add(io.BytesIO(photographs.jpeg(300, 200)), name="a.jpg", record_id="r1")
    vault.drafts.save("r1", "f/own_words", "safe before")
    vault.close()
    _fill(small_disk / "film.mp4")
    there = Vault.rescue(folder, tmp_path / "new" / "vault-1", PASSPHRASE, terms=terms())

    assert there.drafts.of("r1")["f/own_words"].value == "safe before"
    assert there.attachments.damaged() == []
    assert there.audit.entries()[-1].event == "rescued"
    there.audit.prove()
    say(there, "r1", {"own_words": "said with room again"})
    there.close()


def test_a_full_disk_is_backed_up_elsewhere_although_it_cannot_note_that(small_disk: Path, tmp_path: Path) -> None:
    """The copy was made and proved, and then called a failure."""
    vault = made(small_disk / "vault-1")
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "said before"})
    _fill(small_disk / "film.mp4")
    with pytest.raises(Exception, match="disk is full"):
        _type_on(vault)
    backup = vault.backup(tmp_path)
    vault.prove_backup(backup)
    vault.close()
    back = Vault.restore(backup, tmp_path / "back", PASSPHRASE, terms=terms())

    assert back.view("r1").answers()["own_words"] == "said before"
    back.close()


def test_it_needs_the_passphrase_an_empty_place_and_nobody_at_work(tmp_path: Path) -> None:
    folder = tmp_path / "vault-1"
    cut_off(folder)
    now = terms()
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            Vault.rescue(folder, tmp_path / "new", "walnut-harbor-pencil-quilt-ember", terms=now)
    with pytest.raises(TooManyTries):
        Vault.rescue(folder, tmp_path / "new", PASSPHRASE, terms=now)
    (folder / "tries.json").unlink()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("x")
    with pytest.raises(VaultExists):
        Vault.rescue(folder, tmp_path / "taken", PASSPHRASE, terms=terms())
    vault = opened(folder)
    with pytest.raises(VaultInUse):
        Vault.rescue(folder, tmp_path / "new", PASSPHRASE, terms=terms())
    vault.close()
    assert not (tmp_path / "new").exists()
