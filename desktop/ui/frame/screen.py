"""What each place a person goes to tells the frame around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.fields.ink_pad import InkPad


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path; without a place it is where the person is."""

    words: str
    where: Where | None = None


class Screen(QWidget):
    """`place` names the button of the places bar that is lit. A screen may be thrown away at any time.

    `renews`: nobody types on it, so it may be drawn anew when something has come from the council. `acts_stay`: what
    stands at the right of the header is the same for as long as the page is shown.
    """

    place = "today"
    renews = False
    acts_stay = False
    heading_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell

    def title(self) -> str:
        """The page's name, also in the window's title; holds no more than the page shows."""
        return ""

    def subtitle(self) -> str:
        return ""

    def has_problem(self) -> bool:
        """The window's title then begins with “Error: ”, so that a screen reader says it first."""
        return False

    def crumbs(self) -> Sequence[Crumb]:
        return ()

    def acts(self) -> Sequence[QWidget]:
        """What stands at the right of the header; made anew each time it is asked for."""
        return ()

    def start(self) -> None:
        """Called once, when the screen is on the window: fetch what it shows."""

    def refresh(self) -> None:
        """Something elsewhere changed; show it."""

    def hand_over(self) -> None:
        """Called before the screen goes: what stands in any of its boxes is on its way to the disk."""
        self.leave()
        for pad in self.findChildren(InkPad):
            pad.lift()
        for kept in self.findChildren(Autosave):
            kept.hand_over()

    def leave(self) -> None:
        """What a screen has to do beside that."""

    def primary(self) -> None:
        """Ctrl+Enter."""

    def save_now(self) -> None:
        """Ctrl+S."""

    def check_spelling(self) -> None:
        """F7."""

    def next_problem(self) -> None:
        """F8."""

    def export(self) -> None:
        """Ctrl+P."""

    def history(self) -> None:
        """Ctrl+H."""

    def undo(self) -> None:
        """Ctrl+Z, where the box with the keyboard does not take back its own letters."""

    def redo(self) -> None:
        """Ctrl+Shift+Z."""

    def use_note(self) -> None:
        """Ctrl+Shift+U."""

    def notes_page(self) -> None:
        """Ctrl+Shift+N."""

    def panes(self) -> Sequence[QWidget]:
        """Where F6 goes, in order, after the places bar."""
        return ()

    def tab_groups(self) -> Sequence[QWidget]:
        """The page's parts in the order in which Tab visits them."""
        return (self,)

    def bookmark(self) -> Where | None:
        """Where to come back to after a lock, if the place itself does not say it."""
        return None

    def ready_for(self, box: str) -> None:
        """Opens what a box of this name is in, so that it can be given the keyboard."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None
