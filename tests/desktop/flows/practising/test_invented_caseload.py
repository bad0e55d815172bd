"""The invented caseload: rich enough to meet what real work brings, and plainly invented."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest

from casework.dates_in_words import LONDON
from casework.practice.lives.states import Beside, interview_state
from desktop.flows.desk import Desk
from desktop.flows.practising import invented_caseload

# “shared” and “closed” come after signing, from copies made and a decision taken; no invented record begins there.
STATES = {
    "to_offer",
    "offered",
    "accepted",
    "arranged",
    "in_progress",
    "completed",
    "not_appropriate",
    "no_reply",
    "declined",
    "refused",
    "overtaken",
}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    from desktop.compose import now  # noqa: PLC0415 - the caseload counts its days from the real today

    morning = now().astimezone(LONDON).replace(hour=6, minute=56, second=0, microsecond=0)  # before most of it is done
    desk.now = lambda: morning
    invented_caseload.fill(desk, lambda _sentence: None)
    return desk


def test_it_holds_what_it_should(filled: Desk) -> None:
    """Every interview that is marked as signed could be signed; every state of its life occurs that one officer brings
    about: a check is another's act."""
    children = filled.vault.summaries(form_id="child")
    interviews = filled.vault.summaries(form_id="return_home_interview")
    arranged = {str(visit.answers.get("about")) for visit in filled.vault.summaries(form_id="appointment")}
    names = "".join(str(child.answers.get("given_name")) for child in children)

    assert len(children) >= 25
    assert len(filled.vault.summaries(form_id="missing_episode")) >= 60
    assert len(interviews) >= 30
    assert {"R", "AL"} <= {unicodedata.bidirectional(letter) for letter in names}
    assert max(len(str(i.answers.get("during")).split()) for i in interviews) >= 6000
    born = [child.answers.get("date_of_birth") for child in children if child.answers.get("family_name") == "Pennywell"]
    assert (len(born), len(set(born))) == (2, 1), "the twins"
    assert [child for child in children if child.answers.get("other_la") is True], "a child of another council"
    states = {interview_state(i.answers, Beside(signed=i.locked, arranged=i.record_id in arranged)) for i in interviews}
    assert states == STATES
    told = [row["at"] for alert in filled.vault.summaries(form_id="need_to_know") for row in alert.answers["sent_to"]]
    assert told
    assert max(datetime.fromisoformat(str(at)) for at in told) <= filled.now(), "who was told was told before now"


def test_an_easter_return_and_both_clock_changes_are_in_it() -> None:
    found = {str(e["answers"].get("found_at")) for e in invented_caseload.caseload()["episodes"]}

    assert {"2026-04-02T22:30:00+01:00", "2026-03-27T20:00:00+00:00", "2026-10-23T20:00:00+01:00"} <= found
    assert date(2026, 4, 3).weekday() == 4  # Good Friday
