"""A council's own rule: years after closing, or a birthday; one of them, once a form, and never less than a year."""

from __future__ import annotations

from datetime import date

import pytest

from casework.errors import DefinitionError
from casework.practice.council import Council, load_council
from casework.practice.retention.kept_until import KeptUntil
from tests.casework.practice.council import rotherham

FIRST = 'form = "note"\nbirthday = 25\nreason = "S"'


def under(*rules: str) -> Council:
    return load_council(rotherham().text + "".join(f"\n[[retention]]\n{rule}\n" for rule in rules), file="own.toml")


def test_the_example_keeps_everything_for_ever() -> None:
    assert rotherham().retention == {}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (KeptUntil(form="note", reason="S", years_after_closing=1), "1 year after closing"),
        (KeptUntil(form="note", reason="S", birthday=21), "the child’s 21st birthday"),
        (KeptUntil(form="note", reason="S", birthday=112), "the child’s 112th birthday"),
        (KeptUntil(form="note", reason="S", birthday=23), "the child’s 23rd birthday"),
    ],
)
def test_a_rule_is_told_in_words(rule: KeptUntil, words: str) -> None:
    assert rule.words == words


def test_a_leap_day_is_over_the_day_after() -> None:
    rule = KeptUntil(form="note", reason="S", birthday=25)

    assert rule.due_on(closed=None, born=date(2004, 2, 29)) == date(2029, 3, 1)
    assert rule.due_on(closed=date(2004, 2, 29), born=None) is None
    assert KeptUntil(form="note", reason="S", years_after_closing=6).due_on(closed=None, born=date(2004, 1, 1)) is None


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (('form = "note"\nreason = "S"',), "either"),
        (('form = "note"\nreason = "S"\nbirthday = 2\nyears_after_closing = 3',), "either"),
        (('form = "note"\nreason = "S"\nbirthday = 0',), "from 1 to 120"),
        (('form = "meeting"\nreason = "S"\nbirthday = 5',), "of no child"),
        ((FIRST, FIRST), "already"),
        (('form = "note"\nbirthday = 5\nreason = " "',), "'reason' is empty"),
    ],
)
def test_a_rule_that_says_less_or_more_is_refused_with_its_line(rules: tuple[str, ...], said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        under(*rules)
