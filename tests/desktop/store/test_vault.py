"""The vault as the flows use it: real SQLCipher files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casework.errors import BugError, NotJoined
from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import Change, Kind, RecordView, field_path
from desktop.store.database.remembered import OFFICER
from desktop.store.disk.errors import (
    KeyFileDamaged,
    TooManyTries,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    VaultLocked,
    VaultMissing,
    VaultNotEncrypted,
    VaultTooNew,
    WrongPassphrase,
)
from desktop.store.disk.keys import Argon2Cost
from desktop.store.unlock.vault_cards import vaults
from desktop.store.vault import Vault
from tests.desktop.store.making import (
    CHEAP,
    PASSPHRASE,
    TRIAL,
    Clock,
    author_of,
    begin,
    foreign,
    made,
    opened,
    say,
    terms,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault-1"


def test_what_was_said_is_there_after_opening_again(folder: Path) -> None:
    """Operations, views, summaries, drafts and settings survive closing."""
    vault = made(folder)
    begin(vault, "r1")
    said = say(vault, "r1", {"own_words": "I went to the park", "push_pull": ["boredom"]})
    vault.drafts.save("r1", "f/feelings", "tired", (OperationId("x"),))
    vault.close()
    again = opened(folder)

    assert again.view("r1").answers() == {"own_words": "I went to the park", "push_pull": ["boredom"]}
    assert again.operations("r1")[-1] == said
    assert [s.record_id for s in again.summaries(form_id="return_home_interview")] == ["r1"]
    assert again.drafts.of("r1")["f/feelings"].value == "tired"
    assert again.drafts.of("r1")["f/feelings"].saw == ("x",)
    assert again.notices == ()
    again.close()


def test_numbers_of_a_laptop_run_without_a_gap(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    with pytest.raises(ZeroDivisionError):
        vault.author(lambda _stamp: 1 / 0)  # type: ignore[arg-type,return-value]
    say(vault, "r1", {"own_words": "a"})
    vault.close()
    again = opened(folder)
    say(again, "r1", {"own_words": "b"})

    assert [op.device_seq for op in again.operations("r1")] == [1, 2, 3]
    hlcs = [op.hlc for op in again.operations("r1")]
    assert hlcs == sorted(set(hlcs))
    again.close()


def test_a_composed_operation_must_carry_its_stamp(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    stale = vault.operations("r1")[0]
    with pytest.raises(BugError):
        vault.author(lambda _stamp: stale)
    assert len(vault.outbox.waiting()) == 1
    vault.close()


def test_time_of_an_operation_never_goes_back(folder: Path) -> None:
    clock = Clock()
    vault = made(folder, clock=clock)
    begin(vault, "r1")
    clock.on(days=-400)
    say(vault, "r1", {"own_words": "a"})
    first, second = vault.operations("r1")

    assert first.hlc < second.hlc
    vault.close()


def test_before_joining_nothing_can_be_written_in_nobodys_name(folder: Path) -> None:
    vault = Vault.create(folder, PASSPHRASE, label="Ann", cost=CHEAP, terms=terms())
    with pytest.raises(NotJoined):
        vault.author(lambda _stamp: foreign(1, "r1", ()))
    vault.close()


def test_signing_locks_the_summary(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    author, view = author_of(vault), vault.view("r1")
    vault.author(lambda stamp: author.sign(stamp, view, name="Ann Okafor", ink={"typed": "Ann Okafor"}))

    assert vault.view("r1").locked
    assert vault.view("r1").signatures[0].intact
    assert vault.summary("r1").locked
    assert vault.operations("r1")[-1].kind is Kind.SIGN
    vault.close()


def test_an_unknown_record_is_an_empty_view(folder: Path) -> None:
    vault = made(folder)

    assert vault.view("nobody") == RecordView(RecordId("nobody"))
    assert vault.view("nobody", drafts=True) == RecordView(RecordId("nobody"))
    assert vault.summary("nobody") is None
    vault.close()


def test_another_officers_operations_merge_in_any_order(folder: Path, tmp_path: Path) -> None:
    created = foreign(1, "r1", ())
    view = RecordView(RecordId("r1"), "return_home_interview", 1, bucket=BucketId("child-1:missing"))
    first = foreign(2, "r1", [Change(field_path("own_words"), "one")], view=view)
    second = foreign(3, "r1", [Change(field_path("own_words"), "two")], view=view)
    one, other = made(folder), made(tmp_path / "vault-2")
    one.take([created, first, second])
    other.take([second, first])
    other.take([created, second, second])

    assert one.view("r1") == other.view("r1")
    assert one.view("r1").conflicts == ("f/own_words",)
    assert one.summary("r1").conflicts == 1
    assert one.summary("r1").received_at is not None
    one.close()
    other.close()


def test_a_wrong_passphrase_is_refused_and_then_delayed(folder: Path) -> None:
    clock = Clock()
    made(folder, clock=clock).close()
    for _ in range(3):
        with pytest.raises(WrongPassphrase, match="does not open this store"):
            opened(folder, "not it", clock)
    with pytest.raises(TooManyTries, match="Wait 1 second"):
        opened(folder, PASSPHRASE, clock)
    clock.on(seconds=2)
    vault = opened(folder, PASSPHRASE, clock)

    assert [entry.event for entry in vault.audit.entries()][-1] == "failed_unlock"
    with pytest.raises(WrongPassphrase):
        vault.check_passphrase("not it")
    vault.check_passphrase(PASSPHRASE)
    vault.close()


def test_passphrases_written_in_another_unicode_form_are_the_same(folder: Path) -> None:
    made(folder, "Caf\u00e9 \ufb01ne otter lantern muffin drift").close()
    opened(folder, "Cafe\u0301 fine otter lantern muffin drift").close()


def test_a_second_instance_is_refused(folder: Path) -> None:
    vault = made(folder)
    with pytest.raises(VaultInUse, match="already open"):
        opened(folder)
    vault.close()
    opened(folder).close()


def test_an_existing_vault_is_not_overwritten(folder: Path) -> None:
    made(folder).close()
    with pytest.raises(VaultExists):
        made(folder)
    opened(folder).close()


def test_missing_stores_are_said_to_be_missing(folder: Path) -> None:
    with pytest.raises(VaultMissing, match="no Homeward store"):
        opened(folder)
    made(folder).close()
    (folder / "vault.db").unlink()
    with pytest.raises(VaultMissing, match="records of this store are missing"):
        opened(folder)


def test_a_plain_database_is_refused_and_left_alone(folder: Path) -> None:
    made(folder).close()
    plain = b"SQLite format 3\0" + bytes(4080)
    (folder / "vault.db").write_bytes(plain)
    with pytest.raises(VaultNotEncrypted, match="not encrypted"):
        opened(folder)
    assert (folder / "vault.db").read_bytes() == plain


def test_a_damaged_database_is_said_to_be_damaged(folder: Path) -> None:
    made(folder).close()
    data = bytearray((folder / "vault.db").read_bytes())
    data[100] ^= 1
    (folder / "vault.db").write_bytes(data)
    with pytest.raises(VaultDamaged, match="cannot be read"):
        opened(folder)


def test_a_newer_store_is_refused_and_not_touched(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    vault._store.writer.outside(lambda connection: connection.execute("PRAGMA user_version=999"))
    # As after a crash: copied while open, so that the WAL still holds the newest.
    left = folder.with_name("left")
    shutil.copytree(folder, left)
    vault.close()
    before = {path.name: path.read_bytes() for path in left.iterdir() if path.suffix != ".db-shm"}
    with pytest.raises(VaultTooNew, match="newer Homeward"):
        opened(left)

    after = {name: (left / name).read_bytes() for name in before}
    assert after == before


def test_a_cheap_key_file_is_refused_unless_the_caller_allows_it(folder: Path) -> None:
    """The floor is 64 MiB; a trial floor is an argument, never the environment."""
    made(folder).close()
    with pytest.raises(KeyFileDamaged, match="unsafe way"):
        Vault.open(folder, PASSPHRASE)
    with pytest.raises(KeyFileDamaged):
        Vault.create(folder.with_name("other"), PASSPHRASE, label="x", cost=Argon2Cost(1024, 1, 1))
    assert TRIAL.floor == CHEAP


def test_a_closed_vault_gives_nothing(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    vault.close()
    vault.close()
    for deed in (
        lambda: vault.view("r1"),
        lambda: vault.drafts.save("r1", "f/own_words", "x"),
        vault.summaries,
        lambda: vault.search("x"),
        lambda: vault.settings.get(OFFICER),
        lambda: vault.audit.add("viewed"),
    ):
        with pytest.raises(VaultLocked, match="locked"):
            deed()


def test_cards_name_each_officer(tmp_path: Path) -> None:
    made(tmp_path / "vault-1").close()
    made(tmp_path / "vault-2").close()
    (tmp_path / "vault-2" / "vault.json").write_bytes(b"{")
    (tmp_path / "vault-2" / "vault-copy.json").write_bytes(b"")
    (tmp_path / "other").mkdir()

    assert [card.label for card in vaults(tmp_path)] == ["Ann Okafor", "vault-2"]
    assert vaults(tmp_path / "nothing") == []
