"""A new data key after a compromise: nothing that opened the store before opens anything any more."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.database import connection
from desktop.store.database.audit_chain import START, Entry, Keys, follow, seal
from desktop.store.disk.errors import (
    AttachmentDamaged,
    DiskFull,
    VaultDamaged,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from desktop.store.disk.keys import DataKey, SubKey
from desktop.store.disk.streams import Decrypted
from desktop.store.unlock import two_copies
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, begin, made, opened, say, terms

NEW = "walnut-harbor-pencil-quilt-ember"
THIRD = "copper anthem walrus ladder quilt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "I went to the park"})
    vault.drafts.save("r1", "f/feelings", "typed and not yet said")
    vault.attachments.add(io.BytesIO(photographs.jpeg(300, 200)), name="a.jpg", record_id="r1")
    vault.attachments.add(io.BytesIO(b"a plain letter"), name="a.txt", record_id="r1")
    vault.close()
    return folder


def rekeyed(folder: Path, old: str = PASSPHRASE, new: str = NEW) -> Vault:
    return Vault.rekey(folder, old, new, terms=terms())[0]


def test_everything_is_there_under_the_new_key(folder: Path) -> None:
    vault = opened(folder)
    before = [vault.attachments.open(sha256).read() for sha256 in kept(vault)]
    head = vault.audit.head()
    vault.close()
    seen: list[tuple[int, int]] = []
    vault, code = Vault.rekey(folder, PASSPHRASE, NEW, terms=terms(), progress=lambda *done: seen.append(done))

    assert vault.view("r1").answer("f/own_words") == "I went to the park"
    assert vault.drafts.of("r1")["f/feelings"].value == "typed and not yet said"
    assert [vault.attachments.open(sha256).read() for sha256 in kept(vault)] == before
    assert [hit.record_id for hit in vault.search("park")] == ["r1"]
    assert vault.notices == ()
    assert vault.audit.prove([head]).count > head.count
    assert "rekeyed" in [entry.event for entry in vault.audit.entries()]
    assert seen == [(0, 3), (1, 3), (3, 3)]
    say(vault, "r1", {"own_words": "and home again"})
    vault.close()
    opened(folder, NEW).close()
    Vault.recover(folder, str(code), THIRD, terms=terms()).close()


def kept(vault: Vault) -> list[str]:
    return sorted(found.sha256 for found in vault.attachments.to_send())


def test_what_opened_it_before_opens_nothing(folder: Path, tmp_path: Path) -> None:
    """Passphrase, code, data key and each photograph's key, all of which somebody may have copied."""
    vault = opened(folder)
    code = vault.ways.new_recovery_code()
    secret = vault._key.secret()
    rows = vault._store.readers.rows("SELECT file, key FROM attachment")
    vault.close()
    rekeyed(folder).close()

    with pytest.raises(WrongPassphrase):
        opened(folder)
    with pytest.raises(WrongRecoveryCode):
        Vault.recover(folder, str(code), THIRD, terms=terms())
    with pytest.raises(VaultDamaged):
        connection.connect_reader(folder / connection.NAME, DataKey(secret).subkey("database"))
    for file, key in rows:
        assert not (folder / "attachments" / str(file)).exists()
        for path in (folder / "attachments").iterdir():
            with path.open("rb") as source, pytest.raises(AttachmentDamaged):
                Decrypted(key, source).read()  # type: ignore[arg-type]
    assert {path.name for path in folder.iterdir()} <= {
        "vault.db", "vault.json", "vault-copy.json", "anchor", "attachments", "in-use", "tries.json",
    }  # fmt: skip
    assert (folder / two_copies.NAME).read_bytes() == (folder / two_copies.COPY).read_bytes()


def test_a_backup_from_before_still_opens_with_the_passphrase_of_its_day(folder: Path, tmp_path: Path) -> None:
    """Which is why the page says to destroy them."""
    vault = opened(folder)
    backup = vault.backup(tmp_path)
    vault.close()
    rekeyed(folder).close()
    restored = Vault.restore(backup, tmp_path / "restored", PASSPHRASE, terms=terms())

    assert restored.view("r1").answer("f/own_words") == "I went to the park"
    restored.close()
    vault = opened(folder, NEW)
    stick = tmp_path / "stick"
    stick.mkdir()
    vault.prove_backup(vault.backup(stick))
    vault.close()


