"""A card while no plan is agreed: family and council to ring, what interviews may pass on, the draft named as one."""

from __future__ import annotations

from pathlib import Path

from casework.canonical import JSON
from desktop.flows.child.find_me import NO_PLAN, find_me, save_card
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.flows.child.test_child_page import certify

FACTS: dict[str, JSON] = {
    "given_name": "Juno",
    "family_name": "Marrable",
    "address": "27 Tannery Court",
    "health": "Peanut allergy, carries a pen",
    "phone": "07700 900461",
    "adults": [{"name": "Neil Marrable", "relationship": "Dad", "phone": "01632 960155"}],
    "allocated_worker": "Josh Pellow",
    "worker_contact": "01632 960170",
}


def juno(desk: Desk) -> str:
    return editing.new_record(desk, "child", known=FACTS)


def interviewed(desk: Desk, who: str, police: str) -> None:
    record = editing.new_record(desk, "return_home_interview", who)
    consents: JSON = [{"recipient": "police", "decision": police, "why_not_asked": ""}]
    known: dict[str, JSON] = {
        **COMPLETE,
        "places": [{"name": "Old mill", "area": "Canal Street"}],
        "consents": consents,
    }
    editing.answer(desk, record, {name: value for name, value in known.items() if name != "episode_id"})
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)


def test_it_says_whom_to_ring_and_where_each_line_comes_from(desk: Desk) -> None:
    found = find_me(desk, juno(desk))
    lines, calls = dict(found.lines), dict(found.calls)

    assert (found.stale, found.source) == (NO_PLAN, "")
    assert lines["Lives at"].startswith("27 Tannery Court. Child’s record, ")
    assert lines["Health"].startswith("Peanut allergy, carries a pen. Child’s record, ")
    assert list(calls.items())[:3] == [
        ("Neil Marrable, Dad", "01632 960155"),
        ("Juno, own phone", "07700 900461"),
        ("Josh Pellow, worker", "01632 960170"),
    ]
    assert calls["Police (always)"] == "999"


def test_a_draft_is_never_taken_for_a_plan(desk: Desk) -> None:
    who = juno(desk)
    editing.new_record(desk, "find_me_plan", who, {"normal_pattern": "Home by 21:30."})
    found = find_me(desk, who)

    assert ("Draft plan, not agreed", "Home by 21:30.") in found.lines
    assert found.source == ""


def test_what_an_interview_says_stands_there_only_by_consent(desk: Desk) -> None:
    kept, told = juno(desk), juno(desk)
    interviewed(desk, kept, "no")
    interviewed(desk, told, "all")

    assert find_me(desk, kept).places == ()
    assert [name for name, _said in find_me(desk, told).places][:1] == ["Old mill"]
    assert find_me(desk, told).places[0][1].startswith("Canal Street. Interview, ")


def test_on_paper_it_is_one_page_that_says_no_plan_is_agreed(desk: Desk, tmp_path: Path) -> None:
    certify(desk)
    to = save_card(desk, juno(desk), tmp_path / "card.pdf").path
    words = text_of(to)

    assert pages_of(to) == 1
    assert "No agreed plan." in words
    assert "01632 960155" in words
    assert conformance(to) == ["PASS 3a", "PASS ua1"]
