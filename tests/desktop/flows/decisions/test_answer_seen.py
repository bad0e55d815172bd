"""Seen by whom: what later operations prove, and no more."""

from __future__ import annotations

import pytest

from desktop.cli import parse_arguments
from desktop.flows.decisions.answer_history import AnswerStep, history
from desktop.flows.decisions.conflicts import decide, decisions
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, Shared, arrives, share

MINE, THEIRS = "By 20:00 on a school night.", "Ring her nan, then the manager."
OTHER = "Another officer (o2)"


@pytest.fixture
def shared(desk: Desk) -> Shared:
    return share(desk)


def step(shared: Shared, text: str) -> AnswerStep:
    return next(one for one in history(shared.desk, shared.record_id).steps if one.text == text)


def sights(one: AnswerStep) -> list[tuple[str, str]]:
    return [(sight.who, sight.did) for sight in one.seen]


def test_whoever_only_reads_is_not_said_to_have_seen_it(shared: Shared) -> None:
    """Nor is an author said to have seen their own words."""
    shared.mine("missing_when", MINE)
    editing.open_record(shared.desk, shared.record_id)

    assert [one.seen for one in history(shared.desk, shared.record_id).steps] == [()] * 2


def test_whoever_wrote_elsewhere_in_the_record_had_it_before_them(shared: Shared) -> None:
    """Another answer proves it as well as this one; what was written here meanwhile it does not prove."""
    shared.mine("missing_when", MINE)
    arrives(shared.desk, Colleague().says(shared.view, "f/looks", "Brown hair"))

    assert sights(step(shared, BEFORE)) == [(OTHER, "wrote")]
    assert sights(step(shared, MINE)) == [], "it was not there when the colleague wrote"
    assert step(shared, "Brown hair").apart == (), "another question"


def test_a_later_word_of_the_same_person_is_not_another_sight(shared: Shared) -> None:
    """Each once, by the first time; a signature says so too."""
    colleague = Colleague()
    arrives(shared.desk, colleague.says(shared.view, "f/looks", "Brown hair"))
    view = shared.desk.vault.view(shared.record_id)
    arrives(shared.desk, colleague.says(view, "f/looks", "Long brown hair"))
    arrives(shared.desk, Colleague("o3", "d3").signs(shared.desk.vault.view(shared.record_id)))

    (first, signed) = step(shared, BEFORE).seen
    assert (first.who, first.did, f"{first.at:%H:%M}") == (OTHER, "wrote", "16:48")
    assert (signed.who, signed.did) == ("Dele Winterbourne", "signed")


def test_two_that_had_not_seen_each_other_say_so_until_somebody_decides(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    assert [one.who for one in step(shared, MINE).apart] == [OTHER]
    assert [one.who for one in step(shared, THEIRS).apart] == [shared.desk.officer.name]
    assert step(shared, BEFORE).apart == ()
    (found,) = decisions(shared.desk)
    decide(shared.desk, shared.record_id, PATH, "Both.", "Asked both", shown=found.shown)

    assert step(shared, "Both.").apart == ()
    assert sights(step(shared, THEIRS)) == [(shared.desk.officer.name, "decided")]


def test_the_verb_says_it(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    args = parse_arguments(("history", shared.record_id, "missing_when"))
    value, said = DEEDS[args.verb](args, shared.desk)

    assert f"Seen since by {OTHER} (wrote, 26 March 2026, 16:48)." in said
    assert f"Written without having seen {OTHER}’s answer of 26 March 2026, 16:48." in said
    assert isinstance(value, list)
    (first,) = [one for one in value if isinstance(one, dict) and one["to"] == BEFORE]
    assert first["seen_by"] == [{"officer": OTHER, "did": "wrote", "at": "2026-03-26T16:48:00+00:00"}]
