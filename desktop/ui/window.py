"""The window: locked or unlocked, one screen at a time, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication

from casework.errors import KnownError, SyncError, VaultError
from desktop.flows.access.unlocking import Gate, VaultLocked, lock
from desktop.ui.away.copied import Copied
from desktop.ui.away.signals import Signals
from desktop.ui.background import Background, Backgrounds, Mutation
from desktop.ui.doorway import TITLE, Doorway
from desktop.ui.frame.while_locked import FIRST, TODAY, Bookmark, UnsavedWords, Where
from desktop.ui.kit.basics.focus_ring import FocusRing
from desktop.ui.making_ready import MakingReady
from desktop.ui.messages import Message, Messages
from desktop.ui.theme import load_fonts
from desktop.ui.unlock.door import Door

if TYPE_CHECKING:  # names of what stands behind the door
    from datetime import datetime

    from desktop.flows.access.backups import Elsewhere
    from desktop.flows.access.passphrase_and_recovery import RecoverySheet
    from desktop.flows.desk import Desk
    from desktop.ui.away.guard import Guard
    from desktop.ui.frame.courier import Courier
    from desktop.ui.frame.frame import Frame
    from desktop.ui.frame.shell import Shell
    from desktop.ui.indoors import Indoors

GO_ON_THERE = "Work on from there, and no longer on the disk that takes nothing more. Tell your administrator."
NOT_FINISHED = "Something that was under way when Homeward locked could not be finished. Unlock it to see what."


class MainWindow(Doorway):
    """Holds the gate always and the desk only while unlocked."""

    def __init__(self, gate: Gate, system: Callable[[], Signals] = Signals) -> None:
        """Without the signals of a `system` it locks by the guard alone."""
        super().__init__(gate)
        self.network = Background("network", self)
        self.workers = Backgrounds(self.store, self.network, Background("spelling", self))
        self.messages = Messages()
        self.unsaved = UnsavedWords()
        self.indoors: Indoors | None = None
        self.frame: Frame | None = None
        self.where = TODAY
        self.courier: Courier | None = None
        self._left: dict[Path, Bookmark] = {}  # by store: where its person was when it was locked
        self._saved_at: dict[Path, datetime] = {}
        self.signals = Signals()
        self._system = system
        for worker in self.workers:
            worker.unheard.connect(self._unheard)
        self.messages.said.connect(self._said_at_the_door)
        self.copied = Copied(QApplication.clipboard())
        self.cover.shown_again.connect(self._uncovered)
        self.ring = FocusRing(self)
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        duties = (load_fonts, self._add_keys, self._hear_the_system)
        self._making_ready = MakingReady(gate, self.workers, duties, self)
        self.show_door()

    @property
    def shell(self) -> Shell | None:
        """None while it is locked."""
        return self.indoors.shell if self.indoors is not None else None

    @cached_property
    def guard(self) -> Guard:
        """From the first unlocking on: it watches over what is open."""
        from desktop.ui.away.guard import Guard  # noqa: PLC0415

        guard = Guard(self.gate.now)
        guard.wants_lock.connect(self.lock)
        return guard

    def _hear_the_system(self) -> None:
        """A locked window has nothing to lock."""
        self.signals = self._system()
        self.signals.away.connect(self.lock)
        self.signals.holding.connect(self._rely)
        self.signals.listen(self)

    def _rely(self, held: bool) -> None:
        self.guard.rely(held)

    def rekey(self, old: str, new: str) -> None:
        """Locks, and behind the door has everything written anew."""
        if self.shell is None:
            return
        folder = self.shell.desk.vault.folder
        self._leave_desk()
        self.show_rekeying(folder, old, new)

    def practise(self, passphrase: str, *, afresh: bool = False) -> None:
        """Locks what is open, and behind the door opens the practice of whoever works at it, made first if need be."""
        if self.shell is None:
            return
        from desktop.flows.practising.practice_store import own_store  # noqa: PLC0415 - nobody practises at the door

        own = own_store(self.gate, self.shell.desk)
        self._leave_desk()
        self.show_practice(own, passphrase, afresh=afresh)

    def practise_afresh(self, passphrase: str) -> None:
        self.practise(passphrase, afresh=True)

    def setWindowTitle(self, title: str) -> None:
        """Practice says so outside the window too: in the title, and in the list of windows."""
        practising = self.shell is not None and self.shell.desk.is_practice and not self.cover.isVisible()
        super().setWindowTitle(f"Practice: {title}" if practising else title)

    def go(self, where: Where) -> None:
        """Leaves the screen there is, and shows another."""
        if self.indoors is None or self.frame is None:
            return
        self.where = where
        self.indoors.show(self.frame, where)
        self.count_waiting()

    def act(self, name: str) -> None:
        """A button of the places bar."""
        acts: dict[str, Callable[[], None]] = {
            "lock": self.lock,
            "hide": self.hide_screen,
            "help": self._help_about_here,
        }
        acts.get(name, lambda: self.go(Where(name)))()

    def lock(self) -> None:
        """Every name goes from the window at once; the store closes when what was typed is in it."""
        if self.shell is not None:
            self._leave_desk()
            self.show_door()

    def _leave_desk(self) -> None:
        if self.indoors is None or self.frame is None:
            return
        desk = self.indoors.shell.desk
        self._left[desk.vault.folder] = self.indoors.bookmark(self.frame, self.where)
        if self.frame.screen_shown is not None:
            self.frame.screen_shown.hand_over()
        self.guard.rest()
        self.rest_courier()
        self.indoors.rest()
        self.copied.clear()
        self.messages.clear()
        self.indoors, self.frame, self.where = None, None, TODAY
        self.store.run(Mutation(lambda: lock(desk), lambda _done: self.signals.let_go(), self._lock_trouble))

    def hide_screen(self) -> None:
        """One frame, whatever else is going on (ux 5.4, check 23)."""
        self.cover.cover()
        self.setWindowTitle(TITLE)

    def count_waiting(self) -> None:
        """The number on the strip and the bar is the outbox itself, counted anew."""
        indoors = self.indoors
        if indoors is not None:
            indoors.shell.run(indoors.shell, indoors.waiting, self._show_waiting)

    def redraw(self) -> None:
        """After the theme or the text size changed: everything is drawn anew where the person was."""
        if self.indoors is None:
            return
        mark = self.indoors.bookmark(self.frame, self.where)
        self._raise_frame(self.indoors)
        self._go_back_to(self.indoors, mark)

    def _go_back_to(self, indoors: Indoors, mark: Bookmark) -> None:
        self.go(mark.where)
        indoors.put_back(self.frame, mark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._making_ready.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Out of sight at once; the last save, and an answer the council may still owe, are waited for unseen."""
        self.hide()
        self._making_ready.end()
        self.lock()
        self.store.drain()
        self.lock()  # what was being opened when the window was closed
        for worker in self.workers:
            worker.close()
        event.accept()

    def _made(self, made: tuple[Desk, RecoverySheet]) -> None:
        desk, sheet = made
        self._unlocked(desk)
        self.go(Where("recovery", sheet.text, "" if desk.has_joined else FIRST))

    def _rescued(self, found: Elsewhere) -> None:
        """From now on the window works where the store was brought to."""
        self.gate = found.gate
        self._unlocked(found.desk)
        self.messages.news(f"Everything is in {found.gate.home} now.", GO_ON_THERE)

    def _unlocked(self, desk: Desk) -> None:
        from desktop.ui.indoors import Indoors  # noqa: PLC0415 - the door is seen before the rooms are loaded

        self._making_ready.settle()
        self.indoors = indoors = Indoors(desk, self.workers, self.messages, self.unsaved)
        shell = indoors.shell
        shell.go_to.connect(self.go)
        shell.outbox_changed.connect(self.count_waiting)
        shell.look_changed.connect(self._relook)
        shell.lock_asked.connect(self.lock)
        shell.joined.connect(self._joined)
        shell.rekey_asked.connect(self.rekey)
        shell.practice_asked.connect(self.practise)
        shell.afresh_asked.connect(self.practise_afresh)
        folder = desk.vault.folder
        shell.last_saved = self._saved_at.get(folder)
        saved_at = self._saved_at  # and not the window: what a signal calls keeps alive all that it names
        shell.saved.connect(lambda at: saved_at.update({folder: at}))
        self._relook(first=True)
        self.guard.watch()
        self.signals.hold()
        self._go_back_to(indoors, self._left.pop(folder, Bookmark()))
        indoors.look_after()
        self._send_by_itself(indoors)

    def _send_by_itself(self, indoors: Indoors) -> None:
        self.rest_courier()
        self.courier = indoors.courier()
        self.courier.sent.connect(self._sent_by_itself)
        self.courier.start()

    def _joined(self) -> None:
        """What waited for it goes at once; the laptop's name is on the screen that is shown."""
        if self.indoors is not None:
            self._send_by_itself(self.indoors)
            self.redraw()

    def rest_courier(self) -> None:
        """Nothing is sent until a person asks, or unlocks again."""
        if self.courier is not None:
            self.courier.rest()

    def _sent_by_itself(self, _report: object) -> None:
        """A form shows what came when it is opened again: nothing moves under somebody's hands."""
        shown = self.frame.screen_shown if self.frame is not None else None
        if shown is not None and shown.renews:
            shown.refresh()

    def _relook(self, *, first: bool = False) -> None:
        indoors, application = self.indoors, QApplication.instance()
        if indoors is None or not isinstance(application, QApplication):
            return
        self.guard.patience(indoors.dress(application))
        if first:
            self._raise_frame(indoors)
        else:
            self.redraw()

    def _raise_frame(self, indoors: Indoors) -> None:
        if self.frame is not None and self.frame.screen_shown is not None:
            self.frame.screen_shown.hand_over()
            self.frame.screen_shown = None
        self.frame = indoors.frame(self.width())
        self.frame.act.connect(self.act)
        self._show(self.frame)

    def _show_waiting(self, count: int) -> None:
        if self.frame is not None:
            self.frame.show_waiting(count)

    def _lock_trouble(self, error: KnownError) -> None:
        self.signals.let_go()
        self.messages.problem("Locked, but the store could not be closed tidily", str(error))

    def _unheard(self, error: KnownError) -> None:
        """Of a page that was left meanwhile: said where the person is now. What locking itself ended is no news."""
        if isinstance(error, VaultLocked):
            return
        is_ours_to_read = self.shell is not None or isinstance(error, (VaultError, SyncError))
        self.messages.problem(str(error) if is_ours_to_read else NOT_FINISHED)

    def _said_at_the_door(self, message: Message) -> None:
        """A frame shows its own messages."""
        door = self.centralWidget()
        if self.frame is None and isinstance(door, Door):
            door.show_notice(message)

    def _uncovered(self) -> None:
        if self.frame is not None:
            self.frame.show_heading()

    def _add_keys(self) -> None:
        from desktop.ui.frame.window_keys import set_keys  # noqa: PLC0415 - none is wanted before the door is seen

        keys: dict[str, Callable[[], None]] = {
            "Ctrl+S": lambda: self._on_screen("save_now"),
            "Ctrl+Return": lambda: self._on_screen("primary"),
            "Ctrl+Enter": lambda: self._on_screen("primary"),
            "Ctrl+K": lambda: self.go(Where("find")),
            "Ctrl+N": lambda: self.go(Where("new", self._child_here())),
            "F6": self._next_pane,
            "F7": lambda: self._on_screen("check_spelling"),
            "F8": lambda: self._on_screen("next_problem"),
            "F1": self._help_about_here,
            "Ctrl+P": lambda: self._on_screen("export"),
            "Ctrl+H": lambda: self._on_screen("history"),
            "Ctrl+Z": lambda: self._on_screen("undo"),
            "Ctrl+Shift+Z": lambda: self._on_screen("redo"),
            "Ctrl+Shift+U": lambda: self._on_screen("use_note"),
            "Ctrl+Shift+N": lambda: self._on_screen("notes_page"),
            "Ctrl++": lambda: self._text(10),
            "Ctrl+=": lambda: self._text(10),
            "Ctrl+-": lambda: self._text(-10),
            "Ctrl+0": lambda: self._text(0),
            "Ctrl+L": self.lock,
            "Ctrl+Shift+H": self.hide_screen,
            "Alt+Left": self._back,
        }
        set_keys(self, keys)

    def _on_screen(self, verb: str) -> None:
        if self.frame is not None and self.frame.screen_shown is not None and not self.cover.isVisible():
            getattr(self.frame.screen_shown, verb)()

    def _help_about_here(self) -> None:
        here = self.where
        self.go(Where("help") if here.place == "help" else Where("help", here.place, here.about))

    def _child_here(self) -> str:
        return self.where.about if self.where.place == "child" else ""

    def _back(self) -> None:
        """To the step before in the path above the page."""
        if self.frame is None or self.frame.screen_shown is None:
            return
        steps = [crumb.where for crumb in self.frame.screen_shown.crumbs() if crumb.where is not None]
        if steps:
            self.go(steps[-1])

    def _next_pane(self) -> None:
        from desktop.ui.frame.window_keys import to_next_pane  # noqa: PLC0415

        if self.frame is not None:
            to_next_pane(self.frame.panes())

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab, and Shift+Tab."""
        if self.frame is None or self.cover.isVisible():
            return super().focusNextPrevChild(onward)
        from desktop.ui.frame.window_keys import to_next_stop  # noqa: PLC0415 - at the door Qt finds the way

        return to_next_stop(self, self.frame.tab_groups(), onward=onward) or super().focusNextPrevChild(onward)

    def _text(self, by: int) -> None:
        """Text size by ten per cent; nought is back to 100."""
        if self.indoors is not None and self.indoors.resize_text(by):
            self._relook()
