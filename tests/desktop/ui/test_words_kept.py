"""Words shown are words kept: whatever a person does, what a page last showed in any box is in that box afterwards.

Each round is a page in the real window, over a real store that has joined a real service: what comes to mind is done
on it, and it is left, locked, closed or cut off from its power. Whenever the page is seen again, every box holds what
it held; where a colleague wrote meanwhile, it does, or both texts stand on the page that asks which.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import press
from desktop.flows.access import joining_a_council, preferences
from desktop.flows.access.unlocking import Gate
from desktop.flows.council import sending
from desktop.flows.decisions import conflicts
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.forms.catalogue import Catalogue
from desktop.ui.app import application
from desktop.ui.form.page import FormScreen
from desktop.ui.frame.screen import Screen
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from desktop.ui.kit.fields.dates_and_numbers import read_moment
from desktop.ui.kit.fields.ink_pad import InkPad
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.kit.fields.rows import RowsEditor
from desktop.ui.window import MainWindow
from tests.central.running import Council, running
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted
from tests.desktop.ui.nasty import NASTY
from tests.together.laptops import Laptop

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = ("a", "é", " ", "7", ".", "😢", "Jude ", "31", "Febr", "14:")
PARTS = ("day", "month", "year", "time")
SHARED = ("during", "where_what")  # what a colleague writes in as well
Shown = dict[str, object]
Box = LineBox | WordsBox


def test_there_are_three_hundred_texts() -> None:
    assert len(set(NASTY)) == 300


@dataclass(frozen=True)
class Page:
    place: str
    about: str = ""
    part: str = ""

    @property
    def key(self) -> str:
        """The sections of a record have their boxes in common."""
        return f"{self.place} {self.about}"


@dataclass
class World:
    """An officer's window, and a colleague who has the same child."""

    driven: Driven
    colleague: Laptop
    interview: str
    signed: str
    files: Path


@contextmanager
def world(tmp_path: Path, catalogue: Catalogue, qtbot: QtBot) -> Iterator[World]:
    application()
    with running(tmp_path / "central") as council:
        council.officer("ann")
        council.officer("ben")
        clock = Clock()
        council.clock.at = clock()
        gate = quick_gate(tmp_path / "home", catalogue, clock)
        interview, signed, child = _begun(gate, council)
        council.allocate("ben", child)
        colleague = Laptop.joined(council, "ben", tmp_path / "colleague")
        colleague.synced()
        driven = Driven(MainWindow(gate), Planted(gate.home, child, "", interview), clock, gate, qtbot)
        made = World(driven, colleague, interview, signed, tmp_path)
        try:
            yield made
        finally:
            made.driven.window.close()
            colleague.vault.close()


def _begun(gate: Gate, council: Council) -> tuple[str, str, str]:
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    joining_a_council.join(desk, council.url, council.code("ann"))
    preferences.keep(desk, preferences.Preferences(sends_itself=False))
    child = editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    times = {"last_seen_at": "2026-03-24T22:20:00+00:00", "found_at": "2026-03-25T21:40:00+00:00"}
    interview = start_interview(desk, editing.new_record(desk, "missing_episode", child, times))
    signed = editing.new_record(desk, "need_to_know", child, {"summary": "She has a black phone."})
    lock_record(desk, signed, name="Nadia Brightwater", ink=None)
    assert sending.sync(desk).problem is None
    desk.vault.close()
    return interview, signed, child


