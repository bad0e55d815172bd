"""Which deed tells whom, by rule; and that a council's file forgets nobody."""

from __future__ import annotations

import pytest

from casework.errors import DefinitionError
from casework.practice.council import load_council
from casework.practice.notices.notice_table import FACTS, NoticeKind, inbox_of
from casework.practice.notices.telling import Deed, notices_of
from casework.practice.roles import REACHES, Role
from tests.casework.practice.council import rotherham

ROTHERHAM = rotherham()

AWAY = {"last_seen_at": "2026-03-26T22:40:00+00:00"}
BACK = {**AWAY, "found_at": "2026-03-27T05:00:00+00:00"}


def told(**given: object) -> set[tuple[str, str]]:
    deed = {"form_id": "missing_episode", "before": {}, "after": AWAY, "role": "missing_advocate"}
    deed |= {"care_status": "", "known": True, **given}
    return {(one.kind, one.role) for one in notices_of(Deed(**deed), ROTHERHAM.notices)}  # type: ignore[arg-type]


def test_a_looked_after_childs_reviewing_officer_is_told_and_the_author_is_not() -> None:
    """F10."""
    assert told(care_status="lac", role="missing_manager") == {
        ("episode_begun", "allocated_worker"),
        ("episode_begun", "missing_advocate"),
        ("episode_begun", "iro"),
        ("hand_over", "out_of_hours"),
    }


def test_a_child_nobody_knows_is_screened_by_mash() -> None:
    """D7."""
    assert ("screening_asked", "mash") in told(known=False)
    assert ("screening_asked", "mash") not in told(known=True)


def test_the_night_hands_over_to_the_day() -> None:
    """Both that a child is missing and that one is back."""
    assert ("hand_over", "missing_manager") in told(role="out_of_hours")
    assert ("hand_over", "missing_manager") in told(role="out_of_hours", before=AWAY, after=BACK)


def test_a_return_is_told_once_and_a_later_word_about_it_is_not() -> None:
    """Nor is an old episode that is corrected."""
    assert ("episode_found", "allocated_worker") in told(before=AWAY, after=BACK)
    assert told(before=BACK, after={**BACK, "found_where": "At home"}) == set()
    assert told(after={**AWAY, "outcome": "entered_in_error"}) == set()


def test_an_alert_goes_to_the_director_once_it_is_sent_to_anybody() -> None:
    """D4."""
    assert told(form_id="need_to_know", after={"summary": "Away"}) == set()
    sent = told(form_id="need_to_know", after={"sent_to": [{"who": "dcs"}]})
    assert ("need_to_know", "senior_manager") in sent


def test_what_wants_a_check_is_shared_after_it() -> None:
    """S0."""
    signed = {"form_id": "return_home_interview", "after": {}, "signed": True}
    assert told(**signed, check=True) == {("check_wanted", "missing_manager")}
    assert ("interview_shared", "allocated_worker") in told(**signed, check=False)


def test_a_first_placement_is_no_move() -> None:
    """Only what was written before can have changed."""
    assert told(form_id="child", after={"placement_name": "Larkfield House"}) == set()
    moved = told(form_id="child", before={"placement_name": "A"}, after={"placement_name": "B"}, care_status="lac")
    assert ("placement_moved", "iro") in moved


@pytest.mark.parametrize("role", list(REACHES))
def test_no_role_has_an_inbox_for_what_it_may_not_open(role: Role) -> None:
    """Nor does any kind say facts of a form that its addressee does not open, but who the child is."""
    for form_id in ("missing_episode", "need_to_know", "return_home_interview", "action"):
        inbox = inbox_of(f"to.{role}.{form_id}")
        strand = "core" if form_id == "action" else "missing"
        assert (inbox is not None) == REACHES[role].opens(form_id, strand)
    for (_kind, addressee), facts in FACTS.items():
        forms = {fact.partition(".")[0] for fact in facts} - {"child"}
        assert addressee != role or all(REACHES[role].opens(form, "missing") for form in forms)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('iro = ["iro"]\n', "'iro' is missing"),
        ("check_wanted = 72\n", "'check_wanted' is missing"),
        ('mash = ["mash"]', None),
    ],
)
def test_a_council_that_forgets_a_reader_is_told_where(wrong: str, said: str | None) -> None:
    """A line left out would mean that somebody is never told."""
    text = ROTHERHAM.text.replace(wrong, "" if said else 'mash = ["mahs"]')
    with pytest.raises(DefinitionError, match=said or "'mahs' is not a role"):
        load_council(text, file="ours.toml")


def test_every_kind_has_hours() -> None:
    assert set(ROTHERHAM.notices.hours) == set(NoticeKind)
