"""A letter before it goes: filled in from its case, what is missing, and what its reader may never have."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.errors import KnownError, NotThisRole
from casework.forms import Question, QuestionType
from casework.practice.letters.letter_filling import LetterFacts, written
from casework.practice.letters.letter_template import CASE, CHILD, LetterTemplate
from desktop.flows.desk import Desk
from desktop.flows.letters.letters_told import whole_letter
from desktop.flows.letters.writing_letter import letter_to_send, letters_about
from desktop.flows.record import editing
from tests.casework.practice.letters.shipped import LETTERS
from tests.desktop.clock import Clock
from tests.desktop.flows.letters.made import as_role, child, referral, sent, words


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


def test_the_case_fills_it_in_and_what_only_a_person_knows_is_asked(desk: Desk) -> None:
    found = letter_to_send(desk, "request_to_council", referral(desk), words(how=""))
    text = whole_letter(found)

    assert "Child: Reuben Tansley" in text
    assert "Also: Esme Tansley" in text
    assert "Last day there: 2 March 2026" in text
    assert found.answer_by == date(2026, 4, 7)  # five working days, over Easter
    assert found.missing == (
        "Enter who another council is by name, under To.",
        "Enter this: Why you ask this council.",
        "Say how it goes: secure email, post or by hand.",
    )


def test_a_second_request_says_that_there_was_a_first_and_goes_to_the_same_name(desk: Desk, clock: Clock) -> None:
    about = referral(desk)
    sent(desk, "request_to_council", about, words("Calder Vale Council", why="An aunt lives there."))
    clock.passes(days=11)
    again = letter_to_send(desk, "request_to_council", about, words(why="An aunt lives there."))

    assert again.said.to_name == "Calder Vale Council"
    assert again.before == (date(2026, 3, 27),)
    assert "We wrote on 27 March 2026 and have not had an answer yet." in whole_letter(again)


def test_what_was_changed_by_hand_stands_beside_what_the_case_says(desk: Desk) -> None:
    found = letter_to_send(desk, "receipt_to_school", referral(desk), words(last_day="3 March 2026"))
    changed = [(one.place.label, one.told, one.words) for one in found.text.places if one.is_changed]

    assert changed == [("Last day at school", "2 March 2026", "3 March 2026")]


def test_a_parents_letter_goes_to_the_parent_where_the_family_lives(desk: Desk) -> None:
    about = referral(desk, new_address="4 Weir Lane, Calder Vale")
    found = letter_to_send(desk, "place_offered", about, words(school="Weir Primary", reach="Ring 01632 960001."))

    assert (found.said.to_name, found.said.to_address) == ("Lorna Tansley", "4 Weir Lane, Calder Vale")
    assert found.missing == ()


@pytest.mark.parametrize(
    ("kind", "role", "error", "says"),
    [
        ("s437_notice", "cme_officer", KnownError, "is a letter about a home education case"),
        ("deregistration", "ehe_officer", NotThisRole, "Children missing education officer"),
        ("nothing", "cme_officer", KnownError, "There is no letter called"),
    ],
)
def test_a_letter_goes_about_its_own_records_by_those_who_send_it(
    desk: Desk, kind: str, role: str, error: type[KnownError], says: str
) -> None:
    about = referral(desk)
    as_role(desk, role)

    with pytest.raises(error, match=says):
        letter_to_send(desk, kind, about, words())


def test_a_letter_is_not_sent_tomorrow_nor_with_a_report_that_nobody_signed(desk: Desk) -> None:
    as_role(desk, "ehe_officer")
    report = editing.new_record(desk, "ehe_visit", child(desk), {})

    with pytest.raises(KnownError, match="Sign the record first"):
        letter_to_send(desk, "report_cover", report, words())
    with pytest.raises(KnownError, match="when it has gone"):
        letter_to_send(desk, "first_letter_to_family", _case(desk), words(), sent_on=date(2026, 3, 28))


def test_the_window_offers_what_this_role_sends_about_such_a_record(desk: Desk) -> None:
    about = referral(desk)

    assert {letter.id for letter in letters_about(desk, about)} == {
        "receipt_to_school", "deregistration", "outcome_to_referrer", "request_to_council", "place_offered",
        "place_reminder",
    }  # fmt: skip
    as_role(desk, "attendance_lead")
    assert {letter.id for letter in letters_about(desk, _case(desk))} == {
        "s436a_enquiry", "s437_notice", "order_proposed", "attendance_order",
    }  # fmt: skip


def _case(desk: Desk) -> str:
    return editing.new_record(desk, "ehe_case", child(desk), {"stage": "current", "notified_on": "2026-03-02"})


SECRET = "Zzyzx"  # in no text of ours


def _secrets(letter: LetterTemplate, root: str, form_id: str) -> dict[str, JSON]:
    """An answer to every question that the letter has no place for, each holding a word that is nowhere else."""
    named = {place.name for place in letter.places if place.root == root}
    form = LETTERS.library.form(form_id)
    found: dict[str, JSON] = {}
    for question in form.questions():
        if question.is_group:
            columns = [c for c in question.columns if f"{question.id}.{c.id}" not in named]
            found[question.id] = [{column.id: _secret(column) for column in columns}]
        elif question.id not in named:
            found[question.id] = _secret(question)
    return found


def _secret(question: Question) -> JSON:
    if question.type in (QuestionType.CHOICE, QuestionType.CHOICES):
        return next((option.code for option in reversed(question.options)), SECRET)
    return "1987-01-09" if question.type is QuestionType.DATE else SECRET


@settings(max_examples=40)
@given(letter=st.sampled_from(sorted(LETTERS.shelf, key=lambda one: one.id)), data=st.data())
def test_nothing_that_a_letter_has_no_place_for_changes_a_word_of_it(
    letter: LetterTemplate, data: st.DataObject
) -> None:
    """Non-interference: any subset of all other answers of case and child leaves the letter as it was."""
    form_id = data.draw(st.sampled_from(letter.about))
    case, kid = _secrets(letter, CASE, form_id), _secrets(letter, CHILD, "child")
    some = data.draw(st.sets(st.sampled_from(sorted(case))))
    bare = _written(letter, form_id, {"case_answers": {}, "child_answers": {}})
    full = _written(letter, form_id, {"case_answers": {name: case[name] for name in some}, "child_answers": kid})

    assert bare == full
    assert SECRET not in str(full)


def _written(letter: LetterTemplate, form_id: str, answers: dict[str, dict[str, JSON]]) -> object:
    facts = LetterFacts(
        case=LETTERS.library.form(form_id), child=LETTERS.library.form("child"), name="Reuben Tansley",
        first_name="Reuben", council="Ashmere Council", sent={}, sent_on=date(2026, 3, 27), answer_by=None, **answers,
    )  # fmt: skip
    found = written(letter, facts, words("Lorna Tansley", why="Why."))
    return found.subject, found.parts, found.closing, found.law
