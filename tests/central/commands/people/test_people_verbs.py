"""`homeward-central` as an administrator types it: what each verb says, and how it exits."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from casework.wire.enrolment_code import EnrolmentCode
from central.__main__ import main
from tests.central.running import init_words, keepers_words


def run(home: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["--home", str(home), *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "central"
    assert run(folder, *init_words(folder), capsys=capsys)[0] == 0
    return folder


def test_an_officer_a_code_a_laptop(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added = run(
        home, "officer", "add", "--id", "jo", "--name", "Jo Ōta", "--role", "missing_advocate", "--json", capsys=capsys
    )
    code = json.loads(run(home, "device", "code", "jo", "--json", capsys=capsys)[1])

    assert json.loads(added[1]) == {
        "id": "jo", "name": "Jo Ōta", "role": "missing_advocate", "active": True, "team": "",
    }  # fmt: skip
    assert str(EnrolmentCode.read(code["code"])) == code["code"]
    assert json.loads(run(home, "device", "list", "--json", capsys=capsys)[1]) == []
    kept = sqlite3.connect(home / "central.sqlite")
    stored = kept.execute("SELECT hash FROM enrolment_code").fetchone()[0]
    kept.close()
    assert code["code"].replace("-", "")[:16] not in stored


def test_an_officer_is_put_in_a_team_of_the_councils_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = ("officer", "add", "--name", "Ravi", "--id", "ravi", "--json")
    added = run(home, *named, "--role", "early_help", "--team", "early_help_north", capsys=capsys)
    moved = run(home, "officer", "team", "ravi", "early_help_south", "--json", capsys=capsys)
    unknown = run(home, "officer", "team", "ravi", "early_help_nroth", capsys=capsys)
    out = run(home, "officer", "team", "ravi", "--json", capsys=capsys)
    run(home, "officer", "add", "--name", "Jo", "--id", "jo", "--role", "missing_advocate", capsys=capsys)
    other = run(home, "officer", "team", "jo", "early_help_north", capsys=capsys)

    teams = [json.loads(one[1])["team"] for one in (added, moved, out)]
    assert teams == ["early_help_north", "early_help_south", ""]
    listed = run(home, "officer", "list", capsys=capsys)[1]
    assert "Ravi" in listed
    assert "The teams are: cme, early_help_central, early_help_north" in unknown[2]
    assert "Only officers of these roles belong to a team that is asked: Early Help." in other[2]


def test_a_folder_named_from_another_place_or_moved_is_the_same_council(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own database was named as the folder had been typed, and could be opened from there only."""
    monkeypatch.chdir(tmp_path)
    named = ("officer", "add", "--id", "jo", "--name", "Jo Ōta", "--role", "missing_advocate")
    assert run(Path("here"), *init_words(Path("here")), capsys=capsys)[0] == 0
    assert run(Path("here"), *named, capsys=capsys)[0] == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "Jo Ōta" in run(tmp_path / "here", "officer", "list", capsys=capsys)[1]
    moved = (tmp_path / "here").rename(tmp_path / "there")

    assert "Jo Ōta" in run(moved, "officer", "list", capsys=capsys)[1]


