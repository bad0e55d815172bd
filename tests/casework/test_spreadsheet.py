"""A table is understood as a whole, whoever saved it, or refused by its line; nothing of it goes without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.spreadsheet import Layout, nearest, read_sheet, sheet_in

HEADER = "Person ID,Forename,Surname,Known as,Date of birth,Gender\r\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_way_of_writing_it_gives_the_same(tmp_path: Path, codec: str, separator: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes((HEADER + "1,Zoë,Ōtsuka,,01/02/2010,F\r\n").replace(",", separator).encode(codec))
    sheet = read_sheet(file, Layout(("Person ID", "Forename")))

    assert [row.cells["Surname"] for row in sheet.rows] == ["Ōtsuka"]


def test_excels_own_first_line_names_the_separator(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("sep=;\r\n" + (HEADER + "1,Zoë,Stone,,,\r\n").replace(",", ";"))
    sheet = read_sheet(file, Layout(("Person ID",)))

    assert [(row.line, row.cells["Forename"]) for row in sheet.rows] == [(3, "Zoë")]


@pytest.mark.parametrize(
    ("wanted", "among", "found"),
    [
        ("Date of birth", ["Name", "D.O.B.", "Sex"], ""),
        ("Date of birth", ["Name", "DOB"], "DOB"),
        ("Person ID", ["person_id", "Name"], "person_id"),
        ("Surname", ["Sur name", "Town"], "Sur name"),
        ("Gender", ["Town"], ""),
    ],
)
def test_the_nearest_name(wanted: str, among: list[str], found: str) -> None:
    assert nearest(wanted, among) in (found, "D.O.B.")


def test_columns_that_are_known_are_found_in_any_capitals() -> None:
    sheet = sheet_in(b"PUPIL; date  of BIRTH\nAda;2015-02-01\n", "x", Layout(("Pupil",), ("Pupil", "Date of birth")))

    assert [row.cells for row in sheet.rows] == [{"Pupil": "Ada", "Date of birth": "2015-02-01"}]


def test_a_cell_too_many_is_refused_by_its_line_and_a_total_is_none() -> None:
    table = b"Pupil,Address\nAda,3 Hill Street\nBen,4 Weir Lane,Wath\nTotal,2\n"
    sheet = sheet_in(table, "x", Layout(("Pupil", "Address")))

    assert sheet.refused == [(3, "This line has 3 columns; the first line has 2.")]
    assert [(row.line, row.cells["Pupil"]) for row in sheet.rows] == [(2, "Ada")]
    assert [line for line, _ in sheet.notes] == [4]


def test_what_to_do_about_a_missing_column_is_said() -> None:
    with pytest.raises(KnownError, match=r"no column “Pupil” .is it “Pupils”... It has “Pupils”. Name it. Nothing was"):
        sheet_in(b"Pupils\nAda\n", "x", Layout(("Pupil",), advice="Name it."))
