"""docs/practice.md says what the program does, and leaves nothing of the domain out in silence."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from casework.forms.vocabulary import COMPUTED
from casework.practice.council import THRESHOLDS
from casework.practice.lives import LIVES
from casework.practice.procedure import PROCEDURE
from casework.practice.rules import ABSENT, OFSTED, RULES
from tests.casework.forms.real import catalogue
from tools.duties import DUTIES, Duty
from tools.practice_document import TARGET, document

PAGE = TARGET.read_text(encoding="utf-8")


def test_the_page_is_current() -> None:
    """Run `python -m tools.practice_document` when this fails."""
    assert document(catalogue()) == PAGE


def test_every_paragraph_of_the_procedure_is_there_or_said_not_to_be_done() -> None:
    """S2 §2 to §19; where something is done, its test is a file that is there."""
    named = {number for one in PROCEDURE for number in re.findall(r"§(\d+)", one.where) if one.where.startswith("S2")}
    tests = Path(__file__).parents[2]

    assert named == {str(number) for number in range(2, 20)}
    assert {one.where.split()[1] for one in PROCEDURE if one.where.startswith("S1")} == {"EHE", "CME", "App."}
    assert _paragraphs_of_home_education() >= {f"1.{n}" for n in range(1, 11)} | {f"2.{n}" for n in (1, 2, 3)}
    assert _paragraphs_of_home_education() >= {f"2.4.{n}" for n in (1, 2, 3)} | {f"2.5.{n}" for n in range(1, 8)}
    assert _paragraphs_of_home_education() >= {f"3.{n}" for n in range(1, 8)}
    assert [one.test for one in PROCEDURE if one.done and not (tests / one.test).is_file()] == []
    assert "not done" in PAGE


def _paragraphs_of_home_education() -> set[str]:
    """As they are numbered in S1; “1.8 to 1.10” names three."""
    said = " ".join(one.where for one in PROCEDURE if one.where.startswith("S1 EHE"))
    named = set(re.findall(r"\d(?:\.\d+)+", said))
    for head, first, last in re.findall(r"(\d)\.(\d+) to \1\.(\d+)", said):
        named |= {f"{head}.{number}" for number in range(int(first), int(last) + 1)}
    return named


def test_every_rule_of_the_domain_is_there() -> None:
    """D1 to D14 and F1 to F16, in order, each with its source."""
    assert [rule.number for rule in RULES] == [f"D{number}" for number in range(1, 15)]
    assert [finding.number for finding in OFSTED] == [f"F{number}" for number in range(1, 17)]
    assert all(rule.source for rule in RULES)
    assert all(finding.source.startswith("S4") for finding in OFSTED)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.number != "D8"], ids=lambda rule: rule.number)
def test_a_rule_names_code_that_exists(rule: object) -> None:
    """What a rule says does it can be found under that name."""
    done_by = str(getattr(rule, "done_by"))  # noqa: B009 - parametrize hides the type
    module, _, names = done_by.split(";", maxsplit=1)[0].partition(".")
    found = importlib.import_module(f"casework.practice.{module}")

    assert names
    assert all(hasattr(found, name.strip()) for name in names.split(","))


def test_every_ofsted_finding_has_a_test_that_names_it() -> None:
    """F1 to F16, by name and in words."""
    tests = (Path(__file__).parents[2] / "casework" / "forms" / "test_ofsted.py").read_text(encoding="utf-8")
    for finding in OFSTED:
        assert re.search(rf"def test_{finding.number.lower()}_", tests), finding.number


def test_every_form_field_and_finding_has_its_line() -> None:
    """Also every list, transition, threshold and thing left out."""
    for form_id in catalogue().ids():
        form = catalogue().form(form_id)
        section = PAGE[PAGE.index(f"(`{form_id}`, version") :].split("\n## ")[0]
        for question in form.questions():
            assert f"`{question.id}`" in section
            assert all(check.say in section for check in question.checks)
    assert all(f"| {name} |" in PAGE for name in catalogue().form("child").lists)
    assert all(f"| {name} |" in PAGE for name in LIVES)
    assert all(f"`{name}`" in PAGE for name in THRESHOLDS)
    assert all(absent.what in PAGE and absent.why for absent in ABSENT)


def test_every_computed_answer_is_used_or_known() -> None:
    """A definition can only ask for what is really worked out."""
    used = {q.computed for form_id in catalogue().ids() for q in catalogue().form(form_id).questions() if q.computed}
    known = importlib.import_module("casework.practice.computed")

    assert used <= set(COMPUTED)
    assert set(COMPUTED) == set(known._COMPUTED)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.what[:40])
def test_a_duty_names_a_test_that_is_there(duty: Duty) -> None:
    """And whatever is not done says so, in the same words."""
    file, _, name = duty.test.partition("::")

    assert f"def {name}(" in (Path(__file__).parents[3] / file).read_text(encoding="utf-8")
    assert duty.by
