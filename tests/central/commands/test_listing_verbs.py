"""What an administrator may name is told: roles, children however they are spelt, who is entitled, open codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.practice.roles import Role, reach_of
from central.__main__ import main
from central.commands.listing_verbs import WHOSE
from tests.central.pushing import Pusher
from tests.central.running import Council

Said = Callable[..., str]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    found = Council.found(tmp_path / "central")
    found.officer("ann")
    ann = Pusher.of(found, "ann")
    ann.push(ann.create("child-1", given_name="Łukasz", family_name="Ørsted", date_of_birth="2011-06-09"))
    ann.push(ann.create("child-2", given_name="Milo", family_name="Fernsby"))
    yield found
    found.service.close()


@pytest.fixture
def said(council: Council, capsys: pytest.CaptureFixture[str]) -> Said:
    def run(*arguments: str) -> str:
        assert main(["--home", str(council.home.folder), *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_children_are_listed_with_heads_and_found_however_they_are_written(said: Said) -> None:
    head, first, second = said("children").splitlines()

    assert head.split() == ["id", "name", "born", "number"]
    assert "Łukasz Ørsted" in first
    assert first.index("Łukasz") == head.index("name") == second.index("Milo")
    assert json.loads(said("children", "lukasz", "orsted", "--json")) == [
        {"id": "child-1", "name": "Łukasz Ørsted", "born": "2011-06-09", "number": ""}
    ]
    assert said("children", "nobody") == "There are none.\n"


def test_allocations_are_listed_until_they_end(said: Said, council: Council) -> None:
    found = json.loads(said("allocations", "--officer", "ann", "--json"))
    council.withdraw("ann", "child-2")

    assert {(row["name"], row["child"], row["strand"]) for row in found} >= {("Ann", "child-2", "missing")}
    left = json.loads(said("allocations", "--child", "child-2", "--json"))
    assert left == []
    ended = json.loads(said("allocations", "--child", "child-2", "--ended", "--json"))
    assert {row["strand"] for row in ended} >= {"core", "missing"}
    assert all(row["until"] for row in ended)


def test_open_codes_are_listed_without_the_codes(said: Said) -> None:
    code = json.loads(said("device", "code", "ann", "--json"))["code"]
    listed = said("codes", "--csv")

    assert listed.splitlines()[0] == "officer,issued_at,expires_at"
    assert listed.splitlines()[1].startswith("ann,")
    assert code[:9] not in listed


def test_every_role_is_told_with_whose_children_it_sees(said: Said) -> None:
    listed = json.loads(said("roles", "--json"))

    assert [row["role"] for row in listed] == list(Role)
    assert {reach_of(role).children for role in Role} <= set(WHOSE)
    assert next(row for row in listed if row["role"] == "analyst")["children"] == "counts only, and nobody’s name"


def test_the_folder_and_the_form_may_stand_anywhere(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(council.home.folder)
    orders = (
        ("--json", "--home", home, "officer", "list"),
        ("officer", "--home", home, "list", "--json"),
        ("officer", "--json", "list", "--home", home),
    )
    told = []
    for order in orders:
        assert main(list(order)) == 0
        told.append(json.loads(capsys.readouterr().out))

    assert told[0] == told[1] == told[2]
    assert [row["id"] for row in told[0]] == ["ann"]
