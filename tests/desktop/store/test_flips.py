"""One bit changed anywhere: noticed and said in words, or harmless."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from desktop.store.database.database_copy import prove_database
from desktop.store.disk.errors import AttachmentDamaged, BackupFailed, VaultDamaged, VaultNotEncrypted
from tests.desktop.store import photographs
from tests.desktop.store.making import begin, made, opened, say


@pytest.mark.parametrize("victim", ["vault.db", "vault.json", "attachment", "backup"])
def test_every_flipped_byte_is_noticed_or_harmless(tmp_path: Path, victim: str) -> None:
    """125 places in each of store, key file, attachment and backup: a plain sentence, or not a word is different."""
    folder = tmp_path / "vault-1"
    (tmp_path / "stick").mkdir()
    vault = made(folder)
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "the words of a child " * 2000})
    attached = vault.attachments.add(io.BytesIO(photographs.jpeg()), name="a.jpg", record_id="r1")
    backup = vault.backup(tmp_path / "stick")
    expected = vault.view("r1")
    vault.close()
    backup_files = [path for path in backup.rglob("*") if path.is_file()]
    chance = random.Random(7)
    noticed = 0
    for _ in range(125):
        path = {
            "vault.db": folder / "vault.db",
            "vault.json": folder / chance.choice(["vault.json", "vault-copy.json"]),
            "attachment": next((folder / "attachments").iterdir()),
            "backup": chance.choice(backup_files),
        }[victim]
        whole = path.read_bytes()
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        noticed += _is_noticed(folder, backup, expected, str(attached["sha256"]))
        path.write_bytes(whole)
    # Of the two key files the other one mends it: harmless.
    assert noticed == (0 if victim == "vault.json" else 125)


def _is_noticed(folder: Path, backup: Path, expected: object, sha256: str) -> bool:
    try:
        _use(folder, backup, expected, sha256)
    except (VaultDamaged, BackupFailed, AttachmentDamaged, VaultNotEncrypted) as error:
        return str(error).endswith(".")
    return False


def _use(folder: Path, backup: Path, expected: object, sha256: str) -> None:
    vault = opened(folder)
    try:
        vault.prove_backup(backup)
        assert vault.view("r1") == expected
        with vault.attachments.open(sha256) as file:
            file.read()
        prove_database(folder / "vault.db", vault._key)
    finally:
        vault.close()
