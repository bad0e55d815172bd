"""Files as Excel, case systems and people make them, each with its right value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.errors import KnownError
from casework.identifiers import RecordId
from casework.records import Merge
from central.__main__ import main
from central.extracts.columns import Columns
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from central.feed.stored_operations import operations_by_record
from tests.central.extracts.numbered import child_id_of, episode_id_of
from tests.central.running import Council

CASES = Path(__file__).parent / "cases"
HEADER = "Person ID,Forename,Surname,Known as,Date of birth,Gender\r\n"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council.found(tmp_path / "central")


def children(council: Council, file: Path, *, leave_out: bool = False) -> Imported:
    return Importing(council.service, Columns.read(None), leave_out=leave_out).children(file)


def answers(council: Council, record_id: str) -> dict[str, JSON]:
    with council.service.database.reading() as connection:
        stored = operations_by_record(connection, [record_id])
    return Merge(RecordId(record_id), stored.get(record_id, [])).view().answers()


@pytest.mark.parametrize(
    ("name", "read_as", "number", "full_name"),
    [
        ("cp1252.csv", "Windows (CP1252), columns parted by commas", "C2", ("Zoë", "Müller")),
        ("cp1252.csv", "Windows (CP1252), columns parted by commas", "C1", ("Aoife", "O’Connor")),
        ("semicolon.csv", "UTF-8, columns parted by semicolons", "S1", ("Ann", "Bee")),
        ("tab.csv", "UTF-8, columns parted by tabs", "T1", ("Ann", "Bee")),
        ("quotednl.csv", "UTF-8, columns parted by commas", "Q1", ("Ann\r\nMarie", "Bee")),
        ("latebyte.csv", "Windows (CP1252), columns parted by commas", "Z999", ("Zoë", "Late")),
    ],
)
def test_encodings_and_separators_are_recognised_and_said(
    council: Council, name: str, read_as: str, number: str, full_name: tuple[str, str]
) -> None:
    found = children(council, CASES / name)
    said = answers(council, child_id_of(council, number))

    assert (found.read_as, found.refused, found.kept) == (read_as, [], True)
    assert (said["given_name"], said["family_name"]) == full_name


def test_a_missing_column_is_named_once_with_the_nearest_name(council: Council) -> None:
    with pytest.raises(KnownError) as refused:
        children(council, CASES / "missinghdr.csv")

    said = str(refused.value)
    assert said.count("“Date of birth”") == 1
    assert "is it “DOB”?" in said
    assert "“Known as”" in said
    assert "Nothing was taken in" in said


def test_an_empty_file_and_a_header_alone_are_told(council: Council, tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text(HEADER)
    for file in (CASES / "emptyfile.csv", tmp_path / "header.csv"):
        with pytest.raises(KnownError, match="is empty"):
            children(council, file)


def test_a_line_of_totals_is_no_child_and_counts_the_rows(council: Council, tmp_path: Path) -> None:
    found = children(council, CASES / "trailer.csv")
    (tmp_path / "cut.csv").write_text(HEADER + "L2,Ann,Bee,,01/02/2010,F\r\nTotal rows: 7\r\n")
    cut = children(council, tmp_path / "cut.csv")

    assert (found.new, found.refused, found.kept) == (1, [], True)
    assert [line for line, _ in found.notes] == [3]
    assert (cut.kept, [line for line, _ in cut.refused]) == (False, [3])
    assert "whole" in cut.refused[0][1]


def test_a_number_that_is_repeated_is_told_by_line(council: Council) -> None:
    found = children(council, CASES / "dupid.csv")

    assert (found.kept, [line for line, _ in found.refused]) == (False, [3])
    assert "line 2" in found.refused[0][1]
    assert answers(council, child_id_of(council, "X1")) == {}


def test_a_quotation_mark_in_the_wrong_place_is_told_by_line_and_nothing_goes_in(council: Council) -> None:
    with pytest.raises(KnownError, match="line 3"):
        children(council, CASES / "badquote.csv", leave_out=True)
    assert answers(council, child_id_of(council, "B1")) == {}


def test_rows_that_are_longer_or_shorter_are_told_by_line(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(HEADER + "1,A,B,,,F,more\r\n2,A,B\r\n3,A,B,,,F,\r\n\r\n4,A,B,,,F\r\n")
    found = children(council, file, leave_out=True)

    assert [line for line, _ in found.refused] == [2, 3]
    assert found.new == 2


def test_names_stay_what_they_are(council: Council) -> None:
    found = children(council, CASES / "names.csv", leave_out=True)
    null, ash = answers(council, child_id_of(council, "N1")), answers(council, child_id_of(council, "N2"))

    assert (null["given_name"], null["family_name"]) == ("Null", "NULL")
    assert ash["family_name"] == "Æ"
    assert answers(council, child_id_of(council, "N3"))["given_name"] == '=HYPERLINK(""x"")'
    assert answers(council, child_id_of(council, "N11"))["sex"] == "female"
    assert answers(council, child_id_of(council, "N12"))["sex"] == {"none": "not_known"}
    assert any("Unknown" in reason for _, reason in found.refused)


def test_hours_seconds_and_days_of_episodes(council: Council, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(HEADER + "P1,Ann,Bee,,01/02/2010,F\r\n")
    children(council, tmp_path / "p.csv")
    found = Importing(council.service, Columns.read(None), leave_out=True).episodes(CASES / "episodes-october-hour.csv")
    seen = {
        name: answers(council, episode_id_of(council, name)).get("last_seen_at") for name in ("E1", "E3", "E4", "E6")
    }

    assert seen["E1"] == "2026-10-25T01:30:00+01:00"
    assert [("BST" in words, "GMT" in words) for line, words in found.notes if line == 2] == [(True, True)]
    assert seen["E3"] == "2026-03-27T14:32:00+00:00"
    assert seen["E4"] is None
    assert seen["E6"] == "2026-03-27T09:05:00+00:00"
    assert [line for line, _ in found.refused] == [3, 5, 6]
    assert "clocks went forward" in found.refused[0][1]
    assert "no time of day" in found.refused[1][1]


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        ("BST", "2026-10-25T01:30:00+01:00"),
        ("GMT", "2026-10-25T01:30:00+00:00"),
        ("+00:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_an_extra_column_says_which_october_hour(council: Council, tmp_path: Path, clock: str, moment: str) -> None:
    (tmp_path / "p.csv").write_text(HEADER + "P1,Ann,Bee,,01/02/2010,F\r\n")
    children(council, tmp_path / "p.csv")
    file = tmp_path / "e.csv"
    file.write_text(
        "Episode ID,Person ID,Last seen,Last seen (clock),Reported,Found,Police reference\r\n"
        f"E1,P1,25/10/2026 01:30,{clock},2026-10-25T02:30:15+00:00,,\r\n"
    )
    found = Importing(council.service, Columns.read(None)).episodes(file)

    assert (found.kept, found.notes) == (True, [])
    said = answers(council, episode_id_of(council, "E1"))
    assert (said["last_seen_at"], said["reported_at"]) == (moment, "2026-10-25T02:30:15+00:00")


def test_the_verb_ends_with_one_when_a_row_is_refused(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--home", str(council.home.folder), "import", "children"]
    stopped = main([*words, str(CASES / "dupid.csv"), "--json"])
    said = capsys.readouterr()
    tried = main([*words, str(CASES / "tab.csv"), "--dry-run"])
    shown = capsys.readouterr().out
    done = main([*words, str(CASES / "tab.csv")])
    again = main([*words, str(CASES / "tab.csv"), "--json"])

    assert (stopped, tried, done, again) == (1, 0, 0, 0)
    assert (json.loads(said.out)["kept"], said.err.count("\n")) == (False, 1)
    assert "new: 1" in shown
    assert "kept: no" in shown
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["same"] == 1


def test_a_child_who_may_be_here_already_is_noted(council: Council, tmp_path: Path) -> None:
    """Under another number, by another spelling: a person decides, and nothing is stopped."""
    (tmp_path / "one.csv").write_text(HEADER + "1,Łukasz,O’Connor,,27/03/2012,M\r\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text(HEADER + "2,Lukasz,OConnor,,27/03/2012,M\r\n3,Ann,Bee,,,F\r\n")
    first = children(council, tmp_path / "one.csv")
    second = children(council, tmp_path / "two.csv")

    assert (first.notes, second.kept, second.new) == ([], True, 2)
    assert second.notes == [(2, "May be a child who is here already: 1.")]
