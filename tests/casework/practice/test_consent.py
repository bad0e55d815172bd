"""D13: whose copy may hold what. Both readings of the seeds, and what holds for every decision."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.forms import Context, Filled
from casework.practice.consent import CopyRule, answers_for, copies_for, is_sound_override
from casework.practice.follow_on import FOLLOWS
from tests.casework.forms.real import copy_for, form
from tests.casework.forms.test_return_home_interview import COMPLETE, CONTEXT

RHI = form("return_home_interview")
SECRET = "I slept at Tay’s on the sofa."
OTHERS = [who for who in RHI.recipients if who not in ("child", "allocated_worker")]
OVERRIDE: dict[str, Any] = {
    "id": "s1",
    "recipient": "police",
    "what": ["people"],
    "reason": "risk_of_harm",
    "why": "Dex",
    "manager": "T A",
    "child_told": True,
}


def said(*rows: dict[str, Any], **more: object) -> dict[str, Any]:
    numbered = [{"id": f"c{place}", **row} for place, row in enumerate(rows)]
    return {**COMPLETE, "during": SECRET, "consents": numbered, **more}


def rule(answers: dict[str, Any], recipient: str, **options: Any) -> CopyRule:
    return copy_for(RHI, answers, recipient, CONTEXT, **options)


def test_the_worker_gets_it_by_one_seed_and_only_with_a_yes_by_the_other() -> None:
    """S0 is unconditional, S1 says “with child’s permission”: the council’s file decides, the copy says which."""
    refused = said({"recipient": "allocated_worker", "decision": "no"})

    always = rule(refused, "allocated_worker", reading="always")
    asked = rule(refused, "allocated_worker", reading="with_consent")
    assert always.allowed
    assert "Wren is told so" in always.why
    assert not asked.allowed
    assert asked.why == "Wren said no."
    agreed = said({"recipient": "allocated_worker", "decision": "all"})
    assert rule(agreed, "allocated_worker", reading="with_consent").allowed


@pytest.mark.parametrize("recipient", OTHERS)
@pytest.mark.parametrize(
    ("decision", "why"),
    [("no", "Wren said no."), ("not_asked", "Wren has not been asked."), (None, "Wren has not been asked.")],
)
def test_without_a_yes_others_get_nothing(recipient: str, decision: str | None, why: str) -> None:
    """And every shown answer is withheld, for that reason."""
    answers = said(*([{"recipient": recipient, "decision": decision}] if decision else []))
    found = rule(answers, recipient)

    assert (found.allowed, found.why) == (False, why)
    assert set(found.withheld) == Filled(RHI, answers, CONTEXT).shown


def test_all_means_all_that_this_reader_may_ever_see() -> None:
    """A parent who may see all of it still does not get the worker’s view."""
    found = rule(said({"recipient": "parent", "decision": "all"}), "parent")

    assert found.allowed
    assert "during" not in found.withheld
    assert found.withheld["analysis"] == "Not for this reader."
    assert found.withheld["people.concern"] == "Not for this reader."


def test_what_is_kept_back_is_withheld_and_named_without_its_content() -> None:
    """As drawn: Larkfield House, Wren kept back “while away”."""
    answers = said({"recipient": "carer_or_placement", "decision": "some", "keep_back": ["during"]})
    found = rule(answers, "carer_or_placement")

    assert found.withheld["during"] == "Wren asked for this to be kept back."
    assert "before" not in found.withheld
    assert SECRET not in str(found)
    assert "during" not in answers_for(found, Filled(RHI, answers, CONTEXT))


def test_a_whole_section_can_be_kept_back() -> None:
    """Its id stands for all its questions."""
    found = rule(said({"recipient": "school", "decision": "some", "keep_back": ["your_words"]}), "school")

    assert {"before", "during", "after", "how_now"} <= set(found.withheld)
    assert "help_words" not in found.withheld


def test_some_with_nothing_named_gives_nothing() -> None:
    """Otherwise “some” would become “all” by a slip."""
    found = rule(said({"recipient": "school", "decision": "some"}), "school")

    assert not found.allowed
    assert "what is kept back is not recorded" in found.why


def test_the_stricter_of_two_decisions_holds() -> None:
    """Two officers recorded two things: nothing goes by mistake."""
    rows = ({"recipient": "school", "decision": "all"}, {"recipient": "school", "decision": "no"})

    assert not rule(said(*rows), "school").allowed
    assert not rule(said(*reversed(rows)), "school").allowed


def test_danger_shares_only_what_is_needed_with_a_recorded_reason() -> None:
    """As drawn: police, one part, without consent, Wren told."""
    answers = said({"recipient": "police", "decision": "no"}, shared_without=[OVERRIDE])
    found = rule(answers, "police")
    given = answers_for(found, Filled(RHI, answers, CONTEXT))

    assert found.allowed
    assert "manager’s agreement" in found.why
    assert set(given) <= {"people"}
    assert found.withheld["during"] == "Not needed for the reason it was shared."


@pytest.mark.parametrize("missing", ["reason", "why", "manager", "what", "child_told"])
def test_an_override_without_its_grounds_shares_nothing(missing: str) -> None:
    """Reason, manager, and whether the child was told are all needed."""
    row = {key: value for key, value in OVERRIDE.items() if key != missing}

    assert is_sound_override(OVERRIDE)
    assert not is_sound_override(row)
    assert not rule(said({"recipient": "police", "decision": "no"}, shared_without=[row]), "police").allowed


def test_a_child_who_was_not_told_needs_the_reason_why() -> None:
    """G16."""
    silent = {**OVERRIDE, "child_told": False}

    assert not is_sound_override(silent)
    assert is_sound_override({**silent, "not_told_why": "It is not safe yet."})


def test_an_override_opens_what_was_kept_back_and_nothing_else() -> None:
    """A yes to some, and one part shared for a reason."""
    row = {"recipient": "police", "decision": "some", "keep_back": ["during", "people"]}
    found = rule(said(row, shared_without=[OVERRIDE]), "police")

    assert "people" not in found.withheld
    assert "during" in found.withheld


def test_the_childs_own_copy_holds_the_childs_words_and_not_the_workers_view() -> None:
    """What was shared without the child being told is not in it either."""
    found = rule(said(shared_without=[{**OVERRIDE, "child_told": False, "not_told_why": "x"}]), "child")

    assert found.allowed
    assert "during" not in found.withheld
    assert {"analysis", "s47"} <= set(found.withheld)
    assert "shared_without" not in found.withheld
    assert found.silent == {"shared_without"}


def test_the_full_copy_withholds_nothing() -> None:
    """It is the council’s own record, and comes first."""
    copies = copies_for(RHI, COMPLETE, CONTEXT)

    assert (copies[0].id, copies[0].allowed, copies[0].withheld) == ("full", True, {})
    assert [copy.id for copy in copies[1:]] == list(RHI.recipients)
    assert all("{" not in copy.title + copy.why for copy in copies)


def test_hidden_answers_are_in_no_copy() -> None:
    """An answer kept under a question that no longer applies is never sent."""
    declined = said(offers=[{"id": "o", "at": "2026-03-26T10:00:00+00:00", "reply": "declined"}])
    filled = Filled(RHI, declined, CONTEXT)

    for copy in copies_for(RHI, declined, CONTEXT):
        assert SECRET not in str(answers_for(copy, filled))


PARTS = [option.code for option in RHI.question("consents").column("keep_back").options]
ROWS = st.fixed_dictionaries(
    {
        "id": st.just("c"),
        "recipient": st.sampled_from(OTHERS),
        "decision": st.sampled_from(["all", "some", "no", "not_asked"]),
        "keep_back": st.lists(st.sampled_from(PARTS), max_size=4, unique=True),
    }
)


@given(st.lists(ROWS, max_size=5), st.sampled_from(OTHERS))
def test_nothing_kept_back_is_ever_in_a_copy(rows: list[dict[str, Any]], recipient: str) -> None:
    """For every set of decisions: no yes, no copy; what is kept back, or not for this reader, is absent."""
    answers = {**COMPLETE, "consents": rows}
    filled = Filled(RHI, answers, CONTEXT)
    found = copy_for(RHI, answers, recipient, CONTEXT)
    mine = [row for row in rows if row["recipient"] == recipient]
    given_answers = answers_for(found, filled) if found.allowed else {}

    if not mine or any(row["decision"] in ("no", "not_asked") for row in mine):
        assert not found.allowed
    for row in mine:
        if row["decision"] == "some":
            kept = set(row["keep_back"])
            assert not kept & set(given_answers)
            assert all(filled.definition.section_of[name].id not in kept for name in given_answers)
    for name in given_answers:
        assert recipient in RHI.question(name).audience


def test_a_form_with_no_recipients_has_only_its_full_copy() -> None:
    """A child’s record is not handed out."""
    assert [copy.id for copy in copies_for(form("child"), {}, Context())] == ["full"]


PEOPLE = [{"id": "dex", "name": "Dex", "concern": "high"}, {"id": "tay", "name": "Tay"}]
DEX = {**OVERRIDE, "what": None, "only": ["people/dex"]}


def people_for(answers: dict[str, Any], recipient: str = "police") -> list[str]:
    found: dict[str, Any] = answers_for(rule(answers, recipient), Filled(RHI, answers, CONTEXT))
    return [row["name"] for row in found.get("people", [])]


@pytest.mark.parametrize(
    "override",
    [DEX, {**DEX, "what": ["people"]}, {**DEX, "what": ["places_people"]}],
    ids=["the line alone", "with its group", "with its section"],
)
@pytest.mark.parametrize(
    "decided",
    [
        {"recipient": "police", "decision": "no"},
        {"recipient": "police", "decision": "some", "keep_back": ["people"]},
        {"recipient": "police", "decision": "some", "keep_back": ["places_people"]},
    ],
    ids=["no", "people kept back", "section kept back"],
)
def test_only_the_person_dex_is_told_to_police(override: dict[str, Any], decided: dict[str, Any]) -> None:
    """F, D13: one line of a group, for a reason, and nobody else who was named."""
    answers = said(decided, shared_without=[override], people=PEOPLE)
    found = rule(answers, "police")

    assert found.allowed
    assert people_for(answers) == ["Dex"]
    assert found.withheld["people/tay"] == "Not needed for the reason it was shared."
    assert not any("Tay" in why for why in found.withheld.values())


def test_a_line_shared_for_a_reason_takes_nothing_from_a_yes() -> None:
    """Police may see all of it: the override narrows nothing."""
    answers = said({"recipient": "police", "decision": "all"}, shared_without=[DEX], people=PEOPLE)

    assert people_for(answers) == ["Dex", "Tay"]


def test_a_line_without_its_grounds_shares_nothing() -> None:
    answers = said({"recipient": "police", "decision": "no"}, shared_without=[{**DEX, "manager": ""}], people=PEOPLE)

    assert not rule(answers, "police").allowed


def test_nothing_shared_without_a_yes_is_nothing_withheld() -> None:
    """An empty answer is not said to be left out; and whether there is one is not for a parent to learn."""
    yes = {"recipient": "parent", "decision": "all"}
    empty, filled = rule(said(yes), "parent"), rule(said(yes, shared_without=[DEX]), "parent")

    assert "shared_without" not in rule(said({"recipient": "police", "decision": "all"}), "police").withheld
    assert empty.withheld.keys() == filled.withheld.keys()
    assert "shared_without" not in answers_for(filled, Filled(RHI, said(yes, shared_without=[DEX]), CONTEXT))


def test_what_rests_on_a_kept_back_answer_is_kept_back_with_it() -> None:
    """Otherwise “What was told” of a crime tells of the crime."""
    kept = {"recipient": "youth_offending", "decision": "some", "keep_back": ["crime"]}
    answers = said(kept, crime="by_child", crime_details="A phone.")
    found = rule(answers, "youth_offending")

    assert found.withheld["crime_details"] == FOLLOWS
    assert "crime_details" not in answers_for(found, Filled(RHI, answers, CONTEXT))


def test_what_an_override_names_goes_though_it_rests_on_what_was_kept_back() -> None:
    kept = {"recipient": "police", "decision": "some", "keep_back": ["crime"]}
    override = {**OVERRIDE, "what": ["crime_details"]}
    answers = said(kept, crime="by_child", crime_details="A phone.", shared_without=[override])
    found = rule(answers, "police")

    # “some” with one thing kept back, and that not what was opened: both hold
    assert "crime" in found.withheld
    assert answers_for(found, Filled(RHI, answers, CONTEXT))["crime_details"] == "A phone."


def test_a_column_that_a_row_does_not_show_is_in_no_copy() -> None:
    """Kept when the answer above it changed, and never printed: the full copy too."""
    row = {"id": "a", "what": "Ring school", "status": "open", "dropped_why": "It was thought better of."}
    answers = said(actions=[row])

    for copy in copies_for(RHI, answers, CONTEXT):
        assert "thought better" not in str(answers_for(copy, Filled(RHI, answers, CONTEXT)))
