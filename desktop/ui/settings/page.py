"""Settings: how it looks, how large the text is, when it locks, the passphrase, and joining a council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.flows.access import preferences as flow
from desktop.flows.access.council_file import school_calendar_warning, works_by
from desktop.flows.access.joining_a_council import is_unknown
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Banner, Card, Scroller
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.settings.afresh_card import AfreshCard
from desktop.ui.settings.joining import JoinAgain, JoinFirst
from desktop.ui.settings.keeping import BackupCard, PassphraseCard, RecoveryCard, RekeyCard
from desktop.ui.settings.spelling_card import SpellingCard
from desktop.ui.settings.way_card import WayToCouncil
from desktop.ui.theme import look
from desktop.ui.theme.tokens import THEME_NAMES
from desktop.ui.unlock.door import titled

SIZES = (100, 125, 150, 175, 200)
MINUTES = (2, 5, 10, 20, 30)


class SettingsScreen(Screen):
    """Each choice takes effect, and is kept, at once."""

    place = "settings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._now = flow.preferences(shell.desk)
        page = Scroller(gap=16, name="settings")
        column(self).addWidget(page)
        is_first = is_unknown(shell.desk) or not shell.desk.has_joined  # what the person comes here for
        if is_first:
            page.add(self._council())
        if warning := school_calendar_warning(shell.desk):
            page.add(Banner("decide", "calendar-clock", "The school calendar is nearly at its end", warning))
        page.add(self._looks())
        page.add(self._spelling())
        page.add(self._safety())
        page.add(PassphraseCard(shell))
        page.add(RecoveryCard(shell))
        page.add(BackupCard(shell))
        page.add(RekeyCard(shell))
        if not is_first:
            page.add(self._council())
        page.box.addStretch(1)
        self._page = page

    def title(self) -> str:
        return "Settings"

    def subtitle(self) -> str:
        return "For you, on this laptop."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Settings"))

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _looks(self) -> Card:
        card = Card("How it looks")
        theme = Segments(list(THEME_NAMES.items()), name="settings/theme", label="Colours")
        theme.put(self._now.theme)
        theme.chosen.connect(lambda code: self._keep(replace(self._now, theme=str(code or "light"))))
        sizes = [(str(size), f"{size} %") for size in SIZES]
        text = Segments(sizes, name="settings/text", label="Text size")
        text.put(str(min(SIZES, key=lambda size: abs(size - self._now.text_percent))))
        text.chosen.connect(lambda code: self._keep(self._now.with_text(int(str(code or 100)))))
        hint = "Ctrl and + or − change it anywhere; Ctrl+0 goes back."
        card.add(_body(titled("Colours", "", theme), titled("Text size", hint, text)))
        return card

    def _spelling(self) -> Card:
        card = SpellingCard(self.shell, marked=self._now.marks_spelling)
        card.marks.connect(lambda on: self._keep(replace(self._now, marks_spelling=on), redraw=False))
        return card

    def _safety(self) -> Card:
        card = Card("Locking, and what falls due")
        lock = Segments([(str(m), f"{m} minutes") for m in MINUTES], name="settings/lock", label="Lock by itself after")
        lock.put(str(min(MINUTES, key=lambda m: abs(m - self._now.lock_minutes))))
        lock.chosen.connect(lambda code: self._keep(replace(self._now, lock_minutes=int(str(code))), redraw=False))
        hint = (
            "It also locks when the laptop sleeps or its screen is locked. Nothing you have written is lost by locking."
        )
        reminds = CheckBox("Say what falls due", name="settings/reminds")
        reminds.setChecked(self._now.reminds)
        reminds.toggled.connect(lambda on: self._keep(replace(self._now, reminds=on), redraw=False))
        about = "Two hours before an interview is due, half an hour before a visit. Without names; never while locked."
        card.add(_body(titled("Lock by itself after", hint, lock)))
        card.add(_body(reminds, label(about, "caption", "muted")))
        return card

    def _council(self) -> Card:
        desk = self.shell.desk
        if desk.is_practice:
            return AfreshCard(self.shell)
        card = Card("Council")
        if desk.has_joined:
            who = f"{desk.officer.name}, {desk.officer.council}. This laptop is {desk.device.name or desk.device.id}."
            card.add(_body(label(who), label(works_by(desk), "caption", "muted"), self._sends_itself()))
            card.add(_body(JoinAgain(self.shell, "settings")))
            card.add(_body(WayToCouncil(self.shell)))
            practise = Link("Practise with invented children", name="settings/practise")
            practise.clicked.connect(lambda: self.shell.go("join"))
            card.add(_body(practise))
            return card
        why = Link("What joining is for, and a place to practise", name="settings/why-join")
        why.clicked.connect(lambda: self.shell.go("join"))
        not_yet = "This laptop has not joined a council yet. Your administrator gives you an address and a code."
        card.add(_body(label(not_yet), why, JoinFirst(self.shell, "settings")))
        card.add(_body(WayToCouncil(self.shell)))
        return card

    def _sends_itself(self) -> CheckBox:
        box = CheckBox("Send and fetch by itself whenever there is a network", name="settings/sends-itself")
        box.setChecked(self._now.sends_itself)
        box.toggled.connect(lambda on: self._keep(replace(self._now, sends_itself=on), redraw=False))
        return box

    def _keep(self, wanted: flow.Preferences, *, redraw: bool = True) -> None:
        self._now = wanted
        desk = self.shell.desk
        self.shell.run(self.shell, lambda: flow.keep(desk, wanted), lambda _done: self._kept(redraw=redraw))

    def _kept(self, *, redraw: bool) -> None:
        self.shell.look_changed.emit() if redraw else None


def _body(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=look().room(16), margins=(side, look().room(12), side, look().room(16)))
    for widget in widgets:
        box.addWidget(widget)
    return holder
