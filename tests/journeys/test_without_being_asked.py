"""What a laptop does by itself: sends when it can, stays locked when it was away too long, asks before it lets go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from central.people.revoking import revoke
from desktop.compose import build_catalogue
from desktop.flows.access.errors import LeaseEnded
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import PREFERENCES, Preferences, keep
from desktop.flows.access.unlocking import Gate
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.store.database.remembered import Setting
from desktop.ui.app import application, build_window
from desktop.ui.window import MainWindow
from tests.central.running import Council, running
from tests.desktop.doors import set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"
Unlocked = Callable[[], MainWindow]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("nadia")
        yield found


@pytest.fixture
def gate(council: Council, tmp_path: Path) -> Gate:
    """One laptop that has joined, with one child not sent yet."""
    gate = Gate(tmp_path / "home", build_catalogue(), council.clock)
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    join(desk, council.url, council.code("nadia"))
    child(desk, "Wren")
    desk.vault.close()
    return gate


@pytest.fixture
def unlocked(gate: Gate, qtbot: QtBot) -> Iterator[Unlocked]:
    windows: list[MainWindow] = []

    def one() -> MainWindow:
        application()
        window = build_window(gate)
        qtbot.addWidget(window)
        window.show()
        windows.append(window)
        qtbot.keyClicks(named(window, "unlock/passphrase"), PASSPHRASE)
        named(window, "unlock/go").click()  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
        return window

    yield one
    for window in windows:
        window.close()


def child(desk: Desk, name: str) -> str:
    return editing.new_record(desk, "child", known={"given_name": name})


def named(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found


def open_desk(gate: Gate) -> Desk:
    return gate.unlock(gate.only().folder, PASSPHRASE)


def test_what_waits_goes_without_anybody_pressing_anything(unlocked: Unlocked, qtbot: QtBot) -> None:
    window = unlocked()
    assert window.shell is not None
    outbox = window.shell.desk.vault.outbox
    assert outbox.count() == 1

    qtbot.waitUntil(lambda: outbox.count() == 0, timeout=20_000)
    qtbot.waitUntil(lambda: named(window, "strip/waiting").text() == "Nothing waiting to send")  # type: ignore[attr-defined]


def test_nothing_goes_by_itself_when_its_person_wants_to_be_asked(gate: Gate, unlocked: Unlocked, qtbot: QtBot) -> None:
    desk = open_desk(gate)
    keep(desk, Preferences(sends_itself=False))
    desk.vault.close()
    window = unlocked()
    assert window.shell is not None

    qtbot.wait(4_500)

    assert window.shell.desk.vault.outbox.count() == 1


def test_a_person_who_wants_to_be_asked_is_not_sent_for_nor_sealed(gate: Gate) -> None:
    desk = open_desk(gate)
    keep(desk, Preferences(sends_itself=False))
    record = child(desk, "Otto")
    editing.save(desk, record, "f/known_as", "Ott")
    before = desk.vault.outbox.count()
    done = sending.sync_by_itself(desk)
    kept = set(desk.vault.drafts.of(record)), desk.vault.outbox.count()
    desk.vault.close()

    assert done is None
    assert kept == ({"f/known_as"}, before)


def test_whether_to_ask_first_is_not_read_on_the_thread_of_the_window(
    unlocked: Unlocked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = unlocked()
    assert window.shell is not None
    settings, on_window = window.shell.desk.vault.settings, []
    get = settings.get

    def watched(wanted: Setting[Any]) -> Any:
        if wanted is PREFERENCES:
            on_window.append(current_thread() is main_thread())
        return get(wanted)

    monkeypatch.setattr(settings, "get", watched)
    qtbot.waitUntil(lambda: bool(on_window), timeout=20_000)

    assert on_window == [False]


def test_a_record_somebody_is_typing_in_is_left_alone_until_a_pause(gate: Gate, council: Council) -> None:
    desk = open_desk(gate)
    record = child(desk, "Otto")
    editing.save(desk, record, "f/known_as", "Ott")
    desk.now = lambda: desk.vault.drafts.of(record)["f/known_as"].saved_at
    sending.sync_by_itself(desk)
    while_typing = set(desk.vault.drafts.of(record))
    desk.now = lambda: council.clock.at.replace(year=council.clock.at.year + 10)
    editing.seal_all(desk, untouched_since=desk.now() - sending.PAUSE)

    assert while_typing == {"f/known_as"}
    assert desk.vault.drafts.of(record) == {}
    desk.vault.close()


def test_a_laptop_away_too_long_stays_locked_until_the_council_is_heard(gate: Gate, council: Council) -> None:
    desk = open_desk(gate)
    sending.sync(desk)
    kept = child(desk, "Fennel")
    desk.vault.close()
    council.clock.move(days=40)
    council.stop()

    with pytest.raises(LeaseEnded, match="Nothing on it is lost"):
        open_desk(gate)
    council.restart()
    desk = open_desk(gate)

    assert desk.vault.view(kept).answer("f/given_name") == "Fennel"
    desk.vault.close()


def test_a_laptop_whose_clock_runs_a_year_ahead_opens_once_the_council_is_heard(gate: Gate, council: Council) -> None:
    desk = open_desk(gate)
    sending.sync(desk)
    desk.vault.close()
    council.clock.move(hours=1)
    gate.now = lambda: council.clock() + timedelta(days=366)

    desk = open_desk(gate)

    assert desk.officer.name == "Nadia"
    desk.vault.close()


def test_a_withdrawn_laptop_away_too_long_is_erased_at_the_door(gate: Gate, council: Council) -> None:
    desk = open_desk(gate)
    sending.sync(desk)
    device, folder = desk.device.id, desk.vault.folder
    desk.vault.close()
    with council.service.database.writing() as connection:
        revoke(connection, device, "wipe", council.clock(), root=council.root())
    council.clock.move(days=40)

    with pytest.raises(LeaseEnded, match="has been erased"):
        open_desk(gate)

    assert not folder.exists()


def test_many_records_leave_only_when_a_person_says_so(
    gate: Gate, council: Council, unlocked: Unlocked, qtbot: QtBot
) -> None:
    desk = open_desk(gate)
    children = [child(desk, f"Child {number}") for number in range(11)]
    sending.sync(desk)
    for lost in children:
        council.withdraw("nadia", lost)
    desk.vault.close()
    window = unlocked()
    assert window.shell is not None
    window.rest_courier()
    vault = window.shell.desk.vault
    window.shell.go("sending")
    qtbot.waitUntil(lambda: window.store.idle)
    named(window, "sending/now").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.findChild(QWidget, "sending/let-go") is not None, timeout=20_000)
    before = len(vault.summaries(form_id="child"))
    named(window, "sending/let-go").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(vault.summaries(form_id="child")) == 1, timeout=20_000)

    assert before == 12
