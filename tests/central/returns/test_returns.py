"""Returns: one row an episode, the same bytes twice, and every record that cannot be counted with its question."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from casework.practice.council import load_published
from central.facts.numbers_of_practice import example
from central.returns.annex_a import NO, UNKNOWN, YES, annex_a
from central.returns.ehe_cme import ANY_TIME, NOT_IN_LIST, census_days, ehe_cme
from central.returns.ssda903 import ssda903
from tests.central.commands.people.test_people_verbs import run
from tests.central.extracts.test_import_csv import written
from tests.central.extracts.test_import_records import take
from tests.central.returns.sector_validator import SECTOR, fired
from tests.central.running import Council, init_words

CHILDREN = """child_ref,name,date_of_birth,sex,ethnicity
1001,Ada Mary Stone,2012-02-11,female,A1
1002,Ben Stone,2011-02-03,male,C2
1003,Omar,,male,
"""
HEAD = (
    "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
    "miss_missing_episode_end_date"
)
GOOD = (
    f"{HEAD},miss_missing_rhi_offered,miss_missing_rhi_accepted\n"
    "E1,1001,2025-10-12T20:00:00+01:00,M,2025-10-12T23:00:00+01:00,Y,Y\n"
    "E2,1001,2025-11-13T20:00:00+00:00,A,2025-11-14T02:00:00+00:00,N,\n"
    "E3,1002,2025-12-24T20:00:00+00:00,M,2025-12-26T02:00:00+00:00,Y,N\n"
)
BAD = (
    f"{HEAD}\n"
    "B1,1001,2025-06-02T20:00:00+01:00,M,2025-06-01T20:00:00+01:00\n"  # ends before it begins
    "B2,1002,2025-06-02T20:00:00+01:00,,2025-06-03T20:00:00+01:00\n"  # M or A not said
    "B3,1003,2025-06-02T20:00:00+01:00,M,2025-06-03T20:00:00+01:00\n"  # born when?
    "B4,1002,2025-12-25T20:00:00+00:00,M,2025-12-27T02:00:00+00:00\n"  # within E3
    "B5,1001,2009-06-02T20:00:00+01:00,M,\n"  # before she was born, and never ended
)
LOOKED_AFTER = "episode_ref,child_ref,started_at,returned_at,care_status\n"


def filled(council: Council, folder: Path, *texts: str) -> Council:
    """Episodes in the Standard Dataset's shape; a second extract says that the children were looked after."""
    assert take(council, folder, "children", CHILDREN).refused == []
    for text in texts:
        assert take(council, folder, "ssd", text).refused == []
        rows = list(csv.DictReader(text.splitlines()))
        more = [
            f"{row['miss_table_id']},{row['miss_person_id']},{row['miss_missing_episode_start_date']},"
            f"{row['miss_missing_episode_end_date']},lac"
            for row in rows
        ]
        assert take(council, folder, "episodes", LOOKED_AFTER + "\n".join(more) + "\n").refused == []
    return council


def test_the_file_for_the_government_is_every_episode_of_the_year(council: Council, tmp_path: Path) -> None:
    filled(council, tmp_path, GOOD)
    with council.service.database.reading() as connection:
        made, other = ssda903(connection, 2026), ssda903(connection, 2025)
        again = ssda903(connection, 2026)
    assert made.table.csv() == again.table.csv()
    assert made.doubts == []
    assert other.table.rows == []
    assert [list(row) for row in made.table.rows] == [
        ["1001", "11/02/2012", "M", "12/10/2025", "12/10/2025"],
        ["1001", "11/02/2012", "A", "13/11/2025", "14/11/2025"],
        ["1002", "03/02/2011", "M", "24/12/2025", "26/12/2025"],
    ]


@pytest.mark.skipif(not SECTOR.exists(), reason="the sector's own validator is not installed in its environment")
def test_no_rule_of_the_sectors_validator_fires_on_what_is_returned(council: Council, tmp_path: Path) -> None:
    filled(council, tmp_path, GOOD, BAD)
    with council.service.database.reading() as connection:
        made = ssda903(connection, 2026)
    assert fired(tmp_path, made.table.csv(), 2026) == []
    broken = made.table.csv().replace("14/11/2025", "12/11/2025", 1)
    assert fired(tmp_path, broken, 2026) == ["567"]


def test_what_would_be_refused_is_asked_first_beside_the_record(council: Council, tmp_path: Path) -> None:
    filled(council, tmp_path, GOOD, BAD)
    with council.service.database.reading() as connection:
        made = ssda903(connection, 2026)
    asked = {doubt.reference: doubt.question for doubt in made.doubts}
    assert len(made.table.rows) == 3
    assert {reference: question[question.rindex("(") :] for reference, question in asked.items()} == {
        "B1": "(rule 567)",
        "B2": "(rule 565)",
        "B3": "(rule DOB)",
        "B4": "(rule 574)",
        "B5": "(rule 586)",
    }
    assert asked["B4"].startswith("It begins before the one before it (E3) ended.")


