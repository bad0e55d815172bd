"""A council's CSV extracts in, and back out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records import Kind
from central.extracts.columns import Columns
from central.extracts.export_csv import exported
from central.extracts.import_csv import Importing
from desktop.sync.enrolment import enrol
from tests.central.commands.people.test_people_verbs import run
from tests.central.extracts.numbered import child_id_of, episode_id_of
from tests.central.pushing import Pusher
from tests.central.running import Council
from tests.together.laptops import Laptop

CHILDREN = """\ufeffPerson ID,Forename,Surname,Known as,Date of birth,Gender,Unused
100,Zoë,Ōtsuka,,27/03/2012,Female,x
101,عمر,الفاروق,Omar,2011-11-02,M,x
102,=HYPERLINK("x"),Stone,,31/02/2012,F,x
,Nobody,Stone,,,F,x
103,Ada,Stone,,01/01/2013,Robot,x
"""
EPISODES = """Episode ID,Person ID,Last seen,Reported,Found,Police reference
E1,100,28/03/2026 23:15,29/03/2026 00:30,29/03/2026 02:30,14/100
E2,999,28/03/2026 23:15,,,
"""
ALLOCATIONS = """Worker,Person ID,Strand
ann,100,
ann,101,missing
nobody,100,
"""


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def importing(council: Council) -> Importing:
    return Importing(council.service, Columns.read(None), leave_out=True)


def test_one_bad_row_stops_all_unless_it_is_left_out(council: Council, tmp_path: Path) -> None:
    """Half an import never happens by itself: an administrator says that the rest may go in."""
    file = written(tmp_path, "children.csv", CHILDREN)
    stopped = Importing(council.service, Columns.read(None)).children(file)
    tried = Importing(council.service, Columns.read(None), dry_run=True, leave_out=True).children(file)
    found = Importing(council.service, Columns.read(None), leave_out=True).children(file)

    assert [line for line, _ in found.refused] == [4, 5, 6]
    assert "31/02/2012" in found.refused[0][1]
    assert "Person ID" in found.refused[1][1]
    assert "Robot" in found.refused[2][1]
    assert (stopped.kept, tried.kept, found.kept) == (False, False, True)
    assert (stopped.new, tried.new, found.new, found.same) == (2, 2, 2, 0)


def test_an_extract_taken_in_twice_changes_nothing(council: Council, tmp_path: Path) -> None:
    importing = Importing(council.service, Columns.read(None), leave_out=True)
    file = written(tmp_path, "children.csv", CHILDREN)
    importing.children(file)
    again = Importing(council.service, Columns.read(None), leave_out=True).children(file)
    third = importing.children(written(tmp_path, "edited.csv", CHILDREN.replace("Omar", "Umar")))

    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert (third.new, third.changed, third.same) == (0, 1, 1)


def test_what_was_imported_reaches_who_is_allocated(council: Council, importing: Importing, tmp_path: Path) -> None:
    """The clock change is London's: 23:15 is still winter time, 02:30 is summer time."""
    importing.children(written(tmp_path, "children.csv", CHILDREN))
    episodes = importing.episodes(written(tmp_path, "episodes.csv", EPISODES))
    allocations = importing.allocations(written(tmp_path, "allocations.csv", ALLOCATIONS))
    again = importing.allocations(written(tmp_path, "allocations.csv", ALLOCATIONS))
    ann = Pusher.of(council, "ann")
    items = {item.record_id: item for item in ann.pull().items}

    assert (episodes.new, len(episodes.refused)) == (1, 1)
    assert "Import the children first" in episodes.refused[0][1]
    assert (allocations.new, len(allocations.refused), again.new, again.same) == (2, 1, 0, 2)
    assert set(items) == {child_id_of(council, "100"), child_id_of(council, "101"), episode_id_of(council, "E1")}
    found = items[episode_id_of(council, "E1")].op
    assert found is not None
    assert "2026-03-28T23:15:00+00:00" in found.payload
    assert "2026-03-29T02:30:00+01:00" in found.payload


