"""A child's page: every fact with its source, the weeks in order, the people, and the card."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.errors import NotJoined
from desktop.flows.case_file import case_file
from desktop.flows.child.child_page import child_page
from desktop.flows.child.find_me import NO_PLAN, find_me, save_card
from desktop.flows.child.people_around import people
from desktop.flows.child.timeline import timeline
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record import editing
from desktop.store.database.remembered import CERTIFICATE, Certificate
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.documents.council import Council
from tests.desktop.flows.due.test_missing_matters import agreed, away, child

PLAN = {
    "looks": "Slight, long brown hair.",
    "allergies_conditions": "Asthma",
    "likely_places": [{"name": "Skate park", "why": "Meets Tay", "safe_to_approach": True}],
    "associates": [
        {"name": "Tay", "tie": "friend", "strength": "strong", "concern": "none"},
        {"name": "Man, grey car", "tie": "stranger", "concern": "high"},
    ],
    "steps": [{"after": "At once", "who": "Sam Tindle", "what": "Ring", "phone": "01632 960118"}],
    "my_people": [{"name": "Jude", "phone": "07700 900422"}],
}


def test_each_fact_says_where_it_comes_from_and_when(desk: Desk) -> None:
    who = child(desk, address="6 Weir Lane", placement_name="Larkfield House", placement_moved_on="2025-11-04")
    agreed(desk, who, "2026-03-17T10:00:00+00:00", allergies_conditions="Asthma", next_review="2026-06-01")
    found = {fact.name: (fact.value, fact.source) for fact in child_page(desk, who).facts}

    assert found["Lives at"] == ("6 Weir Lane", "Placement, 4 November 2025")
    assert found["Health"] == ("Asthma", "Find Me Plan 1, 17 March 2026")
    assert found["Plan"][0] == "Review by Mon 1 June 2026"


def test_a_day_that_is_known_roughly_is_never_said_as_a_day(desk: Desk) -> None:
    """On the page and on the card that police take away: the last day a year can mean is nobody's birthday."""
    roughly: dict[str, JSON] = {
        "date_of_birth": {"about": "2011"}, "care_status_since": {"about": "2024-05"},
        "placement_name": "Weir House", "placement_moved_on": {"about": "2025"},
        "allocated_worker": "Ada Ruiz", "worker_since": {"about": "2025-11"},
    }  # fmt: skip
    who = child(desk, **roughly)
    agreed(desk, who, "2026-03-10T10:00:00+00:00", photo=[{"id": "p", "taken_on": {"about": "2026"}}])
    page = child_page(desk, who)
    sources = {fact.name: fact.source for fact in page.facts}

    assert page.about.startswith("Born about 2011. ")
    assert page.about.endswith(" since about May 2024")
    assert (sources["Lives at"], sources["Worker"]) == ("Placement, about 2025", "Allocation, about November 2025")
    assert page.photo is not None
    assert page.photo.taken == "Taken about 2026"
    assert find_me(desk, who).born == "Born about 2011"


def test_that_everything_was_copied_out_is_told_with_for_whom_and_by_whom(desk: Desk) -> None:
    who = child(desk)
    said = {
        "copy": "everything",
        "to_whom": "Mo Karim",
        "made_by": "Ada Ruiz and Ben Sato",
        "made_at": "2026-03-26T09:00",
    }
    editing.new_record(desk, "copy_given", who, {"about": who, **said}, strand="core")
    editing.new_record(desk, "copy_given", who, {"about": who, **said, "copy": "full"}, strand="core")
    found = [fact for fact in child_page(desk, who).facts if fact.name == "Copy of all"]

    assert [(fact.value, fact.source) for fact in found] == [
        ("Made for Mo Karim", "By Ada Ruiz and Ben Sato, 26 March 2026")
    ]


def test_a_child_of_whom_nothing_is_known_has_an_empty_page(desk: Desk) -> None:
    found = child_page(desk, child(desk))

    assert found.timeline.marks == ()
    assert found.people == ()
    assert found.entries == ()
    assert (found.photo, found.timeline.window) == (None, None)
    assert [fact.value for fact in found.facts] == ["No Find Me Plan agreed yet"]


def test_the_timeline_has_each_thing_on_its_lane(desk: Desk) -> None:
    """Missing with its hours, the interview with its outcome, plan and visit, what goes well; the window beneath."""
    who = child(desk, going_well=[{"what": "Boxing club", "from": "2026-02-14"}])
    first = away(desk, who, "2026-03-02T18:00:00", "2026-03-03T05:00:00")
    second = away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    offer = {"at": "2026-03-04T10:00:00+00:00", "how": "phone", "reply": "declined"}
    editing.answer(desk, start_interview(desk, first), {"offer_decision": "yes", "offers": [offer]})
    agreed(desk, who, "2026-03-10T10:00:00+00:00")
    shown = timeline(case_file(desk, who))

    assert shown.title == "Since February"
    assert [(mark.words, mark.record_id) for mark in shown.of("Missing")] == [("11 h", first), ("23 h", second)]
    assert [mark.words for mark in shown.of("Interview")] == ["declined", "due"]
    assert [mark.words for mark in shown.of("Plan, visit")] == ["Version 1", "review due"]
    assert [mark.words for mark in shown.of("Going well")] == ["Boxing club"]
    assert shown.window == (date(2026, 2, 25), date(2026, 3, 24))