@dataclass
class Worker:
    """Does what comes to mind, and remembers what each page showed when it was left."""

    world: World
    chance: random.Random
    page: Page = field(default_factory=lambda: Page("today"))
    shown: dict[str, Shown] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # by name, the question that each was added to
    overtaken: set[str] = field(default_factory=set)  # the paths at which the colleague wrote

    @property
    def driven(self) -> Driven:
        return self.world.driven

    def open(self) -> None:
        self.driven.qtbot.addWidget(self.driven.window)
        with self.driven.qtbot.waitActive(self.driven.window):
            self.driven.window.show()
            self.driven.window.activateWindow()
        self.unlock()

    def unlock(self) -> None:
        self.driven.type("unlock/passphrase", PASSPHRASE)
        QTest.keyClick(self.driven.find("unlock/passphrase"), Qt.Key.Key_Return)
        self.calm()

    def calm(self) -> None:
        """Until nothing is under way; the pause of the autosave is not waited for."""
        for _ in range(2):
            self.driven.window.store.drain()
            self.driven.window.network.drain()
            for _ in range(2):
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def round(self) -> None:
        self.come(self.chance.choice(self.pages()))
        for _ in range(self.chance.randint(1, 4)):
            self.act()
        self.remember()
        self.leave()

    def pages(self) -> list[Page]:
        interview, signed = self.world.interview, self.world.signed
        sections = editing.open_record(self.driven.shell.desk, interview).definition.sections
        form = [Page("form", interview, section.id) for section in sections]
        beside = [Page("find"), Page("sign", interview), Page("sign", signed), Page("settings")]
        decided = [Page("resolve", interview)] if conflicts.of_record(self.driven.shell.desk, interview) else []
        return [*form, *beside, *(decided * 3)]

    def come(self, page: Page) -> None:
        self.go(page)
        if page.place == "resolve" and self.driven.shows("resolve/new"):
            self.click("resolve/new")
        if page == Page("sign", self.world.signed) and self.driven.find("correct").isEnabled():
            self.click("correct")
        self.compare()

    def go(self, page: Page) -> None:
        is_open = self.page.key == page.key and isinstance(self.screen, FormScreen)
        self.page = page
        if is_open and self.chance.random() < 0.85:
            self.screen.show_section(page.part)  # type: ignore[attr-defined]  # by the rail
        else:
            self.driven.shell.go(page.place, page.about, page.part)
        self.calm()
        self.open_rows()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.driven.find(name), Qt.MouseButton.LeftButton)
        self.calm()

    def act(self) -> None:
        acts = [self.type, self.type, self.paste, self.paste, self.press, self.press, self.add_row, self.end_note]
        acts += [self.take_out, self.draw, self.attach, self.sync, self.choose, self.undo]
        self.chance.choice(acts)()

    def leave(self) -> None:
        way = self.chance.random()
        if way < 0.03:
            self.driven.window.lock()
            self.calm()
            self.unlock()
        elif way < 0.045:
            self.restart(cut=False)
        elif way < 0.07:
            self.restart(cut=True)
        elif way < 0.12:
            self.go(Page(self.chance.choice(("today", "help", "children"))))

    def restart(self, *, cut: bool) -> None:
        """Another window, on what the disk has: after closing, or as a power cut leaves it once the strip says so."""
        driven, home = self.driven, self.driven.gate.home
        if cut:
            self.wait_until_saved()
            shutil.copytree(home, home.with_name("cut"))
        driven.window.close()
        if cut:
            shutil.rmtree(home)
            home.with_name("cut").rename(home)
        driven.window = MainWindow(driven.gate)
        self.open()

    def wait_until_saved(self) -> None:
        saved = self.driven.find("strip/saved")
        assert isinstance(saved, QLabel)
        if saved.text() != "Nothing typed yet":
            self.driven.qtbot.waitUntil(lambda: saved.text().startswith("Saved on this laptop"))

    @property
    def screen(self) -> Screen:
        frame = self.driven.window.frame
        assert frame is not None
        assert frame.screen_shown is not None
        return frame.screen_shown

    def boxes(self) -> list[Box]:
        every: list[Box] = [*self.screen.findChildren(LineBox), *self.screen.findChildren(WordsBox)]
        found = [box for box in every if box.isVisible() and box.isEnabled() and not box.isReadOnly()]
        return sorted((box for box in found if "code" not in box.objectName()), key=lambda box: box.objectName())

    def open_rows(self) -> None:
        editors = [editor for editor in self.screen.findChildren(RowsEditor) if editor.cards]
        for editor in editors:
            for row_id in list(editor.cards):
                editor.open_row(row_id)
        if editors:
            self.calm()

    def type(self) -> None:
        box = self.one_box()
        if box is not None:
            for letter in self.chance.choice(KEYS):
                press(box, letter)

    def paste(self) -> None:
        box = self.one_box()
        if box is not None:
            QApplication.clipboard().setText(self.chance.choice(NASTY))
            QTest.keyClick(box, Qt.Key.Key_V, CONTROL)

    def one_box(self) -> Box | None:
        boxes = self.boxes()
        if not boxes:
            return None
        box = self.chance.choice(boxes)
        box.setFocus()
        if isinstance(box, WordsBox):
            box.moveCursor(QTextCursor.MoveOperation.End)
        if self.chance.random() < 0.2:
            box.selectAll()
        return box

    def press(self) -> None:
        """A tick, or an answer of a few: consent among them."""
        able = [box for box in self.screen.findChildren(CheckBox) if box.isVisible() and box.isEnabled()]
        answers = [
            choice
            for group in self.screen.findChildren(Segments)
            if group.isVisible() and group.isEnabled()
            for choice in group.segments
        ]
        choices: list[QWidget] = [*able, *answers]
        if choices and isinstance(self.screen, FormScreen):
            QTest.mouseClick(self.chance.choice(choices), Qt.MouseButton.LeftButton)
            self.calm()

    def choose(self) -> None:
        lists = [one for one in self.screen.findChildren(DropDown) if one.isVisible() and one.isEnabled()]
        if lists:
            found = self.chance.choice(sorted(lists, key=lambda one: one.objectName()))
            found.setFocus()
            QTest.keyClick(found, self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
            self.calm()

    def add_row(self) -> None:
        able = [editor for editor in self.screen.findChildren(RowsEditor) if editor.isVisible()]
        if able and len(self.screen.findChildren(LineBox)) < 30:
            QTest.mouseClick(self.chance.choice(able).inputs()[0], Qt.MouseButton.LeftButton)
            self.calm()

    def take_out(self) -> None:
        cards = [part for editor in self.screen.findChildren(RowsEditor) for part in editor.findChildren(QWidget)]
        names = [part.objectName() for part in cards if part.isVisible()]
        rows = [name for name in names if name.startswith("r/") and name.endswith(("/remove", "/restore"))]
        if rows and self.chance.random() < 0.5:
            self.click(self.chance.choice(rows))

    def undo(self) -> None:
        """Which may lead to another section: what was done here is remembered before."""
        self.remember()
        again = Qt.KeyboardModifier.ShiftModifier if self.chance.random() < 0.3 else Qt.KeyboardModifier.NoModifier
        for _ in range(self.chance.randint(1, 4)):
            QTest.keyClick(QApplication.focusWidget() or self.driven.window, Qt.Key.Key_Z, CONTROL | again)
            self.calm()
            self.remember()

    def end_note(self) -> None:
        if self.driven.shows("notes/box"):
            self.driven.find("notes/box").setFocus()
            QTest.keyClick(self.driven.find("notes/box"), Qt.Key.Key_Return)

    def draw(self) -> None:
        pads = [pad for pad in self.screen.findChildren(InkPad) if pad.isVisible() and pad.isEnabled()]
        if not pads:
            return
        pad = self.chance.choice(pads)
        places = [QPoint(self.chance.randint(1, 200), self.chance.randint(1, 60)) for _ in range(4)]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad, place)
        if self.chance.random() < 0.8:
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])

    def attach(self) -> None:
        """And the page may be left while it is still being put away."""
        editors = [one for one in self.screen.findChildren(AttachmentsEditor) if one.isVisible()]
        if editors and len(self.files) < 6:
            name = f"file-{len(self.files)}.txt"
            (self.world.files / name).write_text(f"From her nan, {name}.")
            editors[0].take([self.world.files / name])
            self.files[name] = editors[0].inputs()[0].objectName()

    def sync(self) -> None:
        """A colleague's word comes while the page is shown: from before or after they had seen what is on it."""
        colleague, about = self.world.colleague, self.world.interview
        question = self.chance.choice(SHARED)
        if self.chance.random() < 0.5:
            self.exchange()
            colleague.synced()
        if f"f/{question}" not in colleague.view(about).conflicts:
            colleague.say(about, **{question: f"What Ben heard, {self.chance.randint(0, 10**9)}"})
            colleague.synced()
            self.overtaken.add(f"f/{question}")
        self.exchange()

    def exchange(self) -> None:
        self.driven.shell.sending.begin()
        self.calm()

    def remember(self) -> None:
        self.calm() if self.chance.random() < 0.5 else None
        self.open_rows()
        _update(self.shown.setdefault(self.page.key, {}), self.look())

    def compare(self) -> None:
        now, before = self.look(), self.shown.setdefault(self.page.key, {})
        wrong = {name for name in now.keys() & before.keys() if now[name] != before[name]}
        half = {name for name in before.keys() - now.keys() if f"{name}/day" in now}
        for name in sorted({name for name in wrong | half if not self.is_overtaken(name, before[name])}):
            message = f"{self.page}, {name}: {before[name]!r} became {now.get(name)!r}"
            raise AssertionError(message)
        _update(before, now)
        shown = [editor for editor in self.screen.findChildren(AttachmentsEditor) if editor.isVisible()]
        for editor in shown:  # one that was left while a file was put away is on its way out, and shows nothing
            own = [name for name, added in self.files.items() if added == editor.inputs()[0].objectName()]
            said = [one.text() for one in editor.findChildren(QLabel)]
            assert [name for name in own if said.count(name) != 1] == [], f"each file is there once: {said}"

    def is_overtaken(self, name: str, before: object) -> bool:
        """A colleague wrote there: the words stand beside theirs until a person decides, or in the history."""
        path = next((path for path in self.overtaken if name == path or name.startswith(f"{path}/")), "")
        if not path:
            return False
        desk, about = self.driven.shell.desk, self.world.interview
        sides = [side.value for one in conflicts.of_record(desk, about) if one.path == path for side in one.sides]
        said = [c.value for op in desk.vault.operations(about) for c in op.changes if c.path == path]
        return before in sides or before in said or before == ""

    def look(self) -> Shown:
        """What stands in every box of this page, by name."""
        found: Shown = {box.objectName(): box.words() for box in self.boxes()}
        found.pop("notes/correction", None)
        every = self.screen.findChildren
        for tick in every(CheckBox):
            found[tick.objectName()] = tick.isChecked()
        for group in every(Segments):
            found[group.objectName()] = group.code()
        for chosen in every(DropDown):
            found[chosen.objectName()] = chosen.code()
        for pad in every(InkPad):
            found[f"{pad.objectName()}/ink"] = pad.value()
        seen = {w.objectName() for w in every(QWidget) if w.isVisible()}
        shown = {name: value for name, value in found.items() if name.removesuffix("/ink") in seen and name}
        for editor in every(RowsEditor):
            if editor.isVisible():
                shown[f"rows/{editor.inputs()[0].objectName()}"] = sorted(editor.cards)
        return _dates_read(shown)


