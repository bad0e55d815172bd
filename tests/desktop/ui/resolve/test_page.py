"""Deciding between two texts on the screen: both are there, the choice is by mouse or keyboard, and later is fine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit

from casework.identifiers import OfficerId
from desktop.flows.decisions.conflicts import decisions
from desktop.flows.signing.signing import lock_record
from desktop.store.database.remembered import COLLEAGUES
from desktop.ui.kit.basics.labels import marked
from desktop.ui.resolve.marking import changed
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, Shared, arrives, share
from tests.desktop.ui.conftest import PASSPHRASE, Driven
from tests.desktop.ui.test_access import cut_in

CONTROL = Qt.KeyboardModifier.ControlModifier
MINE = "If Wren is not back by 20:00 on a school night, ring the on-call manager."
THEIRS = "If Wren is not back by 21:00, ring her nan, Pauline, then the on-call <manager> & tell school."


@pytest.fixture
def plan(driven: Driven) -> Shared:
    """Two people, one plan, no network."""
    shared = share(driven.shell.desk, driven.planted.child_id)
    shared.mine("missing_when", MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    return shared


@pytest.fixture
def resolve(driven: Driven, plan: Shared) -> Driven:
    driven.go("resolve", plan.record_id)
    return driven


def words(driven: Driven, name: str) -> str:
    """As a screen reader says them: what a person wrote, without the marks."""
    widget = driven.find(name)
    assert isinstance(widget, QLabel)
    return widget.accessibleName() or widget.text()


def answer(plan: Shared) -> object:
    view = plan.desk.vault.view(plan.record_id)
    return None if view.conflicts else view.answer(PATH)


def test_today_leads_to_both_texts_and_what_was_there_before(driven: Driven, plan: Shared) -> None:
    driven.go("today")
    driven.click(f"today/decide/{plan.record_id}")

    assert words(driven, "resolve/before") == BEFORE
    assert words(driven, "resolve/shown/0") == THEIRS
    assert words(driven, "resolve/shown/1") == MINE
    title = driven.find("header/title")
    assert isinstance(title, QLabel)
    assert title.text() == "Two people changed the same answer"


@pytest.mark.parametrize("place", ["sending", "sign", "form"])
def test_other_pages_lead_here_too(driven: Driven, plan: Shared, place: str) -> None:
    driven.go(place, plan.record_id)
    driven.click("sending/decide" if place == "sending" else f"{place}/conflicts/decide")

    assert words(driven, "resolve/shown/0") == THEIRS


@pytest.mark.parametrize(("choice", "text"), [("mine", MINE), ("theirs", THEIRS)])
def test_one_of_the_two_goes_in_as_written(resolve: Driven, plan: Shared, choice: str, text: str) -> None:
    resolve.click(f"resolve/{choice}")
    resolve.type("resolve/reason", "Agreed by phone.")
    resolve.click("resolve/decide")

    assert answer(plan) == text
    assert resolve.shows("resolve/none")
    assert plan.desk.vault.operations(plan.record_id)[-1].body["reason"] == "Agreed by phone."


def test_keeping_both_shows_what_that_gives_and_keeps_each_whole(resolve: Driven, plan: Shared) -> None:
    both = decisions(plan.desk)[0].both
    resolve.click("resolve/both")
    box = resolve.find("resolve/text")
    assert isinstance(box, QTextEdit)
    assert (box.toPlainText(), box.isReadOnly()) == (both, True)
    resolve.click("resolve/decide")

    assert answer(plan) == both
    assert MINE in both
    assert THEIRS in both


def test_a_new_text_by_keyboard_alone(resolve: Driven, plan: Shared) -> None:
    """Space chooses, the box takes the keyboard, Ctrl and Enter decide."""
    resolve.find("resolve/new").setFocus()
    resolve.key(Qt.Key.Key_Space)
    QTest.keyClicks(resolve.find("resolve/text"), "By 20:00, ring Pauline.")
    resolve.key(Qt.Key.Key_Return, CONTROL)

    assert answer(plan) == "By 20:00, ring Pauline."


def test_nothing_is_decided_before_something_is_chosen_or_written(resolve: Driven, plan: Shared) -> None:
    assert not resolve.find("resolve/decide").isEnabled()
    resolve.key(Qt.Key.Key_Return, CONTROL)
    assert answer(plan) is None
    resolve.click("resolve/new")
    resolve.key(Qt.Key.Key_Return, CONTROL)

    assert answer(plan) is None
    assert resolve.shows("notice")


def test_finishing_later_survives_a_restart(resolve: Driven, plan: Shared) -> None:
    """The decision waits, and so does a text that was half written; neither was decided by the lock."""
    resolve.click("resolve/new")
    resolve.type("resolve/text", "By 20:00, and")
    resolve.click("resolve/later")
    assert resolve.shows(f"today/decide/{plan.record_id}")
    resolve.window.lock()
    resolve.settle()
    resolve.unlock()
    resolve.click(f"today/decide/{plan.record_id}")
    box = resolve.find("resolve/text")

    assert isinstance(box, QTextEdit)
    assert box.toPlainText() == "By 20:00, and"
    assert (words(resolve, "resolve/shown/0"), words(resolve, "resolve/shown/1")) == (THEIRS, MINE)
    assert decisions(resolve.shell.desk)[0].record_id == plan.record_id


def test_a_third_text_that_arrives_is_shown_and_not_replaced(resolve: Driven, plan: Shared) -> None:
    resolve.click("resolve/mine")
    arrives(plan.desk, Colleague("o3", "d3").says(plan.view, PATH, "A third text."))
    resolve.click("resolve/decide")
    resolve.settle()

    assert answer(plan) is None
    assert resolve.shows("notice")
    shown = {words(resolve, f"resolve/shown/{number}") for number in range(3)}
    assert shown == {MINE, THEIRS, "A third text."}


def test_the_next_decision_follows(driven: Driven, plan: Shared) -> None:
    plan.mine("late_not_missing", "Half an hour.")
    arrives(plan.desk, Colleague("o3", "d3").says(plan.view, "f/late_not_missing", "An hour."))
    driven.go("resolve", plan.record_id, PATH)
    driven.click("resolve/theirs")
    driven.click("resolve/decide")
    driven.settle()

    assert words(driven, "resolve/shown/0") == "An hour."
    driven.click("resolve/mine")
    driven.click("resolve/decide")
    assert driven.shows("resolve/none")


@pytest.fixture
def signed(driven: Driven) -> Shared:
    """A text from before the signature arrives after it."""
    shared = share(driven.shell.desk, driven.planted.child_id)
    lock_record(shared.desk, shared.record_id, name="Nadia Brightwater", ink=None)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    driven.go("today")
    driven.click(f"today/decide/{shared.record_id}")
    return shared


def test_what_arrived_after_a_signature_becomes_a_correction(driven: Driven, signed: Shared) -> None:
    assert (words(driven, "resolve/before"), words(driven, "resolve/shown/0")) == (BEFORE, THEIRS)
    driven.click("resolve/correct")
    driven.type("resolve/reason", "Agreed by phone.")
    driven.type("resolve/passphrase", PASSPHRASE)
    driven.click("resolve/decide")
    view = signed.desk.vault.view(signed.record_id)

    assert (view.amendments[0].changes[0].value, view.answer(PATH)) == (THEIRS, BEFORE)
    assert driven.shows("resolve/none")


def test_what_arrived_after_a_signature_can_be_left_out(driven: Driven, signed: Shared) -> None:
    driven.click("resolve/leave")
    driven.click("resolve/decide")

    assert signed.desk.vault.view(signed.record_id).amendments == ()
    assert driven.shows("resolve/none")


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut(driven: Driven, plan: Shared, percent: int) -> None:
    driven.window.resize(1280, 720)
    driven.look("light", percent)
    driven.go("resolve", plan.record_id)
    driven.click("resolve/both")

    assert list(cut_in(driven.window)) == []


def test_marks_never_change_a_letter() -> None:
    """Runs put together are the text; markup in somebody's words is words."""
    runs = changed(BEFORE, THEIRS)

    assert "".join(run for _differs, run in runs) == THEIRS
    assert next(run.strip() for differs, run in runs if differs).startswith("her nan")
    assert "&lt;" in marked(runs, "<span>")


def test_what_was_decided_and_what_needed_nobody_stands_beside_it(driven: Driven, plan: Shared) -> None:
    """One decision made, one left: who made it and whose text it was; the answers that only one changed are named."""
    dele = Colleague("o2", "d3")
    plan.mine("risk_level", "high")
    plan.mine("late_not_missing", "Half an hour.")
    arrives(plan.desk, dele.says(plan.view, "f/risk_level", "low"))
    plan.desk.vault.settings.put(COLLEAGUES, {OfficerId("o2"): "Dele Winterbourne"})
    driven.go("resolve", plan.record_id)
    assert not driven.shows("resolve/decided/0")
    assert "every change is in" in words(driven, "resolve/merged") or "changed it" in words(driven, "resolve/merged")

    driven.click("resolve/theirs")
    driven.click("resolve/decide")

    said = words(driven, "resolve/decided/0")
    assert said.startswith("You kept Dele Winterbourne’s text, ")
    assert driven.shows("resolve/left/0")