def test_it_can_be_done_again_and_again(folder: Path) -> None:
    """The trail is checked with each key that sealed a part of it."""
    rekeyed(folder).close()
    vault = rekeyed(folder, NEW, THIRD)
    say(vault, "r1", {"own_words": "third"})

    assert [entry.event for entry in vault.audit.entries()].count("rekeyed") == 2
    vault.audit.prove()
    vault.close()
    vault = opened(folder, THIRD)
    vault.audit.prove()
    vault.close()


def test_a_weak_or_wrong_passphrase_changes_nothing(folder: Path) -> None:
    before = (folder / two_copies.NAME).read_bytes()
    with pytest.raises(WeakPassphrase):
        rekeyed(folder, new="secret")
    with pytest.raises(WrongPassphrase):
        rekeyed(folder, old="another thing altogether")

    assert (folder / two_copies.NAME).read_bytes() == before
    opened(folder).close()


def test_a_disk_that_fills_leaves_everything_as_it_was(folder: Path) -> None:
    files = sorted(path.name for path in (folder / "attachments").iterdir())

    def full(_number: int, _of: int) -> None:
        message = "This disk is full."
        raise DiskFull(message)

    with pytest.raises(DiskFull):
        Vault.rekey(folder, PASSPHRASE, NEW, terms=terms(), progress=full)
    vault = opened(folder)

    assert not list(folder.glob("vault-*.db*"))
    assert sorted(path.name for path in (folder / "attachments").iterdir()) == files
    assert vault.view("r1").answer("f/own_words") == "I went to the park"
    vault.close()


def test_a_damaged_photograph_does_not_keep_the_others_from_being_safe(folder: Path) -> None:
    path = max((folder / "attachments").iterdir(), key=lambda found: found.stat().st_size)
    path.write_bytes(path.read_bytes()[:-40])
    vault = rekeyed(folder)

    assert len(vault.attachments.damaged()) == 1
    assert len(kept(vault)) == 2
    vault.close()


def test_a_store_with_the_old_database_put_back_is_noticed(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / connection.NAME, tmp_path / "old.db")
    rekeyed(folder).close()
    shutil.copy(tmp_path / "old.db", folder / connection.NAME)
    with pytest.raises(VaultDamaged):
        opened(folder, NEW)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_each_entry_is_checked_with_the_key_that_sealed_it(lengths: list[int]) -> None:
    keys = [SubKey(bytes([number]) * 32) for number in range(len(lengths))]
    before = START
    entries: list[tuple[Entry, bytes]] = []
    former: list[tuple[int, SubKey]] = []
    for key, length in zip(keys, lengths, strict=True):
        for _ in range(length):
            entry = Entry(len(entries) + 1, "at", "who", "event", "{}")
            before = seal(key, before, entry)
            entries.append((entry, before))
        former.append((len(entries), key))
    whole = Keys(keys[-1], tuple(former[:-1]))

    assert follow(whole, entries).sentence == ""
    if sum(lengths[:-1]):
        assert follow(Keys(keys[-1]), entries).sentence.startswith("The audit trail was changed")


def test_no_word_is_readable_in_any_file_while_everything_is_written_anew(folder: Path) -> None:
    marker = "ZqxMarker7731"
    vault = opened(folder)
    say(vault, "r1", {"own_words": f"{marker} " * 3000})
    vault.attachments.add(io.BytesIO(f"{marker} ".encode() * 3000), name="b.txt", record_id="r1")
    vault.close()
    seen: list[str] = []

    def look(_done: int, _of: int) -> None:
        seen.extend(path.name for path in folder.rglob("*") if path.is_file())
        assert not holding(folder, marker)

    Vault.rekey(folder, PASSPHRASE, NEW, terms=terms(), progress=look)[0].close()

    assert {"vault-staged.db", "vault-next.db"} <= set(seen)
    assert not holding(folder, marker)
    (folder / "plain").write_text(marker)
    assert holding(folder, marker) == ["plain"]


def holding(folder: Path, marker: str) -> list[str]:
    wanted = (marker.encode(), marker.lower().encode(), marker.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(mark in path.read_bytes() for mark in wanted)]
