"""Destroying over SQLite and PostgreSQL alike, and a service that was restored from before: nothing comes back."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from central.commands import service_backup
from central.database.home import Settings
from central.database.tables import operation, record
from central.service import Service
from tests.central.postgres import Cluster
from tests.central.pushing import Pusher, statuses
from tests.central.retention.ruled import (
    EPISODE,
    MARKER,
    add,
    age,
    destroyed,
    emptied,
    marked_files,
    publish_rules,
    send_file,
    typed,
)
from tests.central.running import Council

Restore = Callable[[], object]


@pytest.fixture
def snapshot(council: Council, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Restore]:
    """snapshot() keeps the database as it is; what it gives puts that back, as an administrator does."""

    def of_sqlite() -> Restore:
        kept = service_backup.back_up(council.home, tmp_path / secrets.token_hex(4), council.clock())
        return lambda: shutil.copyfile(kept / "central.sqlite", council.home.folder / "central.sqlite")

    def of_postgres() -> Restore:
        cluster: Cluster = request.getfixturevalue("postgres")
        council.service.close()
        name = f"kept_{secrets.token_hex(4)}"
        cluster.new_database(name, like=council.service.database.engine.url.database or "")
        return lambda: council.home.keep(Settings("Rotherham", cluster.address(name)))

    def one() -> Restore:
        put_back = of_sqlite() if council.service.database.is_sqlite else of_postgres()

        def restore() -> None:
            council.service.close()
            for beside in ("-wal", "-shm"):
                (council.home.folder / f"central.sqlite{beside}").unlink(missing_ok=True)
            put_back()
            council.service = Service.open(council.home, now=council.clock)

        return restore

    return one


def begun(council: Council) -> Pusher:
    publish_rules(council)
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("wren", given_name="Wren", date_of_birth="2012-03-27"))
    return ann


def data_folder(council: Council) -> Path:
    """Where the database's own files lie."""
    if council.service.database.is_sqlite:
        return council.home.folder
    with council.service.database.reading() as connection:
        data = connection.execute(text("SHOW data_directory")).scalar_one()
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return Path(data) / "base" / str(number)


def test_no_file_of_the_service_holds_a_word_and_no_restored_one_gets_it_back(
    council: Council, snapshot: Callable[[], Restore], tmp_path: Path
) -> None:
    ann = begun(council)
    before_the_record = snapshot()
    words = [ann.create("wren", "ep", "missing", EPISODE, found_at="2015-01-03T10:00:00+00:00", found_where=MARKER)]
    ann.push(*words)
    send_file(council, ann, "ep")
    before_its_end = snapshot()
    words.append(add(ann, "wren", "ep", "police_ref", MARKER))
    ann.push(words[-1])
    age(council, "ep")
    told = destroyed(council)
    assert (told["records"], told["operations"], told["traces"]) == (1, 2, "none")
    assert marked_files(data_folder(council)) == marked_files(council.home.folder) == []
    log = tmp_path / "destructions.jsonl"
    typed(council, "retention", "log", "--to", str(log))

    for restore, here in ((before_its_end, 1), (before_the_record, 0)):
        restore()
        assert len(emptied(council, "ep")) == here
        assert typed(council, "epoch", "--new").ended == 1  # the log is here, and says what is not carried out
        assert "Two keepers make it able to" in typed(council, "retention", "repeat", str(log)).err
        again = json.loads(typed(council, "retention", "repeat", str(log), "--json", keepers=2).out)
        assert again["records"] == here
        assert typed(council, "epoch", "--new").ended == 0

        assert set(statuses(ann.push(*words))) == {"duplicate"}

        assert emptied(council, "ep") == [("", "")] * 2
        assert marked_files(data_folder(council)) == []
        with council.service.database.reading() as connection:
            homes = connection.execute(select(record.c.bucket).where(record.c.record_id == "ep")).scalars().all()
            kept = connection.execute(select(operation.c.op_id).where(operation.c.record_id == "ep")).scalars().all()
        assert (list(homes), set(kept)) == ([""], {op.op_id for op in words})
        steps = [item for item in ann.pull().items if item.record_id == "ep"]
        assert {item.op_id for item in steps if item.left} == {op.op_id for op in words}
        assert steps[-1].kind == "out"
        assert steps[-1].destroyed
        late = add(ann, "wren", "ep", "found_where", "said since")
        assert statuses(ann.push(late)) == ["quarantined destroyed"]
        ann.number -= 1  # the next service has not heard of it
    council.service.close()
