"""What conditions mean: unknown is never true, hidden is unanswered, times compare as spans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.dates_in_words import LONDON
from casework.errors import DefinitionError
from casework.forms import Context, Definition, Filled, load, shown
from casework.forms.conditions import All, AnyOf, Comparison, Condition, Not, Subject, latest_row, leans_on, number
from casework.forms.moments import shifted, span
from casework.forms.trees import condition

HEAD = 'form = "tea"\nversion = 1\ntitle = "Tea"\nstrand = "core"\n[[section]]\nid = "cup"\nnumber = 1\ntitle = "Cup"\n'
QUESTIONS = "".join(
    f'[[section.question]]\nid = "{name}"\nlabel = "{name}"\ntype = "{kind}"\nsource = "J"\n{more}\n'
    for name, kind, more in (
        ("wants", "yes_no", ""),
        ("kind", "choice", 'options = [{ code = "black", label = "B" }, { code = "green", label = "G" }]'),
        ("with", "choices", 'options = [{ code = "milk", label = "M" }, { code = "sugar", label = "S" }]'),
        ("cups", "number", ""),
        ("poured", "datetime", "approximate = true"),
        ("drunk", "datetime", ""),
        ("notes", "narrative", ""),
    )
)
ROWS = (
    '[[section.question]]\nid = "pots"\nlabel = "Pots"\ntype = "rows"\nsource = "J"\n'
    '[[section.question.column]]\nid = "at"\nlabel = "At"\ntype = "datetime"\n'
    '[[section.question.column]]\nid = "kind"\nlabel = "Kind"\ntype = "text"\n'
)


def form_with(tree: str, extra: str = "") -> Definition:
    last = f'[[section.question]]\nid = "shown"\nlabel = "Shown"\ntype = "text"\nsource = "J"\nshow_when = {tree}\n'
    return load(HEAD + QUESTIONS + ROWS + extra + last, file="tea.toml")


def holds(tree: str, answers: dict[str, Any], **facts: object) -> bool:
    return "shown" in shown(form_with(tree), answers, Context(facts=facts))


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        ('{ question = "wants", is = true }', {"wants": True}, True),
        ('{ question = "wants", is = true }', {}, False),
        ('{ not = { question = "wants", is = true } }', {}, True),
        ('{ question = "kind", is_not = "black" }', {"kind": "green"}, True),
        ('{ question = "kind", is_not = "black" }', {}, False),
        ('{ question = "kind", is_not = "black" }', {"kind": {"none": "not_said"}}, False),
        ('{ question = "kind", one_of = ["black", "green"] }', {"kind": "green"}, True),
        ('{ question = "with", has = ["milk"] }', {"with": ["sugar", "milk"]}, True),
        ('{ question = "with", has = "milk" }', {"with": [{"code": "milk", "said_by": []}]}, True),
        ('{ question = "with", has = "milk" }', {"with": ["sugar"]}, False),
        ('{ question = "kind", answered = true }', {"kind": {"none": "not_said"}}, True),
        ('{ question = "kind", answered = false }', {"kind": ""}, True),
        ('{ question = "kind", none = "not_said" }', {"kind": {"none": "not_said"}}, True),
        ('{ question = "kind", none = "not_said" }', {"kind": {"none": "not_asked"}}, False),
        ('{ question = "cups", more_than = 2 }', {"cups": 3}, True),
        ('{ question = "cups", more_than = 2 }', {"cups": 2}, False),
        ('{ question = "cups", at_least = 2 }', {"cups": "2.0"}, True),
        ('{ question = "cups", at_most = "2.5" }', {"cups": "2.5"}, True),
        ('{ question = "cups", less_than = 2 }', {"cups": "x"}, False),
        ('{ question = "notes", says = ["pot"] }', {"notes": "A Pot, please"}, True),
        ('{ question = "notes", says = ["pot"] }', {"notes": "Teapots"}, False),
        ('{ rows = "pots" }', {"pots": []}, False),
        ('{ rows = "pots", at_least = 2 }', {"pots": [{"id": "1"}, {"id": "2"}]}, True),
        ('{ rows = "pots", where = { column = "kind", is = "brown" } }', {"pots": [{"kind": "red"}]}, False),
        (
            '{ rows = "pots", where = { column = "kind", is = "brown" } }',
            {"pots": [{"kind": "red"}, {"kind": "brown"}]},
            True,
        ),
        ('{ rows = "pots" }', {"pots": "not rows at all"}, False),
    ],
)
def test_what_each_test_means(tree: str, answers: dict[str, Any], expected: bool) -> None:
    """Answered, chosen, counted, said; a recorded “not said” is an answer, and no value."""
    assert holds(tree, answers) is expected


DRUNK_AFTER = '{ question = "drunk", after = { question = "poured" } }'


@pytest.mark.parametrize(
    ("op", "drunk", "poured", "expected"),
    [
        ("after", "2026-03-27T10:01:00+00:00", "2026-03-27T10:00:00+00:00", True),
        ("after", "2026-03-27T10:00:00+00:00", "2026-03-27T10:00:00+00:00", False),
        ("on_or_after", "2026-03-27T10:00:00+00:00", "2026-03-27T10:00:00+00:00", True),
        ("on_or_before", "2026-03-27T10:00:00+00:00", "2026-03-27T11:00:00+01:00", True),
        ("before", "2026-03-27T10:00:00+01:00", "2026-03-27T09:30:00+00:00", True),
        ("after", "2026-03-27T10:00:00+00:00", {"about": "2026-03"}, False),  # it could be either
        ("before", "2026-03-27T10:00:00+00:00", {"about": "2026-03"}, False),
        ("after", "2026-04-01T00:00:00+01:00", {"about": "2026-03"}, True),
        ("after", "2026-04-01T00:00:00+01:00", {"about": "2025"}, True),
        ("after", "2026-04-01T00:00:00+01:00", {"none": "not_known"}, False),
        ("after", "nonsense", "2026-03-27T10:00:00+00:00", False),
    ],
)
def test_times_compare_only_when_every_meaning_agrees(op: str, drunk: str, poured: object, expected: bool) -> None:
    """An approximate date never makes a false alarm."""
    tree = f'{{ question = "drunk", {op} = {{ question = "poured" }} }}'

    assert holds(tree, {"drunk": drunk, "poured": poured}) is expected


def test_times_can_be_moved_by_days_and_months() -> None:
    """Three months and a day after today, and facts nobody knows."""
    tree = '{ question = "drunk", after = { fact = "today", months = 3, days = 1 } }'

    assert holds(tree, {"drunk": "2026-05-02T00:00:00+01:00"}, today="2026-01-31")
    assert not holds(tree, {"drunk": "2026-05-01T23:59:00+01:00"}, today="2026-01-31")
    assert not holds(tree, {"drunk": "2026-05-02T00:00:00+01:00"})
    assert not holds(
        '{ question = "drunk", after = { fact = "today", days = -40000 } }', {"drunk": "x"}, today="0002-01-01"
    )


def test_a_hidden_answer_counts_as_none() -> None:
    """Two steps: what hides a question hides what hangs on it."""
    chain = (
        '[[section.question]]\nid = "first"\nlabel = "F"\ntype = "yes_no"\nsource = "J"\n'
        'show_when = { question = "wants", is = true }\n'
    )
    form = form_with('{ question = "first", is = true }', chain)

    assert {"first", "shown"} <= shown(form, {"wants": True, "first": True})
    assert not {"first", "shown"} & shown(form, {"wants": False, "first": True})


def test_a_section_hides_all_its_questions() -> None:
    """Its condition joins theirs."""
    text = (
        HEAD
        + QUESTIONS
        + (
            '[[section]]\nid = "two"\nnumber = 2\ntitle = "Two"\nshow_when = { question = "wants", is = true }\n'
            '[[section.question]]\nid = "inside"\nlabel = "I"\ntype = "text"\nsource = "J"\n'
        )
    )
    form = load(text, file="tea.toml")

    assert "inside" not in shown(form, {})
    assert "inside" in shown(form, {"wants": True})


TESTS: st.SearchStrategy[Condition] = st.builds(
    Comparison,
    st.builds(Subject, st.just("question"), st.sampled_from(["wants", "kind"])),
    st.sampled_from(["is", "is_not"]),
    st.sampled_from([True, False, "black", "green"]),
)
TREES: st.SearchStrategy[Condition] = st.recursive(
    TESTS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "wants": st.booleans() | st.none(),
        "kind": st.sampled_from(["black", "green", {"none": "not_said"}]),
    },
)
PLAIN = load(HEAD + QUESTIONS, file="tea.toml")


@given(TREES, TREES, ANSWERS)
def test_the_laws_of_logic_hold(one: Condition, two: Condition, answers: dict[str, Any]) -> None:
    """Not not, and De Morgan both ways."""
    filled = Filled(PLAIN, answers)

    assert filled.holds(Not(Not(one))) is filled.holds(one)
    assert filled.holds(Not(All((one, two)))) is filled.holds(AnyOf((Not(one), Not(two))))
    assert filled.holds(Not(AnyOf((one, two)))) is filled.holds(All((Not(one), Not(two))))


@given(TREES, ANSWERS, st.text(max_size=5))
def test_only_what_a_condition_leans_on_can_change_it(tree: Condition, answers: dict[str, Any], noise: str) -> None:
    """Any other answer makes no difference."""
    elsewhere = {**answers, "notes": noise, "cups": 7}
    for name in {"wants", "kind"} - leans_on(tree):
        elsewhere[name] = None

    assert Filled(PLAIN, elsewhere).holds(tree) is Filled(PLAIN, answers).holds(tree)


@given(st.permutations(range(4)))
def test_the_latest_row_does_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    """A row with no time counts as earlier than any with one."""
    rows = [{"id": str(place), "at": f"2026-03-2{place}T10:00:00+00:00"} for place in range(3)] + [{"id": "3"}]

    assert latest_row([rows[place] for place in order], "at")["id"] == "2"


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.just(LONDON)), st.integers(-600, 600))  # noqa: DTZ001
def test_moving_by_months_keeps_the_order_of_moments(moment: datetime, months: int) -> None:
    """A later month is never earlier; nought months is no move."""
    here = span(moment.isoformat())
    assert here is not None

    assert shifted(here, days=0, months=0) == here
    moved = shifted(here, days=0, months=months)
    assert (moved.first >= here.first) is (months >= 0)


def test_numbers_that_are_not_numbers() -> None:
    """Neither true nor infinity counts."""
    assert [number(value) for value in (True, "Infinity", "nan", "x", None)] == [None] * 5
    assert str(number("40.50")) == "40.50"


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ('"wants"', "a condition should be a table"),
        ("{ }", "a condition should be a table"),
        ("{ all = [] }", "should hold a list of conditions"),
        ("{ every = [] }", "no condition begins with 'every'"),
        ('{ all = [{ question = "wants", is = true }], any = [] }', "should say one thing"),
        ('{ question = "wants" }', "one subject and one of"),
        ('{ question = "wants", is = true, is_not = false }', "one subject and one of"),
        ('{ question = "wants", column = "x", is = true }', "one question, one column or one fact"),
        ('{ question = ["wants"], is = true }', "should be a name in quotes"),
        ('{ question = "wants", answered = "yes" }', "true or false"),
        ('{ question = "cups", more_than = true }', "a whole number"),
        ('{ question = "kind", is = [1] }', "cannot compare with this"),
        ('{ question = "kind", one_of = [] }', "texts in quotes"),
        ('{ question = "kind", is = { question = "kind" } }', "compares with a fixed value"),
        ('{ question = "drunk", after = { question = "poured", weeks = 1 } }', "'days' or 'months'"),
        ('{ question = "drunk", after = { question = "poured", days = 1.5 } }', "'days' or 'months'"),
        ('{ question = "cups", more_than = { question = "cups", days = 1 } }', "shift times, not numbers"),
        ('{ question = "cups", more_than = { question = "kind" } }', "cannot use it"),
        ('{ question = "drunk", after = "27 March" }', "not a date such as"),
        ('{ question = "drunk", after = { question = "kind" } }', "cannot use it"),
        ('{ fact = "moonlight", answered = true }', "no fact is called 'moonlight'"),
        ('{ fact = "today", is = "x" }', "cannot be compared by 'is'"),
        ('{ column = "at", answered = true }', "no column is called 'at'"),
        ('{ rows = "kind" }', "no repeating group is called 'kind'"),
        ('{ rows = "pots", at_least = 0 }', "above nought"),
        ('{ rows = "pots", at_least = true }', "above nought"),
        ('{ rows = ["pots"] }', "names in quotes"),
        ('{ rows = "pots", most = 3 }', "has no 'most'"),
        ('{ rows = "pots", latest = "kind" }', "no date or time column 'kind'"),
        ('{ rows = "pots", where = { column = "colour", answered = true } }', "no column is called 'colour'"),
        ('{ question = "notes", is = "x" }', "cannot be compared by 'is'"),
        ('{ question = "with", has = "honey" }', "has no option 'honey'"),
        ('{ question = "kind", one_of = ["black", "red"] }', "has no option 'red'"),
    ],
)
def test_a_condition_that_means_nothing_is_a_load_error(tree: str, says: str) -> None:
    """Shape, names and types, each on the line of the condition."""
    with pytest.raises(DefinitionError) as caught:
        form_with(tree)

    lines = (HEAD + QUESTIONS + ROWS).count("\n") + 6
    assert says in str(caught.value)
    assert caught.value.line == lines


def test_always_and_never_can_be_written_out() -> None:
    """True and false are conditions."""
    assert holds("true", {})
    with pytest.raises(DefinitionError, match="can never be shown"):
        form_with("false")
    assert condition(True, (), {}) == All(())
