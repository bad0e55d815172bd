"""A council moves between SQLite and PostgreSQL, both ways, with everything that laptops had sent."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from central.__main__ import main
from central.database.database import Database
from central.database.home import Home
from central.database.moving import TABLES
from central.service import Service
from tests.central.postgres import Cluster
from tests.central.pushing import Pusher
from tests.central.running import Council, init_words

POSTGRES = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]
WAYS = [
    pytest.param("sqlite", "sqlite"),
    pytest.param("sqlite", "postgres", marks=POSTGRES),
    pytest.param("postgres", "sqlite", marks=POSTGRES),
]


def fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / secrets.token_hex(4)}.sqlite"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_database(f"moved_{secrets.token_hex(6)}")


def counts(address: str) -> dict[str, int]:
    database = Database(address)
    try:
        with database.reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES
            }
    finally:
        database.close()


@pytest.mark.parametrize(("before", "after"), WAYS)
def test_everything_moves_and_the_old_one_takes_nothing_more(
    before: str, after: str, request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = fresh(before, request, tmp_path), fresh(after, request, tmp_path)
    council = Council.found(tmp_path / "central", old)
    council.officer("ann")
    ann = Pusher.of(council, "ann")
    council.allocate("ann", "zoe")
    ann.push(ann.create("zoe", given_name="Zoë"))
    had = counts(old)

    assert main(["--home", str(council.home.folder), "move", "--to", new, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"tables": len(TABLES), "rows": sum(had.values())}
    assert had["operation"] > 0
    assert counts(new) == had
    assert council.home.settings().database == new

    with pytest.raises(DBAPIError):  # an instance that was left running over the old one
        ann.push(ann.create("zack", given_name="Zack"))
    council.service.close()

    again = Council(council.home, council.clock, council.service)
    again.service = Service.open(again.home, now=again.clock)
    ben = Pusher.of(again, "ann")
    again.allocate("ann", "zak")
    ben.push(ben.create("zak", given_name="Zak"))
    again.service.close()
    assert counts(new)["operation"] > had["operation"]

    engine = create_engine(old)
    with engine.connect() as connection:
        assert not inspect(connection).has_table("operation")
        assert connection.execute(text("SELECT count(*) FROM moved_operation")).scalar_one() == had["operation"]
    engine.dispose()
    assert main(["--home", str(council.home.folder), "move", "--to", old]) == 1
    assert "Give an empty one" in capsys.readouterr().err


def test_a_password_in_the_address_is_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "central"
    for address in ("postgresql://a:secret@127.0.0.1/b", "postgresql://a@127.0.0.1/b?password=secret"):
        assert main(["--home", str(home), *init_words(home), "--database", address]) == 1
        said = capsys.readouterr().err
        assert "PGPASSFILE" in said
        assert "secret" not in said
    assert not home.exists()

    assert main(["--home", str(home), *init_words(home)]) == 0
    kept = (home / "central.json").read_bytes()
    assert main(["--home", str(home), "move", "--to", "postgresql://a:secret@127.0.0.1/b"]) == 1
    assert (home / "central.json").read_bytes() == kept


def test_a_move_that_fails_leaves_the_council_where_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "central"
    assert main(["--home", str(home), *init_words(home)]) == 0
    before = counts(Home(home).settings().database)

    assert main(["--home", str(home), "move", "--to", f"sqlite:///{tmp_path}/no/folder.sqlite"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert counts(Home(home).settings().database) == before
