"""Nobody claims a child before the extract brings her, and nobody learns by asking whether she is here."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from casework.wire.protocol import seal
from central.extracts.case_numbers import numbers_of
from central.extracts.columns import Columns
from central.extracts.extract_author import extract_author
from central.extracts.extract_ids import OPEN_NAMESPACE
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from central.intake.ledger import Ledger
from tests.central.extracts.numbered import child_id_of, episode_id_of
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

CHILDREN = "Person ID,Forename,Surname,Known as,Date of birth,Gender\n100,Ann,Stone,,27/03/2012,f\n"
EPISODES = "Episode ID,Person ID,Last seen,Reported,Found,Police reference\nE1,100,28/03/2026 23:15,,,secret\n"


PUBLISHED_CHILDREN = "child_ref,name,date_of_birth,sex,ethnicity,sibling_group\n100,Ann Stone,2012-03-27,female,,\n"
PUBLISHED_EPISODES = (
    "episode_ref,child_ref,started_at,returned_at,care_status\n"
    "E1,100,2026-03-02T22:00:00+00:00,2026-03-03T09:00:00+00:00,lac\n"
)
SPELLS = "spell_ref,child_ref,name,date_of_birth,sex,started_on,ended_on\nS1,100,Ann Stone,,,2025-09-05,\n"


def reckoned(number: str) -> str:
    """What anybody could make of a number before ids had a key."""
    return str(uuid.uuid5(OPEN_NAMESPACE, f"child {number}"))


def taken_in(council: Council, folder: Path, what: str, text: str, **options: bool) -> Imported:
    file = folder / f"{what}.csv"
    file.write_text(text, encoding="utf-8")
    return Importing(council.service, Columns.read(None), **options).take(what, file)


def test_who_reckons_an_id_reads_nothing_of_the_extract(council: Council, tmp_path: Path) -> None:
    ben = Pusher.of(council, "ben")
    assert statuses(ben.push(ben.create(reckoned("100"), given_name="Guess"))) == ["accepted"]
    brought = taken_in(council, tmp_path, "children", CHILDREN)
    episodes = taken_in(council, tmp_path, "episodes", EPISODES)

    assert (brought.kept, episodes.kept) == (True, True)
    assert child_id_of(council, "100") != reckoned("100")
    assert not any("Stone" in str(item.op) or "secret" in str(item.op) for item in ben.pull().items)


def test_two_services_keep_a_number_under_different_ids(council: Council, tmp_path: Path) -> None:
    other = Council.found(tmp_path / "other")
    taken_in(council, tmp_path, "children", CHILDREN)

    assert child_id_of(council, "100") == child_id_of(council, "100")
    assert child_id_of(other, "100") != child_id_of(council, "100")


def test_what_came_before_ids_had_a_key_keeps_its_id(council: Council, tmp_path: Path) -> None:
    """Older services kept no numbers: the record itself tells that an extract began it."""
    with council.service.database.writing() as connection:
        author, ledger = extract_author(council.service, connection), Ledger(connection, council.clock)
        begun = Pusher(council, author).create(
            reckoned("100"), given_name="Ann", family_name="Stone", date_of_birth="2012-03-27", sex="female"
        )
        ledger.look_up([begun])
        ledger.accept(begun, seal(begun), relayed_by=None)
        ledger.write(author.device_id)
    again = taken_in(council, tmp_path, "children", CHILDREN)

    assert child_id_of(council, "100") == reckoned("100")
    assert (again.new, again.same) == (0, 1)


def test_an_extract_writes_into_no_record_that_a_person_began(council: Council, tmp_path: Path) -> None:
    """Its id may be known from before a restore: then neither she nor her episodes go to whoever claimed it."""
    ben = Pusher.of(council, "ben")
    ben.push(ben.create(child_id_of(council, "100"), given_name="Guess"))
    child = taken_in(council, tmp_path, "children", CHILDREN)
    episode = taken_in(council, tmp_path, "episodes", EPISODES)

    assert (child.kept, [line for line, _ in child.refused]) == (False, [2])
    assert "begun by a person" in child.refused[0][1]
    assert (episode.kept, [line for line, _ in episode.refused]) == (False, [2])
    assert not any("Stone" in str(item.op) or "secret" in str(item.op) for item in ben.pull().items)


@pytest.mark.parametrize(
    ("what", "text"), [("children", PUBLISHED_CHILDREN), ("episodes", PUBLISHED_EPISODES), ("spells", SPELLS)]
)
def test_nor_does_a_published_extract(council: Council, tmp_path: Path, what: str, text: str) -> None:
    ben = Pusher.of(council, "ben")
    ben.push(ben.create(child_id_of(council, "100"), given_name="Guess"))
    found = taken_in(council, tmp_path, what, text)

    assert (found.kept, [line for line, _ in found.refused]) == (False, [2])
    assert "begun by a person" in found.refused[0][1]
    assert [item.op.payload for item in ben.pull().items if item.op and "Ann" in item.op.payload] == []


def test_a_row_that_was_refused_keeps_no_number(council: Council, tmp_path: Path) -> None:
    ben = Pusher.of(council, "ben")
    ben.push(ben.create(child_id_of(council, "100"), given_name="Guess"))
    taken_in(council, tmp_path, "children", CHILDREN, leave_out=True)

    with council.service.database.reading() as connection:
        assert numbers_of(connection, "child") == {}


def test_beginning_a_record_that_is_there_gets_the_answer_of_any_child_of_others(
    council: Council, tmp_path: Path
) -> None:
    taken_in(council, tmp_path, "children", CHILDREN)
    taken_in(council, tmp_path, "episodes", EPISODES)
    child, episode, ben = child_id_of(council, "100"), episode_id_of(council, "E1"), Pusher.of(council, "ben")
    probes = [
        ben.create(child, given_name="A"),
        ben.create(child, "not-there", given_name="A"),
        ben.create(child, episode, "missing", "missing_episode"),
        ben.create(child, "not-there-either", "missing", "missing_episode"),
    ]
    found = ben.push(*probes)

    assert {(one.status, one.code, one.detail) for one in found} == {
        ("quarantined", "out_of_scope", "The officer is not allocated to this child's record.")
    }


@pytest.mark.parametrize("fault", ["version", "answer"])
def test_a_form_that_cannot_be_taken_in_tells_nothing_of_the_child(
    council: Council, tmp_path: Path, fault: str
) -> None:
    """It was held where the child was not here, and out of scope where she was: asked without leaving a trace."""
    taken_in(council, tmp_path, "children", CHILDREN)
    ben, found = Pusher.of(council, "ben"), set()
    for child in (child_id_of(council, "100"), "not-here"):
        probe = ben.create(child, given_name="A") if fault == "version" else ben.create(child, no_such_question="x")
        probe = replace(probe, form_version=99) if fault == "version" else probe
        (result,) = ben.push(probe.sealed_with(ben.author.key))
        found.add((result.status, result.code, result.detail))

    assert len(found) == 1
