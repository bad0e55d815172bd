"""The decisions on this laptop, one at a time, each with its texts side by side. Nothing else waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.errors import ChangedMeanwhile, KnownError
from casework.typed_words import Half
from desktop.flows.decisions import conflicts
from desktop.flows.decisions.conflicts import Decision
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where, words_of
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.labels import Icon, Tag, label
from desktop.ui.kit.basics.layout import SideOrBelow, column, empty, row, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, count_tag
from desktop.ui.resolve.also import Also, also_card, also_waiting
from desktop.ui.resolve.aside import Around, around, calm, decided_card, merged_card
from desktop.ui.resolve.choice_card import Choice
from desktop.ui.resolve.choosing import Choosing
from desktop.ui.resolve.texts import Texts
from desktop.ui.theme import look

LIST = 252
NOTHING = Around("", (), ())
EMPTY = "Enter the new text, or choose another answer"


@dataclass(frozen=True, slots=True)
class _Open:
    """The decision that is being taken, with what keeps its half-written words."""

    found: Decision
    choosing: Choosing
    why: KeptBox
    words: Autosave

    def save_now(self) -> None:
        self.why.save_now()
        self.words.save_now()


class ResolveScreen(Screen):
    """Opens on the record, and the place in it, that was asked for; else on what has waited longest."""

    place = "sending"

    def __init__(self, shell: Shell, record_id: str = "", path: str = "") -> None:
        super().__init__(shell)
        self._asked = (record_id, path)
        self._all: tuple[Decision, ...] | None = None
        self._also = Also((), 0)
        self._open: _Open | None = None
        self._mark = True
        self._compare = column()
        self._page = Scroller(gap=16, name="resolve")
        column(self).addWidget(self._page)

    def title(self) -> str:
        here = self._here
        if here is None:
            return "Decisions"
        if here.signed:
            return "Something arrived after this was signed"
        number = {2: "Two", 3: "Three"}.get(len({side.name for side in here.sides}), "")
        return f"{number} people changed the same answer" if number else "One answer was changed in more than one place"

    def subtitle(self) -> str:
        here = self._here
        if here is None:
            return ""
        why = "" if here.signed else " Neither could see the other’s text, so both are kept."
        return f"{here.child.name_and_age}. {here.title}.{why}"

    def crumbs(self) -> Sequence[Crumb]:
        first = (Crumb("Today", Where("today")), Crumb("Sending", Where("sending")))
        here = self._here
        return (*first, Crumb(f"{here.title}, {here.child.name}" if here else "Decisions"))

    def acts(self) -> Sequence[QWidget]:
        return (Tag("decide", "Needs your decision"),) if self._here else ()

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """On the worker for long work: what a person types elsewhere is not held up by looking through records."""
        desk = self.shell.desk
        self.shell.fetch(self, lambda: (conflicts.decisions(desk), also_waiting(desk)), self._came)

    def save_now(self) -> None:
        """A half-written text outlives the page and the program."""
        if self._open is not None:
            self._open.save_now()

    @property
    def _here(self) -> Decision | None:
        return self._open.found if self._open else None

    def _typed(self) -> None:
        if self._open is not None:
            self._open.words.later(self._open.found.path, Half(self._open.choosing.words()))

    def primary(self) -> None:
        """Decides, if something is chosen."""
        choosing = self._open.choosing if self._open else None
        if choosing is None or not choosing.chosen() or not choosing.act.isEnabled():
            return
        if choosing.chosen() == "new" and not choosing.words().strip():
            self.shell.messages.problem(EMPTY)
            return
        self.save_now()
        choosing.busy(busy=True)
        self.shell.run(self, self._deed(choosing), self._done, self._refused)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return next(iter(self._open.choosing.choices.values()), None) if self._open else None

    def _deed(self, choosing: Choosing) -> Callable[[], object]:
        desk, found, side = self.shell.desk, choosing.found, choosing.side()
        if not found.signed:
            value, why = choosing.value(), choosing.reason.words()
            return partial(conflicts.decide, desk, found.record_id, found.path, value, why, shown=found.shown)
        if side is None:
            return partial(conflicts.leave, desk, found)
        said = {"reason": choosing.reason.words(), "name": desk.officer.name, "passphrase": choosing.passphrase.text()}
        return partial(conflicts.correct, desk, found, side, **said)

    def _done(self, _made: object) -> None:
        """On to the next one; the words of this are kept no longer."""
        done, self._open = self._open, None
        if done is not None:
            done.why.forget()
        self._asked = (done.found.record_id if done else "", "")
        self.shell.outbox_changed.emit()
        self.shell.saved.emit(self.shell.now())
        self.refresh()

    def _refused(self, error: KnownError) -> None:
        """What has changed meanwhile is shown; a mistyped passphrase leaves the page as it is."""
        self.shell.say(error)
        if self._open is not None:
            self._open.choosing.busy(busy=False)
        if isinstance(error, ChangedMeanwhile):
            self.save_now()
            self.refresh()

    def _came(self, came: tuple[tuple[Decision, ...], Also]) -> None:
        found, self._also = came
        self._all = found
        record_id, path = self._asked
        ranked = sorted(found, key=lambda one: (one.record_id != record_id, bool(path) and one.path != path))
        self._go(ranked[0] if ranked else None)

    def _go(self, here: Decision | None) -> None:
        """The words are read on the thread that keeps them, so after they were kept."""
        self.save_now()
        desk = self.shell.desk
        if here is None:
            self._show(None)
        else:
            self.shell.run(self, partial(around, desk, here), partial(self._show, here))

    def _show(self, here: Decision | None, found: Around = NOTHING) -> None:
        self._open = None
        empty(self._page.box)
        if here is None:
            none = "No answers are left to compare." if self._also.any else "Nothing is left to decide."
            self._page.add(label(none, "body", name="resolve/none"))
            if self._also.any:
                self._page.add(also_card(self.shell, self._also))
            back = Button("Back to Today", name="resolve/today", kind="primary")
            back.clicked.connect(lambda: self.shell.go("today"))
            self._page.box.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._asked = (here.record_id, here.path)
            self._open = self._opened(here, found)
            self._lay(here, self._open.choosing, found)
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _opened(self, here: Decision, found: Around) -> _Open:
        kept = self._words_of(here)
        unsaved = kept.left_unsaved().get(here.path)
        words = found.words if unsaved is None else words_of(unsaved)
        choosing = Choosing(here, "" if here.signed else words)
        return _Open(here, choosing, KeptBox(self.shell, here.record_id, f"{here.path}/why", choosing.reason), kept)

    def _words_of(self, here: Decision) -> Autosave:
        desk, record_id = self.shell.desk, here.record_id
        keep = partial(conflicts.keep_words, desk, record_id)
        return Autosave(self.shell, f"{record_id}.decision", lambda path, half: keep(path, words_of(half)), self)

    def _lay(self, here: Decision, choosing: Choosing, found: Around) -> None:
        choosing.decided.connect(self.primary)
        choosing.typed.connect(self._typed)
        choosing.later.connect(lambda: self.shell.go("today"))
        self._compare = column()
        self._compare.addWidget(Texts(here, mark=self._mark))
        main = QWidget()
        box = column(main, gap=16)
        box.addWidget(self._question(here))
        box.addLayout(self._compare)
        box.addWidget(choosing)
        cards = [self._left(), *([also_card(self.shell, self._also)] if self._also.any else [])]
        cards += [decided_card(found.decided)] if found.decided else []
        cards += [merged_card(found.merged)] if found.merged else []
        aside = stacked(*cards, calm(), gap=16)
        holder = QWidget()
        line = column(holder, gap=16) if look().narrow else row(holder, gap=16)
        if look().narrow:
            line.addWidget(main)
            line.addWidget(aside)
        else:
            aside.setFixedWidth(look().px(LIST))
            line.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(main, 1, Qt.AlignmentFlag.AlignTop)
        self._page.add(holder)

    def _question(self, here: Decision) -> QWidget:
        holder = QWidget()
        pair = SideOrBelow(holder, gap=16)
        pair.addWidget(label(here.label, "section", name="resolve/question"))
        if here.is_text and here.before is not None:
            check = CheckBox("Mark differences", name="resolve/mark", caption=True)
            check.setChecked(self._mark)
            check.toggled.connect(self._flip)
            pair.addWidget(check)
        return holder

    def _flip(self, on: bool) -> None:
        self._mark = on
        if self._here is not None:
            empty(self._compare)
            self._compare.addWidget(Texts(self._here, mark=on))

    def _left(self) -> QWidget:
        waiting = self._all or ()
        card = Card("Left to decide", aside=count_tag("decide", len(waiting)))
        for number, found in enumerate(waiting):
            card.add(self._one(number, found))
        return card

    def _one(self, number: int, found: Decision) -> QWidget:
        here = found is self._here
        who = " and ".join(dict.fromkeys(side.who if not side.mine else "you" for side in found.sides))
        line = f"{found.child.first_name}’s own words, so only a person can choose" if found.child_words else who
        item = Choice(
            found.label,
            f"{found.title}, {found.child.name}. {line}",
            Icon("chevron-right" if here else "circle", "decide", 16),
            name=f"resolve/left/{number}",
            checkable=False,
            here=here,
        )
        item.clicked.connect(lambda: self._go(found))
        return item
