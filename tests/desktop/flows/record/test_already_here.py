"""A child who is here already is named before being added again; and whoever looks finds the same as the window."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record import editing, finding
from desktop.flows.record.already_here import already_here


@pytest.fixture
def lukasz(desk: Desk) -> str:
    facts: dict[str, JSON] = {"given_name": "Łukasz", "family_name": "O’Connor", "date_of_birth": "2012-03-27"}
    return editing.new_record(desk, "child", "", facts)


def test_a_child_under_nearly_the_same_name_is_named(desk: Desk, lukasz: str) -> None:
    (known,) = already_here(desk, "new", {"given_name": "Lukas", "family_name": "OConnor"})

    assert (known.record_id, known.name) == (lukasz, "Łukasz O’Connor")
    assert known.line == "Born 27 March 2012. Is this the same child?"


def test_nobody_is_named_for_half_a_name_nor_for_the_record_itself(desk: Desk, lukasz: str) -> None:
    assert already_here(desk, "new", {"given_name": "Lukasz"}) == ()
    assert already_here(desk, lukasz, {"given_name": "Łukasz", "family_name": "O’Connor"}) == ()
    assert already_here(desk, "new", {"given_name": "Robin", "family_name": "Holloway"}) == ()


@pytest.mark.parametrize("typed", ["lukasz", "oconnor", "27/3/2012", "Lukas Oconor", "Lucasz"])
def test_the_child_is_found_and_no_line_shows_an_id(desk: Desk, lukasz: str, typed: str) -> None:
    found = finding.find(desk, typed)

    assert lukasz in [match.record_id for match in found]
    assert all(lukasz not in finding.told(match) for match in found)