def _update(before: Shown, now: Shown) -> None:
    """A date is known whole or by its parts, and not both."""
    for name in now:
        before.pop(name.rpartition("/")[0], None)
        for part in PARTS:
            before.pop(f"{name}/{part}", None)
    before.update(now)


def _dates_read(found: Shown) -> Shown:
    """A date that can be read is shown as it was read: the third of the third, however it was typed."""
    for name in [name.removesuffix("/day") for name in found if name.endswith("/day")]:
        parts = {part: str(found.get(f"{name}/{part}", "")) for part in PARTS}
        clock = parts["time"] if f"{name}/time" in found else "12:00"
        read = read_moment(parts["day"], parts["month"], parts["year"], clock, about=bool(found.get(f"{name}/about")))
        if not read.problem:
            for part in PARTS:
                found.pop(f"{name}/{part}", None)
            found[name] = read.value
    return found


def work(world: World, seed: int, rounds: int) -> None:
    worker = Worker(world, random.Random(seed))
    worker.open()
    for number in range(rounds):
        try:
            worker.round()
        except AssertionError as error:
            error.add_note(f"seed {seed}, round {number}")
            raise
    for page in worker.pages():
        worker.come(page)


def test_words_shown_are_words_kept(tmp_path: Path, catalogue: Catalogue, qtbot: QtBot) -> None:
    with world(tmp_path, catalogue, qtbot) as found:
        work(found, 1, 100)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_words_shown_are_words_kept_over_two_thousand_rounds(
    seed: int, tmp_path: Path, catalogue: Catalogue, qtbot: QtBot
) -> None:
    with world(tmp_path, catalogue, qtbot) as found:
        work(found, seed, 100)
