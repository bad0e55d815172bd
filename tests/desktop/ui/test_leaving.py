"""Each page is left in the middle of its work: nothing breaks or ends, and a failure is shown where one is."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casework.errors import VaultError
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GroupKind
from desktop.flows.groups.minutes import keep_agenda
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.screens import SCREENS
from tests.desktop.ui.conftest import PASSPHRASE, Driven

ABOUT_A_RECORD = {"form", "sign", "documents", "preview", "resolve", "history", "paper"}
POLICE = {"police": "missing_manager", "police_month": "missing_manager"}
ROLES = POLICE | {
    "letter": "cme_officer",
    "notice": "missing_manager",
    "team": "missing_manager",
    "themes": "missing_manager",
    "chair": "missing_manager",
    "commission": "missing_manager",
    "figures": "missing_manager",
}
RECEIPT = "receipt_to_school"


def whoever_goes_to(driven: Driven, place: str) -> None:
    """Some places are a role's own: the laptop becomes that officer's."""
    desk = driven.shell.desk
    if place in ROLES:
        officer = Officer(id=OfficerId("o2"), name="Tom Applegarth", role=ROLES[place], council="Ashmere Council")
        desk.vault.settings.put(OFFICER, officer)
        desk.joined_anew()
        driven.go("today")


def a_notice(driven: Driven) -> str:
    desk = driven.shell.desk
    editing.new_record(desk, "missing_episode", driven.planted.child_id, {"last_seen_at": "2026-03-26T11:25:00+00:00"})
    return desk.vault.summaries(form_id="notice")[0].record_id


def about(driven: Driven, place: str) -> str:
    if place in ABOUT_A_RECORD:
        return driven.planted.interview_id
    if place == "notice":
        return a_notice(driven)
    if place == "meeting":
        return keep_agenda(driven.shell.desk, GroupKind.OPERATIONAL)
    if place == "police_month":
        return "2026-02"
    if place == "letter":
        return editing.new_record(driven.shell.desk, "cme_case", driven.planted.child_id)
    known = dict.fromkeys(("before", "blank", "child", "find_me", "new", "placements"), driven.planted.child_id)
    return (known | {"commission": driven.planted.episode_id}).get(place, "")


@pytest.fixture(params=sorted(SCREENS))
def going(driven: Driven, request: pytest.FixtureRequest) -> str:
    """The place that was just gone to, with what it shows still on its way."""
    place = str(request.param)
    record_id = about(driven, place)
    whoever_goes_to(driven, place)
    driven.shell.go(place, record_id, RECEIPT if place == "letter" else "")
    return place


def test_a_page_is_left_before_what_it_fetched_has_come(driven: Driven, going: str) -> None:
    assert driven.window.where.place == going
    QTest.keyClick(driven.window, Qt.Key.Key_F6)
    driven.shell.go("today")
    driven.settle()

    assert driven.window.messages.history == []
    assert driven.window.where.place == "today"


def test_no_page_that_was_left_is_kept(driven: Driven) -> None:
    """By Tab as well: each press asks every part of the window for the one after it."""
    left = {}
    for place in sorted(SCREENS, key=lambda place: (ROLES.get(place, ""), place)):
        record_id = about(driven, place)
        whoever_goes_to(driven, place)
        driven.go(place, record_id, RECEIPT if place == "letter" else "")
        QTest.keyClick(driven.window, Qt.Key.Key_Tab)
        assert driven.window.frame is not None
        left[place] = weakref.ref(driven.window.frame.screen_shown)
        driven.go("help")
    driven.go("today")
    gc.unfreeze()  # a page that was there while modules came was laid aside with them
    gc.collect()

    assert [place for place, page in left.items() if page() is not None] == []


def test_keys_come_too_early(driven: Driven, going: str) -> None:
    """Every key of the window, on a page that waits for what it shows."""
    shown = driven.window.frame.screen_shown if driven.window.frame else None
    assert shown is not None
    for verb in ("save_now", "next_problem", "use_note", "panes", "acts", "crumbs", "title", "subtitle", "first_focus"):
        getattr(shown, verb)()
    QTest.keyClick(driven.window, Qt.Key.Key_F6)
    driven.settle()

    assert driven.window.where.place == going


def test_a_failure_of_a_page_that_was_left_is_shown_on_the_next(driven: Driven) -> None:
    def gone() -> None:
        message = "The disk is gone."
        raise VaultError(message)

    driven.go("children")
    shown = driven.window.frame.screen_shown if driven.window.frame else None
    assert shown is not None
    driven.shell.run(shown, gone, lambda _done: None)
    driven.shell.go("today")
    shown.deleteLater()
    driven.settle()

    assert driven.shows("notice")
    assert driven.window.messages.history[-1].title == "The disk is gone."


def test_a_door_left_while_it_opens_leaves_nothing_open(locked: Driven) -> None:
    """Somebody presses another button while the passphrase is stretched: the store is closed again, and opens later."""
    locked.type("unlock/passphrase", PASSPHRASE)
    QTest.keyClick(locked.find("unlock/passphrase"), Qt.Key.Key_Return)
    locked.window.show_setup(first=False)
    locked.settle()
    assert locked.window.shell is None
    locked.window.show_door()
    locked.settle()
    locked.unlock()

    assert locked.window.shell is not None


def test_a_door_left_when_the_store_is_open_already_opens_nothing(locked: Driven) -> None:
    """The worker is done before the page is left, and the window hears of it afterwards."""
    locked.type("unlock/passphrase", PASSPHRASE)
    QTest.keyClick(locked.find("unlock/passphrase"), Qt.Key.Key_Return)
    locked.window.store._pool.submit(int).result()
    locked.window.show_setup(first=False)
    locked.settle()

    assert locked.window.shell is None


def test_trouble_with_locking_is_said_at_the_door(driven: Driven, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        message = "The disk is full."
        raise VaultError(message)

    vault = driven.shell.desk.vault
    with monkeypatch.context() as patched:
        patched.setattr("desktop.ui.window.lock", full)
        driven.window.lock()
        driven.settle()

    assert driven.shows("notice")
    vault.close()


def test_a_re_keying_goes_on_when_its_page_is_gone(driven: Driven) -> None:
    """It tells nobody how far it is, and the store it opened is closed again for whoever comes to the door."""
    new = "pebble harbour violet engine forty walrus"
    driven.window.rekey(PASSPHRASE, new)
    driven.window.show_door()
    driven.settle()
    assert driven.window.shell is None
    driven.type("unlock/passphrase", new)
    driven.key(Qt.Key.Key_Return)
    driven.settle()

    assert driven.window.shell is not None
