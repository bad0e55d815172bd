"""What came back to its author, on the page: what can be done follows the record; all has its name and its room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktop.flows.council import not_taken_in
from desktop.flows.council.sending import waiting_count
from desktop.flows.decisions.conflicts import decisions
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from tests.desktop.flows.colleague import PATH, Colleague, Shared, arrives, share
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_access import LEAST_TARGET, cut_in, spoken, stops

MINE = "If Wren is not back by 20:00, ring the on-call manager."
WHY = "Say it once more, with the hour."
AT = "2026-03-27T14:40:00+00:00"


@pytest.fixture
def shared(driven: Driven) -> Shared:
    return share(driven.shell.desk, driven.planted.child_id)


def comes_back(shared: Shared, status: str = "returned") -> str:
    """The last thing said about the plan; the council has the rest."""
    outbox = shared.desk.vault.outbox
    *rest, last = [waiting.op_id for waiting in outbox.waiting()]
    for op_id in rest:
        outbox.answered(op_id, "accepted", at=AT)
    outbox.answered(last, status, detail=WHY, at=AT)
    return last


def shown(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_today_leads_to_it_and_it_goes_again(driven: Driven, shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    item = comes_back(shared)
    driven.go("today")
    driven.click(f"today/returned/{item}")
    assert shown(driven, "header/title") == "Given back to you"
    driven.click("returned/again")

    assert shared.desk.vault.view(shared.record_id).answer(PATH) == MINE
    assert waiting_count(shared.desk) == 1
    assert driven.window.messages.history[-1].title == not_taken_in.SAID


def test_what_a_colleague_wrote_since_stands_beside_it_until_somebody_decides(driven: Driven, shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    item = comes_back(shared)
    arrives(shared.desk, Colleague().says(shared.view, PATH, "By 21:00, ring her nan."))
    driven.go("returned", item)
    assert shown(driven, "returned/words/0/now") == "By 21:00, ring her nan."
    driven.click("returned/again")

    assert driven.window.messages.history[-1].title == not_taken_in.BOTH
    (found,) = decisions(shared.desk)
    assert {side.text for side in found.sides} == {MINE, "By 21:00, ring her nan."}


def test_beside_a_signed_record_it_becomes_a_proposal(driven: Driven, shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    item = comes_back(shared)
    lock_record(shared.desk, shared.record_id, name="Nadia Brightwater", ink=None)
    driven.go("returned", item)
    driven.click("returned/again")

    assert driven.window.messages.history[-1].title == not_taken_in.PROPOSED
    (found,) = decisions(shared.desk)
    assert (found.signed, [side.text for side in found.sides]) == (True, [MINE])
    assert shared.desk.vault.view(shared.record_id).signatures[0].intact


def test_how_a_record_began_is_not_said_again(driven: Driven, shared: Shared) -> None:
    """It stays on this laptop as its author has it, and the page says what to do."""
    item = comes_back(shared, "rejected")
    driven.go("returned", item)

    assert not driven.shows("returned/again")
    assert shown(driven, "returned/hint").startswith("The record began with this.")
    driven.click("returned/done")
    assert editing.open_record(shared.desk, shared.record_id).answers["missing_when"]


def test_what_is_not_taken_in_does_not_count_as_waiting_to_be_sent(driven: Driven, shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    comes_back(shared, "quarantined")
    driven.go("sending")
    texts = [label.text() for label in driven.window.findChildren(QLabel) if label.isVisible()]

    assert waiting_count(shared.desk) == 0
    assert "Everything else here has been received." in texts
    assert "Everything here has been received." not in texts


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_has_a_name_and_its_room(driven: Driven, shared: Shared, percent: int) -> None:
    shared.mine("missing_when", MINE)
    item = comes_back(shared)
    driven.window.resize(1280, 720)
    driven.look("light", percent)
    for page in (("returned", item), ("sending", ""), ("today", ""), ("resolve", "")):
        driven.go(*page)
        assert list(cut_in(driven.window)) == [], page
        reached = stops(driven.window)
        names = [widget.objectName() for widget in reached]
        assert [widget.objectName() for widget in reached if not spoken(widget)] == []
        assert len(set(names)) == len(names)
        assert [w.objectName() for w in reached if min(w.width(), w.height()) < LEAST_TARGET] == []
