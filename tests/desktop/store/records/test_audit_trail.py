"""The trail: kept, chained, and noticed when it was touched."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from casework.errors import BugError
from desktop.store.database.audit_chain import Head
from desktop.store.database.connection import Connection
from desktop.store.disk.errors import AuditBroken, VaultDamaged
from desktop.store.vault import Vault
from tests.desktop.store.making import Clock, begin, made, opened, say


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault-1"


def meddle(vault: Vault, *statements: str) -> None:
    """What somebody with the key and a database tool can do."""
    for statement in statements:
        vault._store.writer.outside(partial(_execute, statement))


def _execute(statement: str, connection: Connection) -> None:
    connection.execute(statement)


def test_entries_say_who_did_what_when(folder: Path) -> None:
    clock = Clock()
    vault = made(folder, clock=clock)
    clock.on(minutes=1)
    vault.audit.add("exported", record="r1", copy="police")
    entry = vault.audit.entries(last=1)[0]

    assert (entry.at, entry.actor, entry.event) == ("2026-03-27T14:33:00+00:00", "officer-1", "exported")
    assert json.loads(entry.facts) == {"record": "r1", "copy": "police"}
    assert vault.audit.head().count == entry.n
    assert vault.audit.prove() == vault.audit.head()
    vault.close()


def test_the_database_itself_refuses_to_change_the_trail_or_what_was_said(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    vault.outbox.answered(vault.operations("r1")[0].op_id, "accepted", 1, None, None, "x")
    for statement in (
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "UPDATE operation SET body = '{}'",
    ):
        with pytest.raises(BugError, match="refused a statement: SQLITE_CONSTRAINT"):
            meddle(vault, statement)
    vault.close()


def test_an_edited_entry_is_found(folder: Path) -> None:
    vault = made(folder)
    for number in range(20):
        vault.audit.add("viewed", record=f"r{number}")
    meddle(vault, "DROP TRIGGER audit_stays", "UPDATE audit SET actor = 'somebody' WHERE n = 11")
    with pytest.raises(AuditBroken, match="changed at entry 11"):
        vault.audit.prove()
    vault.close()
    with pytest.raises(VaultDamaged, match="Safeguards"):
        opened(folder)


def test_a_removed_entry_is_found(folder: Path) -> None:
    vault = made(folder)
    for number in range(20):
        vault.audit.add("viewed", record=f"r{number}")
    meddle(vault, "DROP TRIGGER audit_kept", "DELETE FROM audit WHERE n = 7")
    assert "changed at entry 7" in vault.audit.check().sentence
    vault.close()


def test_an_edited_or_removed_operation_is_found(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    op = say(vault, "r1", {"own_words": "I was scared"})
    assert vault.audit.check().sentence == ""
    meddle(vault, "DROP TRIGGER operation_stays", "UPDATE operation SET body = replace(body, 'scared', 'fine')")
    assert vault.audit.check().sentence == f"Something that was said has been changed in the store (item {op.op_id})."
    meddle(vault, "DELETE FROM operation WHERE kind = 'set'")
    assert "is missing" in vault.audit.check().sentence
    vault.close()


def test_heads_noted_elsewhere_show_a_store_that_went_back(folder: Path) -> None:
    """As a signed PDF or the central service holds them, when the mark beside the database went back too."""
    vault = made(folder)
    vault.close()
    old = folder.with_name("old")
    shutil.copytree(folder, old)
    vault = opened(folder)
    say_head = vault.audit.head()
    vault.audit.add("signed", record="r1")
    later = vault.audit.head()
    vault.close()
    again = opened(old)

    assert again.notices == ()
    assert again.audit.check([say_head]).sentence == ""
    assert "has gone back in time" in again.audit.check([later]).sentence
    again.audit.add("signed", record="r2")
    assert "the store was replaced" in again.audit.check([later]).sentence
    assert again.audit.check([Head(0, "00" * 32)]).sentence == ""
    again.close()


def test_an_older_database_put_back_is_noticed_at_the_next_opening(folder: Path) -> None:
    vault = made(folder)
    vault.close()
    old = (folder / "vault.db").read_bytes()
    vault = opened(folder)
    vault.drafts.save("r1", "f/own_words", "typed later")
    vault.close()
    (folder / "vault.db").write_bytes(old)
    again = opened(folder)

    assert "gone back in time" in again.notices[0]
    assert again.audit.entries()[-1].event == "alarm"
    again.close()
    once = opened(folder)
    assert once.notices == () or "gone back" in once.notices[0]
    once.close()


def test_a_deleted_wal_is_noticed(folder: Path) -> None:
    vault = made(folder)
    vault.drafts.save("r1", "f/own_words", "safely saved, in the WAL only")
    left = folder.with_name("left")
    shutil.copytree(folder, left)
    vault.close()
    whole = folder.with_name("whole")
    shutil.copytree(left, whole)
    (left / "vault.db-wal").unlink()
    kept = opened(whole)
    robbed = opened(left)

    assert kept.notices == ()
    assert kept.drafts.of("r1")["f/own_words"].value == "safely saved, in the WAL only"
    assert "gone back in time" in robbed.notices[0]
    kept.close()
    robbed.close()


def test_a_removed_or_spoilt_mark_is_noticed(folder: Path) -> None:
    made(folder).close()
    (folder / "anchor").write_bytes(b"x" * 1024)
    vault = opened(folder)
    assert "missing or damaged" in vault.notices[0]
    vault.close()
    (folder / "anchor").unlink()
    vault = opened(folder)
    assert "missing or damaged" in vault.notices[0]
    vault.close()
    assert opened_notices(folder) == ()


def opened_notices(folder: Path) -> tuple[str, ...]:
    vault = opened(folder)
    vault.close()
    return vault.notices


def test_a_torn_write_of_the_mark_is_no_alarm(folder: Path) -> None:
    """Two places are used in turn: a power cut in the middle of one leaves the other."""
    vault = made(folder)
    vault.drafts.save("r1", "f/own_words", "a")
    tally = vault._store.anchor.read().tally
    vault.close()
    data = bytearray((folder / "anchor").read_bytes())
    data[512 * (tally % 2) + 20] ^= 0xFF
    (folder / "anchor").write_bytes(data)
    assert opened_notices(folder) == ()
