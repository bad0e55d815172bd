"""The police’s monthly list by the command line, over a real service: taken in whole or not at all, matched child by
child, decided by a person, signed off; shared by managers, and no other role has a line of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, KnownError, NotThisRole
from casework.practice.roles import Role
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.verbs.deeds import DEEDS
from tests.central.running import running
from tests.together.laptops import Laptop
from tests.together.test_movement_returns import Officers

HEADS = "Reference,Name,Born,Reported,Returned,Risk"
MONTH = "2026-10"
ADA: dict[str, JSON] = {"given_name": "Ada", "family_name": "Brook", "date_of_birth": "2012-02-01"}
BEN: dict[str, JSON] = {"given_name": "Ben", "family_name": "Brook", "date_of_birth": "2012-02-01"}  # her twin
LUKASZ: dict[str, JSON] = {"given_name": "Łukasz", "family_name": "Zając", "date_of_birth": "2011-05-05"}
TWINS = "SYP/4471,{name},01/02/2012,03/10/2026 22:10,2026-10-04 02:30,Medium"
NIGHT = "SYP/9001;Lukasz Zajac;2011-05-05;24/10/2026 23:30;2026-10-25 00:45+00:00;high"  # back after the clocks went
NOVEMBER = "SYP/5000,Robin Moss,2013-07-07,01/11/2026 00:10,,"
NEW = "SYP/4502,Robin Moss,2013-07-07,31/10/2026 23:59,01/11/2026 00:30,low"


class World:
    def __init__(self, officers: Officers, folder: Path) -> None:
        self.officers, self._folder = officers, folder
        self.laptop, self.desk = officers.joined("tom", "missing_manager")

    def sheet(self, *lines: str, encoding: str = "utf-8-sig") -> str:
        file = self._folder / "police.csv"
        heads = HEADS.replace(",", ";") if ";" in lines[0] else HEADS
        file.write_text("\n".join([heads, *lines]), encoding=encoding)
        return str(file)

    def child(self, facts: dict[str, JSON], *episodes: dict[str, JSON]) -> list[str]:
        child = editing.new_record(self.desk, "child", "", facts)
        return [editing.new_record(self.desk, "missing_episode", child, one) for one in episodes]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with running(tmp_path / "central") as council:
        council.clock.at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
        officers = Officers(council, tmp_path)
        yield World(officers, tmp_path)
        for laptop in officers.made:
            laptop.vault.close()


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)[0]


def named(found: Any, group: str) -> dict[str, Any]:
    return {one["name"]: one for one in found[group]}


def away(start: str, end: str, **known: JSON) -> dict[str, JSON]:
    return {"last_seen_at": start, "found_at": end, "outcome": "real", **known}


def test_a_month_is_taken_in_decided_shared_and_signed_off(world: World) -> None:
    desk = world.desk
    ada, earlier = world.child(
        ADA,
        away("2026-10-03T20:00:00+01:00", "2026-10-04T02:40:00+01:00", police_ref="syp 4471"),
        away("2026-10-12T20:00:00+01:00", "2026-10-12T23:00:00+01:00"),
    )
    (ben,) = world.child(BEN, away("2026-10-03T20:00:00+01:00", "2026-10-04T02:40:00+01:00"))
    (night,) = world.child(LUKASZ, away("2026-10-24T22:00:00+01:00", "2026-10-25T00:30:00+00:00"))
    sheet = world.sheet(TWINS.format(name='"BROOK, Ada"'), TWINS.format(name="Ben Brook"), NIGHT.replace(";", ","), NEW)
    looked = says(desk, "take-police-list", sheet, "--month", MONTH, "--dry-run")
    assert (looked["new"], looked["refused"], looked["record"]) == (4, 0, "")
    assert says(desk, "police-list") == []

    says(desk, "take-police-list", sheet, "--month", MONTH)
    again = says(desk, "take-police-list", sheet, "--month", MONTH)
    assert (again["new"], again["same"]) == (0, 4)
    found = says(desk, "police-list", MONTH)
    both, police = named(found, "in_both"), named(found, "only_police")
    assert [hint["episode"] for hint in both["Ada BROOK"]["suggestions"]] == [ada]
    assert [hint["episode"] for hint in both["Ben Brook"]["suggestions"]] == [ben], "a twin is another child"
    assert both["Ada BROOK"]["suggestions"][0]["why"] == "The same police reference"
    assert [hint["episode"] for hint in both["Lukasz Zajac"]["suggestions"]] == [night]
    assert (list(police), [one["episode"] for one in found["only_here"]]) == (["Robin Moss"], [earlier])

    with pytest.raises(KnownError, match="5 lines of October 2026 still to be decided"):
        says(desk, "sign-off-list", MONTH)
    assert Gap.POLICE_LIST in {row.gap for row in team(desk).rows}
    says(desk, "match-police", both["Ada BROOK"]["line"], "--same-as", ada)
    with pytest.raises(AnswerError, match="Another line is this episode already: Ada BROOK, SYP/4471"):
        says(desk, "match-police", both["Ben Brook"]["line"], "--same-as", ada)
    says(desk, "match-police", both["Ben Brook"]["line"], "--same-as", ben)
    says(desk, "match-police", both["Lukasz Zajac"]["line"], "--same-as", night)
    with pytest.raises(AnswerError, match="Write who at the police was asked"):
        says(desk, "not-with-police", earlier, MONTH, "--asked", " ")
    says(desk, "not-with-police", earlier, MONTH, "--asked", "PC Anand, by email")
    recorded = says(desk, "match-police", police["Robin Moss"]["line"], "--record")["record"]
    begun = says(desk, "show", recorded)["answers"]
    assert (begun["police_ref"], begun["police_risk"]) == ("SYP/4502", "low")
    assert begun["reported_at"] == "2026-10-31T23:59:00+00:00", "the clocks had gone back"
    assert "last_seen_at" not in begun
    assert desk.vault.view(desk.vault.view(recorded).child_id).answers()["given_name"] == "Robin"
    world.laptop.synced()

    other, others = world.officers.joined("hana", "missing_manager")
    other.synced()
    assert says(others, "police-list", MONTH) == says(desk, "police-list", MONTH)
    signed = says(others, "sign-off-list", MONTH)
    assert signed["signed_off"]["by"] == "Hana"
    other.synced()
    world.laptop.synced()
    assert says(desk, "police-list")[0]["state"] == "Signed off by Hana, 3 November 2026, 09:00"
    assert Gap.POLICE_LIST not in {row.gap for row in team(desk).rows}
    assert says(desk, "quarantine") == []
    settled_again_when_the_list_changes(world, desk)


def settled_again_when_the_list_changes(world: World, desk: Desk) -> None:
    """What was signed off is what stood there: a corrected list opens the month, and what did not change stays."""
    sheet = world.sheet(TWINS.format(name="Ada Brook").replace("02:30", "03:30"), TWINS.format(name="Ben Brook"))
    changed = says(desk, "take-police-list", sheet, "--month", MONTH)
    assert (changed["changed"], changed["same"], changed["gone"]) == (1, 1, ["Lukasz Zajac", "Robin Moss"])
    found = says(desk, "police-list", MONTH)
    assert (found["undecided"], found["signed_off"]) == (1, None)
    line = named(found, "in_both")["Ada Brook"]
    says(desk, "match-police", line["line"], "--same-as", line["suggestions"][0]["episode"])
    assert says(desk, "police-list", MONTH)["state"] == "Changed since it was signed off"
    assert says(desk, "sign-off-list", MONTH)["signed_off"]["by"] == "Tom"


def test_a_line_that_cannot_stand_keeps_the_whole_list_out(world: World) -> None:
    desk, sheet = world.desk, world.sheet("R1,Ada Brook,,25/10/2026 01:30,,", TWINS.format(name="Ben Brook"))
    with pytest.raises(KnownError, match="Nothing was kept: 1 line cannot stand in the list"):
        says(desk, "take-police-list", sheet, "--month", MONTH)
    with pytest.raises(KnownError, match="December 2026 has not begun"):
        says(desk, "take-police-list", sheet, "--month", "2026-12")
    assert says(desk, "police-list") == []

    assert says(desk, "take-police-list", sheet, "--month", MONTH, "--leave-out")["refusals"][0]["line"] == 2
    (line,) = says(desk, "police-list", MONTH)["only_police"]
    with pytest.raises(AnswerError, match="Write why it is not ours"):
        says(desk, "match-police", line["line"], "--not-ours", " ")
    says(desk, "match-police", line["line"], "--not-ours", "Lives in Leeds")
    says(desk, "match-police", line["line"], "--undo")
    assert says(desk, "police-list", MONTH)["undecided"] == 1
    says(desk, "take-police-list", world.sheet(NOVEMBER), "--month", "2026-11")
    with pytest.raises(KnownError, match="November 2026 is not over"):
        says(desk, "sign-off-list", "2026-11")


def test_a_child_who_may_be_here_is_asked_about(world: World) -> None:
    (away_once,) = world.child(
        {**ADA, "given_name": "Adah"}, away("2026-08-01T20:00:00+01:00", "2026-08-01T23:00:00+01:00")
    )
    child, desk = world.desk.vault.view(away_once).child_id, world.desk
    says(desk, "take-police-list", world.sheet(TWINS.format(name="Ada Brook")), "--month", MONTH)
    (line,) = says(desk, "police-list", MONTH)["only_police"]
    with pytest.raises(KnownError, match=f"Say it with --child {child} .Adah Brook, 14., or with --new"):
        says(desk, "match-police", line["line"], "--record")

    begun = says(desk, "match-police", line["line"], "--record", "--child", child)["record"]

    assert desk.vault.view(begun).child_id == child
    assert says(desk, "match-police", line["line"], "--record")["record"] == begun, "begun once"


def test_two_managers_who_had_not_met_decide_again(world: World) -> None:
    """Both began the list of one month, and decided one line differently: neither counts, and no line is lost."""
    desk = world.desk
    (ada,) = world.child(ADA, away("2026-10-03T20:00:00+01:00", "2026-10-04T02:40:00+01:00", police_ref="SYP/4471"))
    world.laptop.synced()
    other, others = world.officers.joined("hana", "missing_manager")
    other.synced()
    for who in (desk, others):
        says(who, "take-police-list", world.sheet(TWINS.format(name="Ada Brook"), NEW), "--month", MONTH)
    line = says(desk, "police-list", MONTH)["in_both"][0]["line"]
    says(desk, "match-police", line, "--same-as", ada)
    says(others, "match-police", line, "--not-ours", "Another Ada")
    for laptop in (world.laptop, other, world.laptop):
        laptop.synced()

    found = says(desk, "police-list", MONTH)
    assert (found["lines"], found["undecided"]) == (2, 2)
    assert found["in_both"][0]["disputed"]
    says(desk, "match-police", line, "--same-as", ada)
    for laptop in (world.laptop, other):
        laptop.synced()
    assert [one["decision"] for one in says(others, "police-list", MONTH)["in_both"]] == ["same"]
    both_decide_at_once(world, desk, others, other, line)


def both_decide_at_once(world: World, desk: Desk, others: Desk, other: Laptop, line: str) -> None:
    """In one record too, where the merge keeps both."""
    says(desk, "match-police", line, "--not-ours", "Lives in Leeds")
    says(others, "match-police", line, "--not-ours", "Over eighteen")
    for laptop in (world.laptop, other, world.laptop):
        laptop.synced()
    (disputed,) = [one for one in says(desk, "police-list", MONTH)["in_both"] if one["line"] == line]
    assert (disputed["disputed"], disputed["decision"]) == (True, None)
    says(desk, "match-police", line, "--not-ours", "Lives in Leeds")
    found = says(desk, "police-list", MONTH)
    assert [one["why"] for one in found["only_police"] if one["line"] == line] == ["Lives in Leeds"]
    assert (found["undecided"], len(found["only_here"])) == (2, 1), "her own episode is now one police do not have"
    assert says(desk, "decisions") == []


def test_no_other_role_has_a_line_of_it(world: World) -> None:
    says(world.desk, "take-police-list", world.sheet(NEW), "--month", MONTH)
    world.laptop.synced()
    for role in (Role.MISSING_ADVOCATE, Role.OUT_OF_HOURS, Role.SENIOR_MANAGER):
        laptop, desk = world.officers.joined(role.replace("_", "-"), role.value)
        laptop.synced()

        assert desk.vault.summaries(form_id="police_list") == [], role
        assert not laptop.vault.search("Moss"), role
        with pytest.raises(NotThisRole, match="settled by the manager of the missing team"):
            says(desk, "police-list", MONTH)