def test_one_that_ends_after_the_year_was_open_at_its_end(council: Council, tmp_path: Path) -> None:
    late = f"{HEAD}\nL1,1001,2026-03-30T20:00:00+01:00,M,2026-04-02T20:00:00+01:00\n"
    filled(council, tmp_path, late)
    with council.service.database.reading() as connection:
        this, following = ssda903(connection, 2026), ssda903(connection, 2027)
    assert [list(row)[3:] for row in this.table.rows] == [["30/03/2026", ""]]
    assert [list(row)[3:] for row in following.table.rows] == [["30/03/2026", "02/04/2026"]]


def test_the_inspectors_list_has_the_last_interview(council: Council, tmp_path: Path) -> None:
    filled(council, tmp_path, GOOD)
    with council.service.database.reading() as connection:
        rows = {row[0]: list(row)[1:] for row in annex_a(connection, date(2026, 3, 1)).table.rows}
        later = {row[0]: list(row)[1:] for row in annex_a(connection, date(2026, 11, 13)).table.rows}
    assert rows == {"1001": ["1", "1", YES, YES], "1002": ["1", "0", YES, NO]}
    assert later == {"1002": ["1", "0", YES, NO]}
    assert UNKNOWN.startswith("c)")


def test_the_standard_dataset_goes_out_as_it_came_in(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(council, tmp_path, GOOD)
    first, second = tmp_path / "out.csv", tmp_path / "again.csv"
    assert run(council.home.folder, "return", "ssd", "--year", "2026", "--to", str(first), capsys=capsys)[0] == 0
    out = list(csv.DictReader(first.read_text("utf-8").splitlines()))
    came = list(csv.DictReader(GOOD.splitlines()))
    assert [
        {**row, "miss_missing_rhi_accepted": row["miss_missing_rhi_accepted"].replace("NA", "")} for row in out
    ] == came

    other = tmp_path / "other"
    assert run(other, *init_words(other), capsys=capsys)[0] == 0
    run(other, "import", "children", str(written(tmp_path, "c.csv", CHILDREN)), capsys=capsys)
    assert run(other, "import", "ssd", str(first), capsys=capsys)[0] == 0
    assert run(other, "return", "ssd", "--year", "2026", "--to", str(second), capsys=capsys)[0] == 0
    assert second.read_bytes() == first.read_bytes()


EDUCATION = {
    "spells": "spell_ref,child_ref,name,date_of_birth,sex,started_on,ended_on,end_reason\n"
    "S1,1001,Ada Stone,2012-02-11,female,2025-09-05,,\n"
    "S2,1002,Ben Stone,2011-02-03,male,2024-09-05,2025-12-01,returned_school\n",
    "referrals": "referral_ref,child_ref,opened_on,closed_on,outcome\nR1,1003,2025-12-20,,\n",
}


def test_counts_of_the_term_and_of_the_year(council: Council, tmp_path: Path) -> None:
    assert take(council, tmp_path, "children", CHILDREN).refused == []
    for what, text in EDUCATION.items():
        assert take(council, tmp_path, what, text).refused == []
    with council.service.database.reading() as connection:
        made = ehe_cme(connection, 2025, date(2026, 2, 1))
    totals = {(row[0], row[1]): row[4] for row in made.table.rows if row[2] == "total"}
    assert totals == {
        ("EHE", "2025-10-02"): 2,
        ("CME", "2025-10-02"): 0,
        ("EHE", "2026-01-15"): 1,
        ("CME", "2026-01-15"): 1,
        ("EHE", ANY_TIME): 2,
        ("CME", ANY_TIME): 1,
    }
    said = {(row[0], row[2], row[3]): row[4] for row in made.table.rows if row[1] == "2026-01-15"}
    assert said["EHE", "year group", " 9"] == 1
    assert said["CME", "time missing", "up to 4 weeks"] == 1
    assert "no list of that year" in made.rules


def test_a_years_lists_and_census_days_stand_in_the_councils_file() -> None:
    own = '\n[[return_year]]\nschool_year = "2025/26"\ncensus = [2025-10-09]\nehe_reasons = ["lifestyle"]\n'
    council = load_published(example() + own, file="own.toml")
    assert census_days(council, 2025) == (date(2025, 10, 9),)
    assert census_days(council, 2026) == (date(2026, 10, 1), date(2027, 1, 21), date(2027, 5, 20))
    assert NOT_IN_LIST


def test_what_could_not_be_counted_is_said(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(council, tmp_path, GOOD, BAD)
    file = tmp_path / "missing.csv"
    said = run(council.home.folder, "return", "ssda903", "--year", "2026", "--to", str(file), capsys=capsys)[1]
    assert "3 rows in missing.csv" in said
    assert "B2: Was the child missing (M)" in said
    told = run(council.home.folder, "return", "ssda903", "--year", "2026", "--to", str(file), "--json", capsys=capsys)
    assert len(json.loads(told[1])["not_counted"]) == 5
    assert file.read_text("utf-8").startswith("CHILD,DOB,MISSING")
    nothing = run(council.home.folder, "return", "ehe-cme", "--to", str(file), capsys=capsys)
    assert "--year" in nothing[2]
