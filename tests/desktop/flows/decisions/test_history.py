"""What was decided already, and what came together by itself."""

from __future__ import annotations

import pytest

from casework.identifiers import OfficerId
from casework.records import Kind
from desktop.flows.decisions.conflicts import decide, decisions
from desktop.flows.decisions.history import decided, merged
from desktop.flows.desk import Desk
from desktop.store.database.remembered import COLLEAGUES
from tests.desktop.flows.colleague import PATH, Colleague, Shared, arrives, share

MINE = "By 20:00 on a school night."
THEIRS = "Ring her nan, then the manager."


@pytest.fixture
def shared(desk: Desk) -> Shared:
    found = share(desk)
    found.mine("missing_when", MINE)
    found.mine("risk_level", "high")
    dele = Colleague()
    arrives(desk, dele.says(found.view, PATH, THEIRS), dele.says(found.view, "f/late_not_missing", "A text at nine."))
    return found


def test_what_only_one_of_them_changed_is_in_and_counted(shared: Shared) -> None:
    (found,) = decisions(shared.desk)
    labels = merged(shared.desk, found)

    assert len(labels) == 2
    assert found.label not in labels
    assert shared.desk.vault.view(shared.record_id).answer("f/late_not_missing") == "A text at nine."


def test_what_both_knew_is_not_counted(shared: Shared) -> None:
    """The answers the plan began with, and what was written by somebody who had both texts in sight."""
    desk, dele = shared.desk, Colleague("o2", "d3")
    (found,) = decisions(desk)
    before = merged(desk, found)
    arrives(desk, dele.says(desk.vault.view(shared.record_id), "f/normal_pattern", "Pauline", hlc="f" * 16))

    assert merged(desk, found) == before


@pytest.mark.parametrize(
    ("value", "kept"),
    [(MINE, "kept your text"), (THEIRS, "kept Another officer (o2)’s text"), ("Other words.", "wrote a new one")],
)
def test_a_decision_says_who_and_whose_text(shared: Shared, value: str, kept: str) -> None:
    (found,) = decisions(shared.desk)
    assert decided(shared.desk, shared.record_id) == ()

    made = decide(shared.desk, shared.record_id, PATH, value, "Agreed by phone.", shown=found.shown)

    (one,) = decided(shared.desk, shared.record_id)
    assert made.kind is Kind.RESOLVE
    assert (one.said.op_id, one.said.mine, one.said.text, one.kept, one.reason, one.label) == (
        made.op_id,
        True,
        value,
        kept,
        "Agreed by phone.",
        found.label,
    )


def test_keeping_both_is_said_so(shared: Shared) -> None:
    (found,) = decisions(shared.desk)
    decide(shared.desk, shared.record_id, PATH, found.both, shown=found.shown)

    assert decided(shared.desk, shared.record_id)[0].kept == "kept every text"


def test_a_colleague_goes_by_the_name_the_council_told(shared: Shared) -> None:
    shared.desk.vault.settings.put(COLLEAGUES, {OfficerId("o2"): "Dele Winterbourne"})

    assert [side.name for side in decisions(shared.desk)[0].sides] == ["Dele Winterbourne", shared.desk.officer.name]
