"""Every field and code of the four forms, as the domain report lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.forms import Definition, Question, QuestionType
from tests.casework.forms.real import catalogue, form

DOMAIN = json.loads((Path(__file__).parent / "domain_fields.json").read_text(encoding="utf-8"))
FORMS = {
    "RHI": "return_home_interview",
    "FIND ME PLAN": "find_me_plan",
    "SAFE-AND-WELL VISIT": "safe_well_visit",
    "EHE HOME-VISIT REPORT": "ehe_visit",
}
# One field that asks for several signatures became one question for each.
SPLIT = {"sign_off": ("worker_ink", "child_ink", "carer_ink")}
# A manager's check is an act of its own beside the record, and no answer of its author's form.
CHECKED = {"manager_check": "verdict"}
FIELDS = [
    pytest.param(FORMS[name], field, id=f"{FORMS[name]}-{'-'.join(field['ids'])}")
    for name, sections in DOMAIN["forms"].items()
    for section in sections
    for field in section["fields"]
]
LISTED = [case for case in FIELDS if "{" in str(case.values) and "manager_check" not in str(case.values)]
_IN_BRACES = re.compile(r"\{([^}]+)\}")
_PLAIN_TYPES = {
    "yn": QuestionType.YES_NO,
    "datetime": QuestionType.DATETIME,
    "rows": QuestionType.ROWS,
    "ink": QuestionType.INK,
    "narr": QuestionType.NARRATIVE,
    "consent rows": QuestionType.CONSENT,
}


def questions_of(definition: Definition, field: dict[str, Any]) -> list[Question]:
    names = [name for field_id in field["ids"] for name in SPLIT.get(field_id, (field_id,))]
    own = [definition.question(name) for name in names if name not in CHECKED]
    return own + [form("check").question(CHECKED[name]) for name in names if name in CHECKED]


def near(definition: Definition, field: dict[str, Any]) -> Iterator[Question]:
    """The field's questions, their columns, and the follow-up questions named after them."""
    for question in definition.questions():
        if any(question.id == name or question.id.startswith(f"{name}_") for name in field["ids"]) or (
            "involved" in field["ids"] and question.id == "child_took_part"
        ):
            yield question
            yield from question.columns


@pytest.mark.parametrize(("form_id", "field"), FIELDS)
def test_every_field_is_a_question_of_its_form(form_id: str, field: dict[str, Any]) -> None:
    """Under the very id of fields.json."""
    assert questions_of(form(form_id), field)


@pytest.mark.parametrize(
    ("form_id", "field"),
    [case for case in FIELDS if "{" in str(case.values) and "manager_check" not in str(case.values)],
)
def test_every_list_of_a_field_is_offered_in_order(form_id: str, field: dict[str, Any]) -> None:
    """Shared lists and lists written out in the field; codes exactly, in their order."""
    offered = [[option.code for option in question.options] for question in near(form(form_id), field)]
    for found in _IN_BRACES.findall(field["type"]):
        wanted = DOMAIN["lists"].get(found) or found.split(",")
        assert wanted in offered


@pytest.mark.parametrize(("form_id", "field"), [case for case in FIELDS if case.values[1]["type"] in _PLAIN_TYPES])
def test_every_plain_field_has_its_type(form_id: str, field: dict[str, Any]) -> None:
    """Yes or no, dates, rows, ink, narrative and consent are what the report says they are."""
    assert {question.type for question in questions_of(form(form_id), field)} == {_PLAIN_TYPES[field["type"]]}


def test_every_shared_list_has_its_codes() -> None:
    """No code missing, added or moved; what counts as No or N/A is kept."""
    lists = form("child").lists
    for name, codes in DOMAIN["lists"].items():
        assert [option.code for option in lists[name]] == codes
    counted = {option.code: option.counts_as for option in lists["NOOFFER"]}
    assert counted == DOMAIN["counts_as"]


def test_every_option_has_a_label_of_its_own() -> None:
    """A label is words, not a code; no two options of a question read alike."""
    for form_id in catalogue().ids():
        for question in form(form_id).questions():
            for asked in (question, *question.columns):
                labels = [option.label for option in asked.options if asked.list_name != "THIS_FORM"]
                assert len(set(labels)) == len(labels), (form_id, asked.id)
                assert not any("_" in label for label in labels), (form_id, asked.id)


def test_every_record_of_the_domain_has_its_form() -> None:
    """Domain B, letters, copies, the groups, notices and moves of issue 13, and the two the desk needs beside them."""
    assert set(catalogue().ids()) == {
        "harbouring_notice",
        "placement_move",
        "child",
        "meeting",
        "plan_copy",
        "copy_given",
        "meeting_item",
        "missing_episode",
        "prevention_interview",
        "return_home_interview",
        "find_me_plan",
        "safe_well_visit",
        "ehe_case",
        "ehe_visit",
        "cme_referral",
        "cme_case",
        "strategy_meeting",
        "need_to_know",
        "notice",
        "check",
        "mash_referral",
        "action",
        "appointment",
        "note",
        "letter",
        "roll_decision",
        "visit_request",
        "movement_return",
        "police_list",
        "exclusion",
    }


def test_labels_speak_plainly() -> None:
    """No asterisk, no “please”, no accusing why, no banned word, in any label, hint, prompt or check of any form."""
    banned = re.compile(
        r"\*|\bplease\b|\binvalid\b|\boops\b|why did you|\babscond|non-compliant|refused to", re.IGNORECASE
    )
    for form_id in catalogue().ids():
        for question in form(form_id).questions():
            for asked in (question, *question.columns):
                said = [asked.label, asked.hint, *asked.ways_to_ask, *(check.say for check in asked.checks)]
                assert not [text for text in said if banned.search(text.replace("*#06#", ""))], (form_id, asked.id)


def test_titles_name_no_child() -> None:
    """A title stands in lists, file names and rails, where no child’s name belongs."""
    for form_id in catalogue().ids():
        titles = [
            form(form_id).title,
            form(form_id).short_title,
            *(section.title for section in form(form_id).sections),
        ]
        assert not [title for title in titles if "{" in title], form_id


def test_every_carried_fact_has_somewhere_to_go() -> None:
    """`carries_to` names a real question, and its columns real columns, of another form."""
    for form_id in catalogue().ids():
        for question in form(form_id).questions():
            if question.carries_to:
                target_form, target = question.carries_to.split(".")
                there = form(target_form).question(target)
                assert all(there.column(name) for name in question.carry_columns.values()), question.id
