"""Answers that nobody types: known in one place, and the same words in the window, the PDF and the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.forms import QuestionType
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.worked_out import known_about
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.flows.conftest import CATALOGUE

EPISODE: Mapping[str, JSON] = {
    "last_seen_at": "2026-03-24T22:20:00+00:00",
    "found_at": "2026-03-25T21:40:00+00:00",
}
# Form, computed question, answers of the record, and what it then says.
SAID: tuple[tuple[str, str, Mapping[str, JSON], str], ...] = (
    ("child", "compulsory_age", {"date_of_birth": "2011-06-09"}, "31 August 2016 to 25 June 2027"),
    ("missing_episode", "hours_missing", EPISODE, "23 hours 20 minutes"),
    ("return_home_interview", "due_72h", {}, "28 March 2026, 21:40"),
    ("return_home_interview", "due_3wd", {}, "End of Monday 30 March 2026"),
    ("find_me_plan", "due_after_return", {}, "1 April 2026"),
    ("cme_referral", "days_absent", {"last_attended": "2026-03-09"}, "Tenth day 23 March 2026"),
    ("cme_case", "days_absent", {"last_attended": "2026-03-09"}, "Tenth day 23 March 2026"),
)


def record_of(desk: Desk, form_id: str, answers: Mapping[str, JSON]) -> str:
    own = dict(answers) if form_id == "child" else {}
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Penny"} | own)
    if form_id == "child":
        return child
    episode = editing.new_record(desk, "missing_episode", child, EPISODE)
    if form_id == "missing_episode":
        return episode
    about: dict[str, JSON] = {"episode_id": episode} if form_id == "return_home_interview" else {}
    return editing.new_record(desk, form_id, child, dict(answers) | about)


def test_every_computed_question_is_here() -> None:
    asked = {(form, q.id) for form in CATALOGUE.ids() for q in CATALOGUE.form(form).questions() if q.computed}

    assert asked == {(form, question) for form, question, _answers, _said in SAID}


@pytest.mark.parametrize("case", SAID, ids=lambda case: case[1])
def test_it_says_what_is_known_on_the_page_and_on_paper(
    desk: Desk, tmp_path: Path, case: tuple[str, str, Mapping[str, JSON], str]
) -> None:
    form_id, question, answers, said = case
    record_id = record_of(desk, form_id, answers)
    shown = known_about(desk, editing.open_record(desk, record_id)).computed[question]
    certify(desk)
    signing.lock_record(desk, record_id, name="Nadia Brightwater", ink=None)
    path = export(desk, record_id, "full", tmp_path / "copy.pdf").path

    assert said in shown
    assert said in re.sub(r"\s+", " ", text_of(path))


def test_a_question_that_is_worked_out_is_never_stored(desk: Desk) -> None:
    record_id = record_of(desk, "missing_episode", {})
    definition = editing.open_record(desk, record_id).definition
    worked_out = {q.id for q in definition.questions() if q.type is QuestionType.COMPUTED}

    assert worked_out.isdisjoint(desk.vault.view(record_id).answers())