def test_what_lies_further_back_is_counted_and_shown_on_demand(desk: Desk) -> None:
    who = child(desk)
    away(desk, who, "2025-03-24T16:00:00", "2025-03-24T20:00:00")
    file = case_file(desk, who)

    assert (timeline(file).marks, timeline(file).earlier) == ((), 2)
    assert len(timeline(file, whole=True).marks) == 2
    assert timeline(file, whole=True).title == "Since March 2025"


def test_a_child_who_is_still_missing_has_a_bar_until_now(desk: Desk, clock: Clock) -> None:
    who = child(desk)
    away(desk, who, "2026-03-27T01:33:00", None)
    (mark,) = timeline(case_file(desk, who)).marks

    assert (mark.words, mark.until) == ("12 h, still missing", clock.at)


def test_people_come_once_with_the_tie_that_was_said_last(desk: Desk) -> None:
    """From the child's record, the plan and interviews; a concern outweighs what the tie is called."""
    who = child(desk, adults=[{"name": "Mum, Carla", "strength": "strained"}], siblings=[{"name": "Jude"}])
    agreed(desk, who, "2026-03-10T10:00:00+00:00", **PLAN)  # type: ignore[arg-type]
    found = [(person.named, person.tie, person.words) for person in people(case_file(desk, who))]

    assert found == [
        ("Jude, sibling", "strong", "strong"),
        ("Tay, friend", "strong", "strong"),
        ("Mum, Carla", "strained", "strained"),
        ("Man, grey car", "concern", "concern high"),
    ]


def test_records_are_named_dated_and_tagged(desk: Desk) -> None:
    who = child(desk)
    episode = away(desk, who, "2026-03-24T16:00:00", "2026-03-24T20:00:00")
    start_interview(desk, episode)
    agreed(desk, who, "2026-03-10T10:00:00+00:00")
    found = {entry.title: (entry.line, entry.state) for entry in child_page(desk, who).entries}

    assert found["Return home interview"] == ("Episode of 24 March", "Draft")
    assert found["Find Me Plan, version 1"] == ("10 March", "Signed")
    assert found["Missing episode"] == ("24 March", "")


def test_the_card_comes_from_the_agreed_plan_and_says_when_it_may_be_stale(desk: Desk) -> None:
    who = child(desk)
    assert find_me(desk, who).stale == NO_PLAN
    agreed(desk, who, "2026-03-10T10:00:00+00:00", **PLAN)  # type: ignore[arg-type]
    found = find_me(desk, who)

    assert found.places == (("Skate park", "Meets Tay"),)
    assert found.calls == (("At once: Sam Tindle", "01632 960118"), ("Jude", "07700 900422"))
    assert found.stale == ""
    away(desk, who, "2026-03-24T16:00:00", "2026-03-24T20:00:00")
    assert "due for review" in find_me(desk, who).stale


def certify(desk: Desk) -> None:
    identity = Council().officer("Nadia Brightwater")
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=identity.chain_pem, key_pem=identity.key_pem))


def test_the_card_is_one_signed_page_however_long_the_plan(desk: Desk, tmp_path: Path) -> None:
    """What has no room is named, and left out whole: whom to ring stays. The copy is logged."""
    certify(desk)
    who = child(desk)
    long = {**PLAN, "looks": "Long brown hair, blue coat. " * 70, "call_police": "When nobody knows. " * 40}
    agreed(desk, who, "2026-03-10T10:00:00+00:00", **long)  # type: ignore[arg-type]
    to = save_card(desk, who, tmp_path / "card.pdf").path
    words = text_of(to)

    assert pages_of(to) == 1
    assert "Skate park" in words
    assert "07700 900422" in words
    assert words.count("When nobody knows.") == 40
    assert "left out whole: Looks like. Ask Nadia Brightwater" in words
    assert "Long brown hair" not in words
    assert conformance(to) == ["PASS 3a", "PASS ua1"]
    assert desk.vault.audit.entries()[-1].event == "exported"


def test_the_card_says_the_risk_and_the_hours_and_to_police_alone_who_is_of_concern(desk: Desk, tmp_path: Path) -> None:
    """And to police only what they may have of the plan."""
    certify(desk)
    who, kept_back = child(desk), child(desk, family_name="Ash")
    said = {**PLAN, "medicine": [{"id": "m", "name": "Blue inhaler", "hours_until_serious": 1}], "risk_level": "high"}
    for one, decision in ((who, "all"), (kept_back, "no")):
        police_may = [{"id": "c", "recipient": "police", "decision": decision}]
        agreed(desk, one, "2026-03-10T10:00:00+00:00", **said, consents=police_may)  # type: ignore[arg-type]
    paths = {name: tmp_path / f"{name}.pdf" for name in ("everybody", "police", "refused")}
    save_card(desk, who, paths["everybody"])
    save_card(desk, who, paths["police"], for_police=True)
    save_card(desk, kept_back, paths["refused"], for_police=True)
    words = {name: text_of(path) for name, path in paths.items()}
    lines = dict(find_me(desk, who).lines)

    assert (lines["Medicine"], lines["Risk"]) == ("Blue inhaler, serious after 1 hour without it", "High")
    assert "serious after 1 hour without" in words["everybody"]
    assert "May be with Man, grey car. Did not know them. High concern" in words["police"]
    assert "Tay. " not in words["police"]
    assert [name for name in ("everybody", "refused") if "Man, grey car" in words[name]] == []


def test_a_laptop_without_a_certificate_makes_no_card(desk: Desk, tmp_path: Path) -> None:
    who = child(desk)
    agreed(desk, who, "2026-03-10T10:00:00+00:00")
    with pytest.raises(NotJoined):
        save_card(desk, who, tmp_path / "card.pdf")
