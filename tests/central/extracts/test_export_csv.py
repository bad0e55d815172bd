"""What `export` writes, `import` reads back to the same records."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.identifiers import RecordId
from casework.plain_table import guarded, unguarded
from casework.records import Merge
from central.extracts.columns import Columns
from central.extracts.export_csv import exported
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from central.feed.stored_operations import operations_by_record
from tests.central.extracts.numbered import child_id_of
from tests.central.pushing import Pusher
from tests.central.running import Council

COLUMNS = Columns.read(None)
NASTY = [
    "=1+1",
    "'=1",
    "''",
    "'t Hooft",
    "-",
    "@x",
    "+44",
    "a,b",
    'a"b',
    "a;b",
    "a\nb",
    "a\r\nb",
    "Not known",
    "{",
    "王",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(lambda text: text.strip()),
)
NONES = st.sampled_from(["not_known", "not_said", "not_asked"]).map(lambda code: {"none": code})
CHILD = st.fixed_dictionaries(
    {},
    optional={
        "given_name": TEXTS,
        "family_name": TEXTS,
        "known_as": TEXTS,
        "date_of_birth": st.one_of(
            st.dates(date(1950, 1, 1), date(2026, 3, 1)).map(lambda day: day.isoformat()),
            st.sampled_from([{"about": "2011"}, {"about": "2011-05"}]),
        ),
        "sex": st.one_of(st.sampled_from(["female", "male"]), NONES),
    },
)
_numbers = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("round")


def answers(council: Council, record_id: str) -> dict[str, JSON]:
    with council.service.database.reading() as connection:
        stored = operations_by_record(connection, [record_id])
    return Merge(RecordId(record_id), stored.get(record_id, [])).view().answers()


def export(council: Council, file: Path) -> Path:
    with council.service.database.reading() as connection:
        file.write_bytes(exported(connection, council.service.definitions, COLUMNS.children).encode("utf-8-sig"))
    return file


def taken_in(council: Council, file: Path) -> Imported:
    return Importing(council.service, COLUMNS).children(file)


@given(st.lists(CHILD, min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_record_comes_back_as_it_was(folder: Path, found: list[dict[str, JSON]]) -> None:
    """Written on a laptop, so without a number of the case system: known again by its own id."""
    council = _council(folder)
    ann = Pusher.of(council, "ann")
    ids = [f"child-{next(_numbers)}" for _ in found]
    for child_id, said in zip(ids, found, strict=True):
        (result,) = ann.push(ann.create(child_id, "", "core", "child", **said))
        assert result.status == "accepted", (result, said)
    before = {child_id: answers(council, child_id) for child_id in ids}
    again = taken_in(council, export(council, folder / "out.csv"))

    assert (again.new, again.changed, again.refused, again.kept) == (0, 0, [], True)
    assert {child_id: answers(council, child_id) for child_id in ids} == before


_MADE: list[Council] = []


def _council(folder: Path) -> Council:
    """One for all examples: founding takes most of a second."""
    if not _MADE:
        _MADE.append(Council.found(folder / "central"))
        _MADE[0].officer("ann")
    return _MADE[0]


def test_another_service_gets_the_same_children_under_the_same_numbers(tmp_path: Path) -> None:
    """The number went in and never came out again."""
    one, two = Council.found(tmp_path / "one"), Council.found(tmp_path / "two")
    file = tmp_path / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["Person ID", "Forename", "Surname", "Known as", "Date of birth", "Gender"])
        writer.writerows([[f"={n}", guarded(text), "Stone", "", "27/03/2012", "f"] for n, text in enumerate(NASTY)])
    taken_in(one, file)
    found = taken_in(two, export(one, tmp_path / "out.csv"))

    assert (found.new, found.refused) == (len(NASTY), [])
    for number in range(len(NASTY)):
        said = answers(one, child_id_of(one, f"={number}"))
        assert said["given_name"] == NASTY[number]
        assert answers(two, child_id_of(two, f"={number}")) == said


def test_a_cell_that_says_something_else_than_the_exact_one_is_refused(tmp_path: Path) -> None:
    """Somebody corrected the date they could read, and not the other."""
    council = Council.found(tmp_path / "central")
    file = tmp_path / "in.csv"
    file.write_text("Person ID,Forename,Surname,Known as,Date of birth,Gender\n1,Ann,Stone,,27/03/2012,f\n")
    taken_in(council, file)
    out = export(council, tmp_path / "out.csv")
    out.write_bytes(out.read_bytes().replace(b"27 March 2012", b"28 March 2012"))
    found = taken_in(council, out)

    assert (found.kept, [line for line, _ in found.refused]) == (False, [2])
    assert "28 March 2012" in found.refused[0][1]


@given(st.text(max_size=10))
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
