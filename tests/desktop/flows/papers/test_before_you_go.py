"""`homeward before-you-go`: what a worker knows in the car, and one page of it that may be lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import KnownError, UnknownRecord
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.papers.before_you_go import before_you_go, time_of_visit
from desktop.flows.record import editing
from desktop.verbs.deeds import DEEDS
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.flows.team.test_exceptions import becomes

WREN: dict[str, JSON] = {
    "given_name": "Wren",
    "family_name": "Hollowby",
    "date_of_birth": "2011-06-09",
    "health": "Asthma, carries a blue inhaler",
    "language": "Urdu",
    "interpreter_needed": True,
    "best_way_to_talk": "Text first, then a walk",
    "address": "4 Weir Lane",
    "phone": "07700 900123",
    "reference": "M-0417",
}


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def wren(desk: Desk) -> str:
    return editing.new_record(desk, "child", "", WREN)


@pytest.fixture
def interview(desk: Desk, wren: str) -> str:
    long_ago: dict[str, JSON] = {"last_seen_at": "2026-03-14T10:00:00+00:00", "found_at": "2026-03-14T20:00:00+00:00"}
    editing.new_record(desk, "missing_episode", wren, long_ago)
    times: dict[str, JSON] = {
        "last_seen_at": "2026-03-24T22:20:00+00:00",
        "found_at": "2026-03-25T21:40:00+00:00",
        "police_ref": "AP-26-118362",
        "police_risk": "high",
        "returned_how": "came_back",
    }
    return start_interview(desk, editing.new_record(desk, "missing_episode", wren, times))


def planned(desk: Desk, child: str, about: str, hours: float, **more: JSON) -> str:
    at = (desk.now() + timedelta(hours=hours)).isoformat(timespec="seconds")
    known: dict[str, JSON] = {"about": about, "at": at, "what": "Return home interview", "where": "Larkfield House"}
    return editing.new_record(desk, "appointment", child, {**known, **more})


@pytest.fixture
def visit(desk: Desk, wren: str, interview: str) -> str:
    """In an hour, and back in touch an hour later."""
    check_in = (desk.now() + timedelta(hours=2)).isoformat(timespec="seconds")
    return planned(
        desk,
        wren,
        interview,
        1,
        with_whom="Sam Tindle lets you in",
        check_in_at=check_in,
        check_in_with="Tom Applegarth, 01632 960142",
        known_risks="A man in a grey car. Ask for Mrs Hollowby.",
    )


def test_it_says_when_where_why_and_who_waits_for_the_call(desk: Desk, visit: str, interview: str) -> None:
    found, said = run(desk, "before-you-go", visit)

    assert (found["record"], found["where"]) == (interview, "Larkfield House")
    assert "Wren Hollowby, 14. Return home interview. 72 hours end 28 March 2026, 21:40." in said
    assert "Check in by: today, " in said
    assert "Tom Applegarth, 01632 960142" in said
    assert "Who will be there: Sam Tindle lets you in" in said


def test_what_is_known_has_its_source_and_what_is_asked_its_ways(desk: Desk, visit: str) -> None:
    found = before_you_go(desk, visit)
    known = {one.name: (one.words, one.source) for one in found.known}

    assert known["Away"] == ("24 March 2026, 22:20 to 25 March 2026, 21:40", "Police report, 23 h 20 min")
    assert known["Before"] == ("14 March, 10 h", "1 time in the 90 days before")
    assert known["Back"][0] == "Came back alone"
    assert known["Health"][0] == "Asthma, carries a blue inhaler"
    asked = {one.asks: one.ways for one in found.prompts}
    assert asked["What was going on before you left?"][0] == "Tell me about that day."
    assert "An interpreter for Urdu: never family" in found.take
    assert [one.words for one in found.safety] == [
        "A man in a grey car. Ask for Mrs Hollowby.",
        "Police risk, last time away: high",
    ]


def test_what_was_answered_is_not_asked_again(desk: Desk, visit: str, interview: str) -> None:
    before = [one.asks for one in before_you_go(desk, visit).prompts]
    editing.save(desk, interview, "f/before", "A row about my phone.")

    assert [one.asks for one in before_you_go(desk, visit).prompts][:3] != before[:3]
    assert "What was going on before you left?" not in [one.asks for one in before_you_go(desk, visit).prompts]


def test_of_a_child_the_next_visit_is_meant_and_of_a_record_its_own(desk: Desk, wren: str, interview: str) -> None:
    """One that began this morning is over; the next one counts, and not the one after it."""
    planned(desk, wren, interview, -6)
    later = planned(desk, wren, "", 30)
    soon = planned(desk, wren, interview, 3)

    assert before_you_go(desk, wren).meeting.record_id == soon
    assert before_you_go(desk, interview).meeting.record_id == soon
    assert before_you_go(desk, later).meeting.record_id == later
    assert before_you_go(desk, later).record_id == ""


def test_without_a_time_it_says_so_and_one_can_be_added(desk: Desk, interview: str) -> None:
    found, said = run(desk, "before-you-go", interview)
    assert found["at"] is None
    assert "Meet: no time is written down" in said
    assert "nobody waits for a call yet" in said

    made = time_of_visit(desk, before_you_go(desk, interview))
    assert editing.open_record(desk, made).answers["about"] == interview
    at = (desk.now() + timedelta(hours=1)).isoformat(timespec="seconds")
    editing.save(desk, made, "f/at", at)
    editing.seal_all(desk)

    assert before_you_go(desk, interview).meeting.record_id == made
    assert time_of_visit(desk, before_you_go(desk, interview)) == made


def test_a_role_that_holds_no_episodes_is_told_nothing_of_them(desk: Desk, wren: str, visit: str) -> None:
    becomes(desk, "early_help")
    found = before_you_go(desk, wren)

    assert not {"Away", "Before", "Back"} & {one.name for one in found.known}
    assert any(line.startswith("Not kept on this laptop: Missing episode") for line in found.laptop)


def test_earlier_visits_tell_of_risks_and_not_that_there_were_none(desk: Desk, wren: str, visit: str) -> None:
    for said in ("None known.", "A dog in the yard."):
        editing.new_record(desk, "safe_well_visit", wren, {"lone_worker": said})
    said_of = [one.words for one in before_you_go(desk, visit).safety]

    assert "A dog in the yard." in said_of
    assert "None known." not in said_of


def test_no_risk_written_down_is_not_no_risk(desk: Desk) -> None:
    child = editing.new_record(desk, "child", "", {"given_name": "Otis"})

    assert "Nobody has written down a risk for this visit." in run(desk, "before-you-go", child)[1]


def test_the_sheet_is_one_page_with_a_first_name_only(desk: Desk, visit: str, tmp_path: Path) -> None:
    """No family name even within other words; no reference, address, number or day of birth of the child."""
    said = run(desk, "before-you-go", visit, "--pdf", str(tmp_path / "s.pdf"))[1]
    text = text_of(tmp_path / "s.pdf")

    assert said == "Saved as s.pdf: one page, first name only. Shred it after the visit."
    assert pages_of(tmp_path / "s.pdf") == 1
    assert "Return home interview, Wren" in text
    assert "Ask for Mrs H." in text
    for secret in ("Hollowby", "M-0417", "4 Weir Lane", "07700", "2011", "AP-26-118362"):
        assert secret not in text
    assert "Asthma, carries a blue inhaler" in text
    assert "“Tell me about that day.”" in text
    assert "shred it after the visit" in text
    assert '"copy":"visit sheet"' in desk.vault.audit.entries()[-1].facts
    assert conformance(tmp_path / "s.pdf") == ["PASS 3a", "PASS ua1"]


def test_however_much_is_known_the_sheet_stays_one_page(desk: Desk, wren: str, interview: str, tmp_path: Path) -> None:
    """It says that there is more, and safety is never what is left out."""
    long = "Ring twice, wait by the gate, and keep the car in sight. " * 12
    visit = planned(desk, wren, interview, 1, known_risks=long + "Beware of the well.")
    editing.save(desk, wren, "f/health", "Takes a blue inhaler before he runs. " * 50)
    editing.seal_all(desk)
    run(desk, "before-you-go", visit, "--pdf", str(tmp_path / "s.pdf"))

    assert pages_of(tmp_path / "s.pdf") == 1
    assert "Beware of the well." in text_of(tmp_path / "s.pdf")
    assert "the rest stands on the laptop" in text_of(tmp_path / "s.pdf")


def test_what_is_not_here_and_what_is_there_already_are_sentences(desk: Desk, visit: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownRecord, match="That is not on this laptop"):
        run(desk, "before-you-go", "nothing")
    (tmp_path / "s.pdf").write_bytes(b"mine")
    with pytest.raises(KnownError, match="There is a file called"):
        run(desk, "before-you-go", visit, "--pdf", str(tmp_path / "s.pdf"))
