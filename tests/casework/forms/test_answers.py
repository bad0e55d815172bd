"""Whether a value can be an answer: every type, its good values, and what it refuses in one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import AnswerError
from casework.forms import Filled, Question, QuestionType, check_answer, check_file, display, findings, progress
from casework.forms.wording import option_label, row_summary, say_moment, worded
from tests.casework.forms.real import catalogue, form

RHI = form("return_home_interview")
FILE = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg", "name": "river.jpg"}
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["none", "about", "code", "said_by", "typed", "strokes", "width", "x"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
GOOD = [
    ("main_reason", "To see Jude"),
    ("main_reason", {"none": "not_said"}),
    ("before", "Line one\nline two\tשלום 🙂"),
    ("seen_alone", False),
    ("mode", "video"),
    ("travel", ["bus", "walk"]),
    ("travel", []),
    ("push_factors", [{"code": "bored", "said_by": ["child_said", "worker_view"]}]),
    ("push_factors", [{"code": "bored", "said_by": []}]),
    ("started_at", "2026-03-27T14:32:00+00:00"),
    ("worker_ink", {"typed": "Nadia"}),
    ("worker_ink", {"strokes": [[[1, 2], [3, 4]]], "width": 100, "height": 40}),
    ("mode", None),
]
BAD = [
    ("main_reason", 7),
    ("main_reason", "x" * 2001),
    ("main_reason", "a\x00b"),
    ("main_reason", "half \ud800 a character"),
    ("seen_alone", "yes"),
    ("mode", "carrier_pigeon"),
    ("mode", ["video"]),
    ("mode", {"none": "no idea"}),
    ("travel", "bus"),
    ("travel", ["bus", "bus"]),
    ("travel", ["rocket"]),
    ("push_factors", ["bored"]),
    ("push_factors", [{"code": "bored", "said_by": ["the_cat"]}]),
    ("push_factors", [{"code": "bored", "said_by": ["child_said", "child_said"]}]),
    ("started_at", "2026-03-27T14:32:00"),
    ("started_at", "2026-03-27"),
    ("started_at", "2026-03-32T14:32:00+00:00"),
    ("started_at", {"about": "2026-03"}),
    ("worker_ink", {"typed": " "}),
    ("worker_ink", {"strokes": [[[1]]], "width": 100, "height": 40}),
    ("worker_ink", {"strokes": [], "width": 0, "height": 40}),
    ("places", [{"name": "Skate park"}]),
    ("due_72h", "2026-03-27"),
]


@pytest.mark.parametrize(("question", "value"), GOOD)
def test_fit_answers(question: str, value: object) -> None:
    """No exception, and words to show for it."""
    check_answer(RHI.question(question), value)
    assert display(RHI.question(question), value)


@pytest.mark.parametrize(("question", "value"), BAD)
def test_unfit_answers_are_refused_in_one_sentence(question: str, value: object) -> None:
    """The sentence names the question."""
    with pytest.raises(AnswerError, match=r"^“[^\n]*\.$"):
        check_answer(RHI.question(question), value)


@pytest.mark.parametrize(
    ("value", "is_fit"),
    [
        ("2012-02-29", True),
        ("2011-02-29", False),
        ({"about": "2011"}, True),
        ({"about": "2011-02"}, True),
        ({"about": "2011-13"}, False),
        ({"about": "2011-02-29"}, False),
        ("1899-01-01", False),
        ("29/02/2012", False),
        ("20120229", False),
        ({"about": "2011", "x": 1}, False),
        ({"none": "not_known"}, True),
    ],
)
def test_dates(value: object, is_fit: bool) -> None:
    """Exact, approximate by day, month or year, or not known; never a day that does not exist."""
    question = form("child").question("date_of_birth")
    if is_fit:
        check_answer(question, value)
    else:
        with pytest.raises(AnswerError):
            check_answer(question, value)


@pytest.mark.parametrize(
    ("value", "is_fit"),
    [
        (40, True),
        ("40.5", True),
        (True, False),
        ("forty", False),
        ("NaN", False),
        ("1e400", False),
        (40.5, False),
        (10**13, False),
    ],
)
def test_numbers(value: object, is_fit: bool) -> None:
    """Whole, or a decimal as text."""
    question = form("child").question("placement_miles")
    if is_fit:
        check_answer(question, value)
    else:
        with pytest.raises(AnswerError):
            check_answer(question, value)


def test_a_file_needs_all_that_names_it() -> None:
    """Every attachment has its `file`, though no form writes the column."""
    column = RHI.question("child_made").column("file")

    assert column is not None
    check_answer(column, FILE)
    for broken in (
        {},
        {**FILE, "sha256": "A" * 64},
        {**FILE, "bytes": True},
        {**FILE, "bytes": -1},
        {**FILE, "x": 1},
        "x",
    ):
        with pytest.raises(AnswerError):
            check_file(broken)


ASKED = [
    (form_id, question)
    for form_id in catalogue().ids()
    for top in form(form_id).questions()
    for question in (top, *top.columns)
]


@given(st.sampled_from(ASKED), JSON)
def test_any_json_is_an_answer_or_an_answer_error(asked: tuple[str, Question], value: object) -> None:
    """Nothing a laptop could be sent makes a traceback; what is fit can be shown in words."""
    try:
        check_answer(asked[1], value)
    except AnswerError:
        return
    assert isinstance(display(asked[1], value), str)


@given(st.sampled_from(catalogue().ids()), st.data())
def test_findings_and_progress_never_fail_on_any_answers(form_id: str, data: st.DataObject) -> None:
    """Findings help; they never stop anything, whatever is written."""
    definition = form(form_id)
    ids = sorted(definition.by_id)
    answers = data.draw(
        st.dictionaries(
            st.sampled_from(ids),
            JSON | st.lists(st.dictionaries(st.sampled_from(ids), JSON, max_size=3), max_size=2),
            max_size=6,
        )
    )

    assert all(found.text and found.section_id for found in findings(definition, answers))
    assert set(progress(definition, answers)) == {section.id for section in definition.sections}
    assert Filled(definition, answers).shown <= set(ids)


def test_words_for_answers() -> None:
    """As the screen and the PDF read."""
    assert display(RHI.question("started_at"), "2026-03-27T14:32:00+00:00") == "27 March 2026, 14:32"
    assert display(RHI.question("started_at"), "2026-06-27T13:32:00+00:00") == "27 June 2026, 14:32"
    assert display(RHI.question("push_factors"), [{"code": "rules_or_curfew", "said_by": ["child_said"]}], "Wren") == (
        "Rules or a time to be in (Wren said)"
    )
    assert display(RHI.question("exact_words"), value=False) == "No, I wrote them after"
    assert display(RHI.question("seen_alone"), value=True) == "Yes"
    assert display(RHI.question("before"), {"none": "not_said"}) == "Chose not to say"
    assert display(RHI.question("before"), None) == "Not provided"
    assert display(form("child").question("date_of_birth"), {"about": "2011-03"}) == "about March 2011"
    assert [say_moment({"about": text}) for text in ("2011", "2011-03-05")] == ["about 2011", "about 5 March 2011"]
    assert option_label(RHI.question("mode"), "no_longer_there") == "no longer there"
    assert worded("Where did {child} go?") == "Where did the child go?"


def test_a_row_on_one_line() -> None:
    """As drawn: name, what sort of place, when, how it felt."""
    row = {"id": "r", "name": "Skate park, Brackenford", "type": "park", "when": "About 23:00 to 00:30", "felt": "safe"}

    assert row_summary(RHI.question("places"), row) == "Skate park, Brackenford. Park. About 23:00 to 00:30. Felt safe"
    assert row_summary(RHI.question("places"), {"id": "r"}) == "Nothing written yet"
    seen = {"id": "c", "name": "Wren", "seen": True, "alone": False}
    each = form("safe_well_visit").question("children_seen")
    assert row_summary(each, seen) == "Wren. Seen: yes. Seen and spoken to alone: no"
    assert display(RHI.question("places"), [row, {**row, "type": None}]).count("Skate park") == 2


def test_a_choice_that_stands_alone_does_not_stand_beside_others() -> None:
    """“None” and something at once is a contradiction, and saving is never stopped."""
    found = findings(RHI, {"offer_decision": "yes", "health_needs": ["none", "injury"]})

    assert any("stands beside other answers" in finding.text for finding in found)
    assert QuestionType.FILE not in {question.type for question in RHI.questions()}