def test_known_errors_are_one_sentence_and_exit_one(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ("device", "code", "nobody"),
        ("officer", "end", "nobody"),
        ("revoke", "ELM-9999", "--wipe"),
        ("allocate", "nobody", "child"),
        ("quarantine", "accept", "nothing", "--reason", "x"),
        ("quarantine", "list", "--csv", "."),
        ("import", "children", str(tmp_path / "missing.csv")),
        init_words(home),
    ):
        status, out, err = run(home, *arguments, capsys=capsys)
        assert (status, out) == (1, ""), arguments
        assert err.count("\n") == 1
        assert "Traceback" not in err
    assert run(tmp_path / "nowhere", "device", "list", capsys=capsys)[0] == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--csv /dev/null`, typed as root, put a file that only root may read in the place of the device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    status, _, err = run(home, "quarantine", "list", "--csv", str(pipe), capsys=capsys)

    assert (status, err) == (1, "pipe is a device or a pipe, and would be replaced by a file. Name a file.\n")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_usage_errors_exit_two(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["nonsense"],
        ["revoke", "x"],
        ["serve"],
        ["officer", "end", "Zo\udceb"],
        ["scorecard", "missing", "--from", "9999-12-31", "--to", "9999-12-31"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(home), *arguments])
        assert ended.value.code == 2
        capsys.readouterr()


def test_an_unknown_role_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(home, "officer", "add", "--id", "x", "--name", "X", "--role", "wizard", capsys=capsys)

    assert status == 1
    assert "missing_advocate" in err


def test_allocating_and_ending_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "officer", "add", "--id", "jo", "--name", "Jo", "--role", "missing_advocate", capsys=capsys)
    given = json.loads(run(home, "allocate", "jo", "child-1", "--expected", "--json", capsys=capsys)[1])
    ended = json.loads(run(home, "allocate", "jo", "child-1", "--end", "--json", capsys=capsys)[1])

    assert (given["strands"], given["ended"]) == (["core", "missing"], False)
    assert ended["ended"]


def test_an_officer_leaves(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "officer", "add", "--id", "jo", "--name", "Jo", "--role", "missing_advocate", capsys=capsys)
    run(home, "allocate", "jo", "child-1", "--expected", capsys=capsys)
    ended = json.loads(run(home, "officer", "end", "jo", "--json", capsys=capsys)[1])
    alone = run(home, "officer", "end", "jo", "--wipe", *keepers_words(home, count=1), capsys=capsys)
    again = run(home, "officer", "end", "jo", "--wipe", *keepers_words(home), capsys=capsys)

    assert (ended["active"], ended["laptops"], ended["allocations"]) == (False, [], 2)
    assert (alone[0], again[0]) == (1, 0)
    status, _, err = run(home, "device", "code", "jo", capsys=capsys)
    assert (status, err) == (1, "jo has left the council. Nothing new can be given to them.\n")


def test_a_backup_is_a_council_of_its_own(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "officer", "add", "--id", "jo", "--name", "Jo", "--role", "missing_advocate", capsys=capsys)
    run(home, "officer", "end", "jo", capsys=capsys)
    made = json.loads(run(home, "backup", "--to", str(tmp_path / "backups"), "--json", capsys=capsys)[1])
    listed = json.loads(run(Path(made["backup"]), "officer", "list", "--json", capsys=capsys)[1])
    before = json.loads(run(home, "epoch", "--json", capsys=capsys)[1])
    after = json.loads(run(Path(made["backup"]), "epoch", "--new", "--json", capsys=capsys)[1])

    assert [officer["id"] for officer in listed] == ["jo"]
    assert before != after
    assert (Path(made["backup"]) / "departures.jsonl").read_bytes() == (home / "departures.jsonl").read_bytes()
    assert (Path(made["backup"]) / "central.sqlite").stat().st_mode & 0o077 == 0


def test_the_forms_that_ship_are_published(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(run(home, "form", "list", "--json", capsys=capsys)[1])

    assert {"child", "missing_episode", "return_home_interview"} <= {form["id"] for form in listed}


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index notice_by_strand")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index .notice_by_strand")
def test_the_tables_are_what_the_migrations_make(home: Path) -> None:
    """Nobody changes a table without a migration."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    from central.database.database import Database  # noqa: PLC0415
    from central.database.tables import NOTICE_STRAND, metadata  # noqa: PLC0415

    database = Database(f"sqlite:///{home / 'central.sqlite'}")
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        by_hand = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'notice_by_strand'").scalars()
        made = " ".join(by_hand)
    database.close()

    assert differences == []
    assert NOTICE_STRAND in made, "an index of an expression, which is not compared on SQLite"


def test_a_list_is_lines_a_table_or_values(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that a spreadsheet would work out is kept as words; a file is for its owner alone."""
    for officer, name in (("ann", "Ann"), ("eve", "=HYPERLINK(1)")):
        run(home, "officer", "add", "--id", officer, "--name", name, "--role", "missing_advocate", capsys=capsys)
    file = tmp_path / "officers.csv"

    lines = run(home, "officer", "list", capsys=capsys)[1]
    table = run(home, "officer", "list", "--csv", capsys=capsys)[1]
    values = json.loads(run(home, "officer", "list", "--json", capsys=capsys)[1])
    assert run(home, "officer", "list", "--csv", str(file), capsys=capsys)[0] == 0

    assert lines.splitlines()[0].split() == ["id", "name", "role", "active", "team"]
    assert lines.splitlines()[1].split() == ["ann", "Ann", "missing_advocate", "True"]
    assert [row["name"] for row in csv.DictReader(table.splitlines())] == ["Ann", "'=HYPERLINK(1)"]
    assert [one["name"] for one in values] == ["Ann", "=HYPERLINK(1)"]
    assert file.read_text(encoding="utf-8-sig") == table
    assert file.stat().st_mode & 0o077 == 0
