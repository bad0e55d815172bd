"""Schemas: what was released stays readable, and changing a table loses none of its safeguards."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path

import pytest
from sqlite_utils import Database

from casework.records import Change, field_path
from desktop.store.database import connection as database
from desktop.store.database import migrations
from desktop.store.database.migrations import Step, m0001_first, m0005_at_rest, m0006_child_stirred
from desktop.store.database.migrations.reshape import reshape
from desktop.store.disk.errors import VaultTooNew
from desktop.store.disk.keys import SubKey
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, Clock, author_of, begin, made, opened, say

RELEASED = Path(__file__).parent / "released"


@pytest.mark.parametrize("number", [step.number for step in migrations.LADDER])
def test_a_store_of_every_released_schema_opens(tmp_path: Path, number: int) -> None:
    """`released/<number>` was written by the program of that schema and is never made again."""
    folder = tmp_path / "vault"
    shutil.copytree(RELEASED / str(number), folder)
    vault = opened(folder, PASSPHRASE)

    assert vault.view("r1").answers() == {"own_words": "I went to the park, Zoë said"}
    assert vault.drafts.of("r1")["f/feelings"].value == "tired"
    assert [hit.record_id for hit in vault.search("zoe")] == ["r1"]
    assert vault.attachments.damaged() == []
    assert len(vault.outbox.waiting()) == 2
    assert vault.audit.check().sentence == ""
    assert vault.notices == ()
    vault.close()


@pytest.mark.parametrize("number", [1, 2])
def test_words_of_an_older_store_are_indexed_anew(tmp_path: Path, number: int) -> None:
    """What was written before names were folded is found like what is written after."""
    folder = tmp_path / "vault"
    shutil.copytree(RELEASED / str(number), folder)
    vault = opened(folder, PASSPHRASE)
    begin(vault, "r9", known=[Change(field_path("given_name"), "Łukasz")])

    assert [hit.record_id for hit in vault.search("park zoe")] == ["r1"]
    assert [hit.record_id for hit in vault.search("lukasz")] == ["r9"]
    vault.close()


def test_what_waits_beside_a_signature_is_counted_in_an_older_store(tmp_path: Path) -> None:
    """A short history has no view that is kept, a long one has: both are asked."""
    vault = made(tmp_path / "vault")
    for record_id, said in (("short", 0), ("long", 5)):
        begin(vault, record_id)
        for number in range(said):
            say(vault, record_id, {"own_words": f"The park, {number}"})
        _sign_and_say(vault, record_id)
    begin(vault, "open")
    assert {one.record_id for one in vault.undecided()} == {"short", "long"}
    vault._store.writer.outside(_as_schema_4)
    vault.close()
    again = opened(tmp_path / "vault")

    assert {one.record_id for one in again.undecided()} == {"short", "long"}
    again.close()


def _sign_and_say(vault: Vault, record_id: str) -> None:
    """The signature, and words by somebody who had not seen it."""
    before, author = vault.view(record_id), author_of(vault)
    late = [Change(field_path("own_words"), "The skate park", before.saw("f/own_words"))]
    vault.author(lambda stamp: author.sign(stamp, before, name="Ann Okafor", ink=None))
    vault.author(lambda stamp: author.say(stamp, before, late))


def _as_schema_4(connection: database.Connection) -> None:
    for trigger in m0005_at_rest.TRIGGERS | m0006_child_stirred.TRIGGERS:
        connection.execute(f"DROP TRIGGER {trigger}")
    for index in ("record_undecided", "record_unsigned", "record_not_found"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("ALTER TABLE record DROP COLUMN proposed")
    for table in ("at_rest", "stirred", "child_stirred", "unworded"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DELETE FROM migration WHERE number > 4")
    connection.execute("PRAGMA user_version = 4")


def write_released(folder: Path) -> None:
    """How `released/<number>` came to be: run once, when a schema is released."""
    vault = made(folder, PASSPHRASE, Clock())
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "I went to the park, Zoë said"})
    vault.drafts.save("r1", "f/feelings", "tired")
    vault.attachments.add(io.BytesIO(photographs.jpeg(64, 48)), name="a.jpg", record_id="r1")
    vault.close()


def test_the_first_schema_is_as_it_was_released() -> None:
    """A released step is never edited: a change is a new step."""
    words = "\n".join(m0001_first.TABLES).encode()

    assert hashlib.sha256(words).hexdigest() == FIRST


FIRST = "2a63b7d2e6cac6eb56a92b1cad0b501e9f3d4f7d43557508b4ba59ce6258025f"


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations.LADDER] == list(range(1, len(migrations.LADDER) + 1))


def test_newer_schemas_are_refused() -> None:
    with pytest.raises(VaultTooNew):
        migrations.refuse_newer(migrations.LADDER[-1].number + 1)
    migrations.refuse_newer(migrations.LADDER[-1].number)


def test_reshaping_a_table_keeps_its_triggers(tmp_path: Path) -> None:
    """The library's own transform drops every trigger: deletes would succeed and the search go stale."""
    connection = database.connect(tmp_path / "x.db", SubKey(b"k" * 32))
    kit = database.toolkit(connection)
    kit.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT) STRICT")
    kit.execute("CREATE TRIGGER kept BEFORE DELETE ON note BEGIN SELECT raise(ABORT, 'never'); END")
    kit.execute("INSERT INTO note VALUES (1, 'words')")
    reshape(kit.table("note"), not_null={"body"})

    assert [trigger.name for trigger in kit.table("note").triggers] == ["kept"]
    with pytest.raises(database.SqlError, match="never"):
        connection.execute("DELETE FROM note")
    connection.close()


def test_a_key_of_another_length_is_never_sent(tmp_path: Path) -> None:
    """SQLCipher would take it for a passphrase without a word."""
    with pytest.raises(Exception, match="wrong length"):
        database.connect(tmp_path / "x.db", SubKey(b"short"))
    assert not (tmp_path / "x.db").exists()


def test_a_failed_migration_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    vault.close()

    def climb(database: object) -> None:
        database.execute("CREATE TABLE later (x TEXT) STRICT")  # type: ignore[attr-defined]
        database.execute("INSERT INTO nowhere VALUES (1)")  # type: ignore[attr-defined]

    before = migrations.LADDER
    monkeypatch.setattr(migrations, "LADDER", (*before, Step(before[-1].number + 1, "broken", climb)))
    with pytest.raises(Exception, match="refused a statement"):
        opened(folder)
    assert (folder / "vault-before-update.db").exists()
    monkeypatch.setattr(migrations, "LADDER", before)
    again = opened(folder)

    assert again.view("r1").form_id == "return_home_interview"
    again.close()


def _make_later(database: Database) -> None:
    database.execute("CREATE TABLE later (x TEXT) STRICT")


def test_a_migration_keeps_a_proved_copy_of_what_was_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    vault.close()
    step = Step(migrations.LADDER[-1].number + 1, "later", _make_later)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "LADDER", (*migrations.LADDER, step))
        opened(folder).close()
    shutil.copy(folder / "vault-before-update.db", folder / "vault.db")
    again = opened(folder)

    assert again.view("r1").form_id == "return_home_interview"
    assert "gone back in time" in again.notices[0]
    again.close()
