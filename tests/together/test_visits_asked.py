"""A safe-and-well visit by the command line: a CME officer asks, Early Help’s team of the locality accepts, visits and
tells back, over a real service; and what nobody takes up comes back to who asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from casework.errors import KnownError, SignatureRefused
from casework.identifiers import OfficerId, child_named
from central.people import accounts
from central.people.accounts import Officer, add_officer
from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council, running
from tests.together.laptops import PASSPHRASE, Laptop

HIDDEN = "The father is said to owe money to the school’s caretaker"
TODAY, DAY_AFTER = "2026-03-27", "2026-04-08"
CHECK = {"on": "2026-03-20", "who": "Ms Oduya"}
REFERRAL: dict[str, Any] = {
    "school": "Millgate Primary",
    "pupil_name": "Reuben Tansley",
    "pupil_dob": "2017-05-03",
    "new_address": "4 Weir Lane, Wath",
    "locality": "north_wath_swinton",
    "last_attended": "2026-03-02",
    "evidence_details": HIDDEN,
    "wellbeing_checked": [{**CHECK, "comments": HIDDEN}],
    "numbers_rung": [CHECK],
    "peers_asked": [CHECK],
    "sibling_schools": [CHECK],
    "home_visited": True,
    "submitted_on": "2026-03-24",
}
CHILD = {
    "given_name": "Reuben",
    "family_name": "Tansley",
    "date_of_birth": "2017-05-03",
    "language": "English",
    "adults": [{"name": "Dana Tansley", "relationship": "Mother"}],
}
SEEN: dict[str, Any] = {
    "check_in_at": "2026-03-27T16:00:00+00:00",
    "attempts": [{"at": "2026-03-27T14:32:00+00:00", "who_went": "Ravi Coleman", "result": "child_seen"}],
    "children_seen": [{"name": "Reuben Tansley", "seen": True, "alone": True}],
    "health_injury": ["none"],
    "language": "English",
    "interpreter": "not_needed",
    "education_now": "none",
    "outcome": "seen_safe",
    "concern": "low",
    "concern_why": "At home with his mother.",
    "immediate_danger": "no",
}


@dataclass
class Person:
    """One officer’s laptop, driven by the words of the command line."""

    laptop: Laptop
    desk: Desk
    folder: Path

    def says(self, *words: str) -> Any:
        args = parse_arguments((*words, "--passphrase-file", str(self.folder / "passphrase")))
        return DEEDS[args.verb](args, self.desk)[0]

    def writes(self, *words: str, answers: dict[str, Any]) -> Any:
        file = self.folder / "answers.json"
        file.write_text(json.dumps(answers))
        return self.says(*words, str(file))

    def new(self, form: str, answers: dict[str, Any], *about: str) -> str:
        return str(self.writes("new", form, *about, "--answers", answers=answers)["record"])

    def due(self, until: str = TODAY) -> list[dict[str, Any]]:
        found = self.says("due", "--strand", "education", "--until", until)
        return [one for one in (*found["overdue"], *found["coming"]) if one["kind"] == "safe_well_not_tried"]

    def holds(self, words: str) -> bool:
        records = {one.record_id for one in self.laptop.vault.summaries()}
        return any(words in op.payload.decode() for record in records for op in self.laptop.vault.operations(record))


@dataclass
class People:
    asker: Person
    north: Person
    south: Person
    council: Council


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    folder, catalogue = tmp_path_factory.mktemp("visits"), build_catalogue()
    (folder / "passphrase").write_text(PASSPHRASE)
    with running(folder / "central") as council:
        made: list[Laptop] = []

        def joined(officer_id: str, name: str, role: str, team: str = "") -> Person:
            with council.service.database.writing() as connection:
                add_officer(
                    connection, Officer(OfficerId(officer_id), name, role, active=True, team=team), council.clock()
                )
            made.append(Laptop.joined(council, officer_id, folder / officer_id))
            return Person(made[-1], Desk(made[-1].vault, catalogue, council.clock), folder)

        yield People(
            joined("bryony", "Bryony Cutler", "cme_officer"),
            joined("ravi", "Ravi Coleman", "early_help", "early_help_north"),
            joined("ines", "Ines Marlow", "early_help", "early_help_south"),
            council,
        )
        for laptop in made:
            laptop.vault.close()


def case_of(asker: Person, child: str, name: str = "Reuben Tansley") -> str:
    """Opened from its referral."""
    referral = asker.new("cme_referral", {**REFERRAL, "pupil_name": name}, "--child", child)
    return str(asker.says("open-case", referral)["record"])


def test_asked_accepted_visited_and_told_back(people: People) -> None:
    """S2 §15, from the referral to its answer. The team has what a visitor needs and not a word more of the referral;
    the other team hears nothing."""
    asker, north, south = people.asker, people.north, people.south
    child = asker.new("child", CHILD)
    referral = case_of(asker, child)
    with pytest.raises(SignatureRefused, match="What should the visitor know of the reason"):
        asker.says("ask-visit", referral, "--risks", "A large dog.")
    asked = asker.says("ask-visit", referral, "--why", "Not seen since 2 March.")
    asker.laptop.synced()
    assert (asked["team"], asked["standing"], asked["by"]) == ("early_help_north", "asked", "2026-04-07")

    south.laptop.synced()
    assert (south.says("visits"), south.says("notices", "--all")) == ([], [])

    north.laptop.synced()
    (mine,) = north.says("visits")
    notice = north.says("notice", mine["notice"])
    said = {one["fact"]: one["value"] for one in notice["facts"]}
    assert (mine["name"], mine["by"], notice["to"]) == ("Reuben Tansley, 8", "2026-04-07", "Early Help North")
    assert said["Address"] == "4 Weir Lane, Wath"
    assert said["Risks for the visitor"] == "A large dog."
    assert said["Who lives there"] == "Reuben Tansley, born 3 May 2017; Dana Tansley, Mother"
    assert said["Languages"] == "English"
    assert north.says("records") == []
    with pytest.raises(KnownError, match="once the visit is accepted"):
        north.says("begin-visit", mine["request"])

    taken = north.says("accept-visit", mine["request"], "--words", "I go today.")
    north.laptop.synced()
    visit = north.says("begin-visit", mine["request"])["record"]
    begun = north.says("show", visit)["answers"]
    assert taken["accepted_by"] == "Ravi Coleman"
    assert north.says("begin-visit", mine["request"])["record"] == visit
    assert begun["linked_record"] == mine["request"]
    assert (begun["address"], begun["lone_worker"]) == ("4 Weir Lane, Wath", "A large dog.")
    assert (begun["requested_by"], begun["households"][0]["name"]) == ("Bryony Cutler", "Reuben Tansley")
    assert north.due(DAY_AFTER)[0]["what"] == "Safe-and-well visit: accepted by Ravi Coleman, not tried"

    north.writes("answer", visit, answers=SEEN)
    north.says("sign", visit)
    north.laptop.synced()
    asker.laptop.synced()

    (heard,) = asker.says("visits")
    assert (heard["accepted_by"], heard["standing"], heard["outcome"]) == ("Ravi Coleman", "told", "seen_safe")
    results = [one for one in asker.says("notices") if one["kind"] == "visit_result"]
    assert [(one["about"], one["mine"], one["sent_by"]) for one in results] == [(visit, True, "Ravi Coleman")]
    assert asker.says("show", visit)["answers"]["told_requester_at"][:10] == TODAY
    assert asker.due(DAY_AFTER) == []
    assert {one["form"] for one in north.says("records")} == {"child", "visit_request", "safe_well_visit"}
    assert asker.holds(HIDDEN)
    assert not north.holds(HIDDEN)
    assert not south.holds("Reuben")
    assert asker.says("quarantine") == []


def test_what_nobody_accepts_comes_back_to_the_asker_on_its_day(people: People) -> None:
    asker = people.asker
    child = asker.new("child", {**CHILD, "given_name": "Ada"})
    referral = case_of(asker, child, "Ada Tansley")
    said = ("--why", "Not seen.", "--risks", "None known.")
    with pytest.raises(SignatureRefused, match="No team is named for this locality"):
        asker.says("ask-visit", referral, *said, "--locality", "none_or_outside")
    request = asker.says("ask-visit", referral, "--locality", "central_clifton", "--by", TODAY)["request"]

    (due,) = [one for one in asker.due() if one["child"].startswith("Ada")]
    assert (due["record"], due["due"]) == (request, TODAY)
    assert due["what"] == "Safe-and-well visit: asked for and not accepted"
    assert asker.says("due", "--strand", "education")["coming"]
    with pytest.raises(KnownError, match="homeward ask-visit RECORD"):
        asker.says("new", "visit_request", "--child", child)


def accepted_by_ravi(people: People, name: str) -> tuple[str, str, str]:
    """A request about a new child, taken on by the northern team: the child, the referral, the request."""
    asker, north = people.asker, people.north
    child = asker.new("child", {**CHILD, "given_name": name})
    referral = case_of(asker, child, f"{name} Tansley")
    request = asker.says("ask-visit", referral, "--why", "Not seen.", "--risks", "None known.")["request"]
    asker.laptop.synced()
    north.laptop.synced()
    north.says("accept-visit", request)
    north.laptop.synced()
    asker.laptop.synced()
    return child, referral, request


def children_of(person: Person) -> set[str]:
    return {str(one["record"]) for one in person.says("records") if one["form"] == "child"}


def test_what_is_no_longer_needed_is_told_to_the_team_and_to_nobody_else(people: People) -> None:
    asker, north, south = people.asker, people.north, people.south
    _, referral, request = accepted_by_ravi(people, "Iris")
    with pytest.raises(KnownError, match="Only somebody who may ask"):
        north.says("withdraw-visit", request)

    said = asker.says("withdraw-visit", request)
    again = asker.says("withdraw-visit", request)
    asker.laptop.synced()
    north.laptop.synced()
    south.laptop.synced()

    assert (said["standing"], again["withdrawn_at"]) == ("withdrawn", said["withdrawn_at"])
    (told,) = [one for one in north.says("notices") if one["kind"] == "visit_withdrawn"]
    heard = next(one for one in north.says("visits") if one["request"] == request)
    assert (heard["standing"], heard["withdrawn_by"]) == ("withdrawn", "Bryony Cutler")
    assert told["about"] == request
    assert south.says("notices", "--all") == []
    assert [one for one in asker.due(DAY_AFTER) if one["record"] == request] == []
    with pytest.raises(KnownError, match="no longer asked for: Bryony Cutler said so"):
        north.says("begin-visit", request)

    anew = asker.says("ask-visit", referral, "--why", "Seen in Wath.", "--risks", "None known.")
    assert (anew["standing"], anew["request"] != request) == ("asked", True)


def test_a_visitor_holds_the_child_for_some_weeks_after_it_is_over(people: People) -> None:
    """And as long as another visit they took on is open; what the council gave besides is not touched."""
    asker, north, council = people.asker, people.north, people.council
    over, _, first = accepted_by_ravi(people, "Juno")
    open_still, referral, second = accepted_by_ravi(people, "Kit")
    given, _, third = accepted_by_ravi(people, "Lena")
    strands = frozenset({"core", "education"})
    with council.service.database.writing() as connection:
        accounts.allocate(
            connection, OfficerId("ravi"), child_named(given), strands, now=council.clock(), reason="by hand"
        )
    asker.says("withdraw-visit", second)
    asker.says("ask-visit", referral, "--why", "Seen in Wath.", "--risks", "None known.")
    asker.laptop.synced()
    north.laptop.synced()
    (anew,) = [one for one in north.says("visits") if one["child"] == open_still and one["standing"] == "asked"]
    north.says("accept-visit", anew["request"])
    north.laptop.synced()
    visit = north.says("begin-visit", first)["record"]
    north.writes("answer", visit, answers={**SEEN, "children_seen": [{"name": "Juno", "seen": True, "alone": True}]})
    north.says("sign", visit)
    north.laptop.synced()
    asker.says("withdraw-visit", third)
    asker.laptop.synced()

    council.clock.move(days=27)
    north.laptop.synced()
    assert {over, open_still, given} <= children_of(north)
    council.clock.move(days=2)
    north.laptop.synced()

    assert {over, open_still, given} & children_of(north) == {open_still, given}
    assert north.says("quarantine") == []