def test_a_worker_who_wrote_meanwhile_is_not_overwritten(
    council: Council, importing: Importing, tmp_path: Path
) -> None:
    """The extract says what it saw; words it had not seen stand beside it until somebody decides."""
    importing.children(written(tmp_path, "children.csv", CHILDREN))
    importing.allocations(written(tmp_path, "allocations.csv", ALLOCATIONS))
    ann = Pusher.of(council, "ann")
    child = child_id_of(council, "101")
    begun = next(item for item in ann.pull().items if item.record_id == child)
    ann.heads[child] = (begun.op_id,)
    said = ann.change(child, "child", "core", "known_as", "Um", replaces=(begun.op_id,))
    assert said.kind is Kind.SET
    ann.push(said)

    third = importing.children(written(tmp_path, "edited.csv", CHILDREN.replace("Omar", "Umar")))
    assert third.changed == 1


def test_what_comes_out_can_be_read_by_a_spreadsheet_and_runs_nothing(
    council: Council, importing: Importing, tmp_path: Path
) -> None:
    importing.children(written(tmp_path, "children.csv", CHILDREN.replace("31/02/2012", "28/02/2012")))
    with council.service.database.reading() as connection:
        text = exported(connection, council.service.definitions, Columns.read(None).children)
    rows = {row["Surname"]: row for row in csv.DictReader(text.splitlines())}

    assert rows["Ōtsuka"]["Forename"] == "Zoë"
    assert rows["Ōtsuka"]["Date of birth"] == "27 March 2012"
    assert rows["Ōtsuka"]["Date of birth (exact)"] == "2012-03-27"
    assert rows["Ōtsuka"]["Gender (exact)"] == "female"
    assert rows["Ōtsuka"]["Person ID"] == "100"
    assert rows["Stone"]["Forename"] == '\'=HYPERLINK("x")'


def test_other_columns_can_be_named(council: Council, tmp_path: Path) -> None:
    columns = written(tmp_path, "columns.toml", '[children]\nreference = "No"\ncolumns = { First = "given_name" }\n')
    found = Importing(council.service, Columns.read(columns)).children(
        written(tmp_path, "children.csv", "No,First\n1,Ada\n")
    )

    assert found.new == 1
    with pytest.raises(KnownError, match="cannot be read"):
        Columns.read(written(tmp_path, "bad.toml", "[[["))


def test_a_file_that_is_no_text_is_refused_in_words(importing: Importing, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\xff\xd8\xff\xe0" * 100)
    with pytest.raises(KnownError, match=r"photo\.csv cannot be read"):
        importing.children(file)


OFFICERS = """Officer ID,Name,Role,Team
sana,Sana Malik,ehe_officer,
petra,Petra Vance,cme_officer,
"""


def test_officers_come_by_the_hundred_and_each_gets_one_code(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake in one line keeps all of them out; the same file again brings nobody, the same verb no second code."""
    home, codes = council.home.folder, tmp_path / "codes.csv"
    bad = written(tmp_path, "bad.csv", OFFICERS + "jo,Jo Ota,wizard,\nlena,Lena Okafor,ehe_lead,nowhere\n")
    good = written(tmp_path, "good.csv", OFFICERS + "".join(f"o{n},Officer {n},ehe_officer,\n" for n in range(100)))
    refused = run(home, "import", "officers", str(bad), "--json", capsys=capsys)
    before = run(home, "device", "codes", "--json", capsys=capsys)
    first, again = (run(home, "import", "officers", str(good), "--json", capsys=capsys) for _ in range(2))
    told = run(home, "device", "codes", "--csv", str(codes), capsys=capsys)
    none = run(home, "device", "codes", "--json", capsys=capsys)
    rows = list(csv.DictReader(codes.read_text(encoding="utf-8-sig").splitlines()))

    assert refused[0] == 1
    assert [row["officer"] for row in json.loads(before[1])] == ["ann", "ben", "cas"]
    assert "wizard" in refused[1]
    assert "nowhere" in refused[1]
    assert [json.loads(each[1])[name] for each in (first, again) for name in ("new", "same")] == [102, 0, 0, 102]
    assert (told[:2], codes.stat().st_mode & 0o777, json.loads(none[1])) == ((0, ""), 0o600, [])
    assert len({row["code"] for row in rows}) == len(rows) == 102
    joined = Laptop.new(tmp_path / "sana", council.clock)
    enrol(joined.vault, council.url, rows[-1]["code"], now=council.clock)
    assert joined.author.officer_id == "sana"
    joined.vault.close()
