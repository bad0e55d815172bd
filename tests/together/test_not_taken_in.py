"""Words that were not taken in, through two windows: a supervisor decides, and their author reads why and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from casework.identifiers import OfficerId, OperationId
from central.intake.quarantine_decisions import Deciding, Decision
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.council import not_taken_in, review, sending
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.ui.app import application
from desktop.ui.kit.basics.directions import END, LEFT_TO_RIGHT, START
from desktop.ui.window import MainWindow
from tests.central.running import Council
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted
from tests.desktop.ui.test_access import LEAST_TARGET, cut_in, spoken, stops
from tests.together.conftest import Join

CATALOGUE = build_catalogue()
MARKS = dict.fromkeys(map(ord, f"{LEFT_TO_RIGHT}{START}{END}"))
CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = "I don’t want the <b>old</b> plan. & عمر knows why."
BEFORE = "Ring my nan first."
WHY = "Wren is yours again from Monday. Say it again."
Open = Callable[[str], Driven]


class Team:
    """Ann's plan, which Ben wrote about after the child had left his caseload; and their manager."""

    def __init__(self, council: Council, join_laptop: Join, folder: Path) -> None:
        self.council, self.folder = council, folder
        council.officer("boss", "missing_manager")
        self.ann = Desk(join_laptop("ann").vault, CATALOGUE, council.clock)
        self.gates = {name: quick_gate(folder / name, CATALOGUE, council.clock) for name in ("ben", "boss")}
        self.child = editing.new_record(self.ann, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
        self.plan = editing.new_record(self.ann, "find_me_plan", self.child, {"missing_when": BEFORE})
        self.sync(self.ann)
        council.allocate("ben", self.child)
        for name, gate in self.gates.items():
            desk = set_up_quickly(gate, name.title(), PASSPHRASE)
            join(desk, council.url, council.code(name))
            keep(desk, Preferences(sends_itself=False))
            self.sync(desk)
            if name == "ben":
                self.item = self.written_too_late(desk)
            desk.vault.close()

    def sync(self, desk: Desk) -> sending.SyncReport:
        report = sending.sync(desk)
        assert report.problem is None, report
        return report

    def written_too_late(self, ben: Desk) -> str:
        editing.answer(ben, self.plan, {"missing_when": WORDS})
        self.council.withdraw("ben", self.child)
        assert self.sync(ben).quarantined == 1
        return not_taken_in.returned(ben)[0].op_id

    def synced(self, name: str) -> None:
        """Between two openings of the window."""
        gate = self.gates[name]
        desk = gate.unlock(gate.only().folder, PASSPHRASE)
        self.sync(desk)
        desk.vault.close()

    def given_back(self) -> None:
        """By the manager, on another laptop, and Ben has the child again."""
        gate = self.gates["boss"]
        desk = gate.unlock(gate.only().folder, PASSPHRASE)
        review.decide(desk, OperationId(self.item), "return", WHY)
        desk.vault.close()
        self.council.allocate("ben", self.child)


@pytest.fixture
def team(council: Council, join: Join, tmp_path: Path) -> Team:
    return Team(council, join, tmp_path)


@pytest.fixture
def window(team: Team, qtbot: QtBot) -> Iterator[Open]:
    """window("ben") is Ben's, unlocked, on Today. One at a time."""
    made: list[MainWindow] = []

    def one(name: str) -> Driven:
        for other in made:
            other.close()
        application()
        gate = team.gates[name]
        found = MainWindow(gate)
        made.append(found)
        qtbot.addWidget(found)
        with qtbot.waitActive(found):
            found.show()
            found.activateWindow()
        driven = Driven(found, Planted(gate.home, team.child, "", team.plan), team.council.clock, gate, qtbot)  # type: ignore[arg-type]  # a clock that a test moves
        driven.unlock()
        return driven

    yield one
    for found in made:
        found.close()


def text(driven: Driven, name: str) -> str:
    """Without the marks that only tell the screen which way a line runs."""
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text().translate(MARKS)


def said(driven: Driven) -> list[str]:
    return [message.title for message in driven.window.messages.history]


def send(driven: Driven) -> None:
    driven.go("sending")
    driven.click("sending/now")
    driven.settle()


def test_given_back_with_a_reason_and_said_again(team: Team, window: Open) -> None:
    """The whole way: the manager's window, the author's window, and the record at a colleague's."""
    boss = window("boss")
    send(boss)
    boss.go("today")
    boss.click("today/review")
    assert text(boss, "review/words/0") == WORDS
    assert text(boss, "review/words/0/now") == BEFORE
    boss.click("review/return")
    boss.type("review/reason", WHY)
    boss.click("review/decide")
    assert said(boss)[-1] == "Given back to its author."
    team.council.allocate("ben", team.child)

    ben = window("ben")
    send(ben)
    assert ben.shows(f"sending/returned/{team.item}")
    ben.go("today")
    ben.click(f"today/returned/{team.item}")
    assert [label.text() for label in ben.find("returned/why").findChildren(QLabel)][-1] == WHY
    assert (text(ben, "returned/words/0"), text(ben, "returned/words/0/now")) == (WORDS, BEFORE)
    ben.click("returned/again")
    assert said(ben)[-1] == not_taken_in.SAID
    send(ben)
    team.sync(team.ann)

    assert team.ann.vault.view(team.plan).answer("f/missing_when") == WORDS
    ben.click("sending/dealt-with")
    assert text(ben, "returned/words/0") == WORDS
    assert text(ben, "returned/ending").startswith("You said it again, ")


@pytest.mark.parametrize(("choice", "stands"), [("accept", WORDS), ("reject", BEFORE)])
def test_what_is_for_good_is_asked_twice(team: Team, window: Open, choice: str, stands: str) -> None:
    boss = window("boss")
    boss.go("review")
    boss.click(f"review/{choice}")
    boss.type("review/reason", "Agreed by telephone.")
    boss.click("review/decide")
    boss.click("review/no")
    assert not boss.shows("review/sure")
    boss.key(Qt.Key.Key_Return, CONTROL)
    assert boss.shows("review/sure")
    boss.click("review/yes")
    team.sync(team.ann)

    assert team.ann.vault.view(team.plan).answer("f/missing_when") == stands
    assert boss.shows("review/none")
    ben = window("ben")
    send(ben)
    assert ben.shows(f"sending/returned/{team.item}") is (choice == "reject")
    assert ben.shows("sending/dealt-with") is (choice == "accept")


def test_a_reason_is_required_and_outlives_the_page_and_the_program(team: Team, window: Open) -> None:
    boss = window("boss")
    boss.go("review")
    assert not boss.find("review/decide").isEnabled()
    boss.click("review/return")
    boss.click("review/decide")
    assert said(boss)[-1] == review.WHY
    assert QApplication.focusWidget() is boss.find("review/reason")
    QTest.keyClicks(boss.find("review/reason"), "Half a rea")
    boss.go("today")
    boss = window("boss")
    boss.go("review")

    box = boss.find("review/reason")
    assert isinstance(box, QTextEdit)
    assert box.toPlainText() == "Half a rea"
    assert len(review.reviews(boss.shell.desk)) == 1
    assert team.item


def test_without_a_network_it_says_so_and_keeps_what_was_typed(team: Team, window: Open) -> None:
    boss = window("boss")
    boss.go("review")
    boss.click("review/return")
    boss.type("review/reason", WHY)
    team.council.stop()
    boss.click("review/decide")
    box = boss.find("review/reason")
    assert isinstance(box, QTextEdit)
    assert (box.toPlainText(), boss.find("review/decide").isEnabled()) == (WHY, True)
    assert boss.shows("notice")
    boss.go("today")
    boss.go("review")
    assert boss.shows("review/offline")
    team.council.restart()
    boss.click("review/again")

    box = boss.find("review/reason")
    assert isinstance(box, QTextEdit)
    assert box.toPlainText() == WHY
    boss.click("review/return")
    boss.click("review/decide")
    assert boss.shows("review/none") or boss.shows("review/why")
    assert said(boss)[-1] == "Given back to its author."


def test_what_another_supervisor_decided_first_stands(team: Team, window: Open) -> None:
    boss = window("boss")
    boss.go("review")
    boss.click("review/reject")
    boss.type("review/reason", "It is another child.")
    service = team.council.service
    first = Decision(OperationId(team.item), "accept", "d-1", by=OfficerId("deputy"), reason="Agreed.")
    Deciding(service.database, service.definitions, service.now).decide(first)
    boss.click("review/decide")
    boss.click("review/yes")

    assert said(boss)[-1] == "Somebody has decided about this already."
    assert boss.shows("review/none")
    team.sync(team.ann)
    assert team.ann.vault.view(team.plan).answer("f/missing_when") == WORDS


def test_its_author_acts_without_a_network_too(team: Team, window: Open) -> None:
    """The record is not here any more, so the words can be copied and the matter closed; a restart changes nothing."""
    team.council.stop()
    ben = window("ben")
    ben.go("sending")
    ben.click(f"sending/returned/{team.item}")
    assert not ben.shows("returned/again")
    assert text(ben, "returned/hint") == not_taken_in.GONE
    ben.click("returned/copy")
    assert WORDS in QApplication.clipboard().text()
    ben.click("returned/done")
    assert ben.shows("returned/none")
    ben = window("ben")
    assert not ben.shows(f"today/returned/{team.item}")
    ben.go("returned")
    ben.click(f"returned/over/{team.item}")

    assert text(ben, "returned/words/0") == WORDS
    team.council.restart()


def test_the_queue_of_conflicts_leads_there_and_the_keyboard_does_the_rest(team: Team, window: Open) -> None:
    team.given_back()
    team.synced("ben")
    ben = window("ben")
    ben.go("resolve")
    ben.click(f"resolve/returned/{team.item}")
    assert text(ben, "returned/words/0") == WORDS
    assert QApplication.focusWidget() is ben.find("returned/again")
    ben.key(Qt.Key.Key_Return, CONTROL)

    assert said(ben)[-1] == not_taken_in.SAID
    assert not ben.shows("returned/again")


def test_nobody_but_a_supervisor_is_offered_the_page(window: Open) -> None:
    ben = window("ben")
    ben.go("sending")
    assert not ben.shows("sending/review")
    ben.go("review")
    assert ben.shows("review/only")


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_and_all_has_a_name(team: Team, window: Open, percent: int) -> None:
    boss = window("boss")
    boss.window.resize(1280, 720)
    boss.look("light", percent)
    boss.go("review")
    boss.click("review/accept")
    boss.type("review/reason", "Agreed.")
    boss.click("review/decide")
    reached = stops(boss.window)

    assert team.item in {widget.objectName().rpartition("/")[2] for widget in reached}
    assert list(cut_in(boss.window)) == []
    assert [widget.objectName() for widget in reached if not spoken(widget)] == []
    assert [w.objectName() for w in reached if min(w.width(), w.height()) < LEAST_TARGET] == []
