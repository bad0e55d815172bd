"""A record that was found: its kind and whose, when, how it stands, and the answer in which the words are, marked."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from desktop.flows.child.found_here import FoundRecord
from desktop.flows.record.finding import Match
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.labels import Tag, label, mark
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.theme import look


class FoundLine(LineButton):
    """Opens the record."""

    def __init__(self, shell: Shell, found: FoundRecord) -> None:
        match = found.match
        title = f"{match.title}, {match.whose}, {found.on}"
        tag = Tag(found.tag, found.state) if found.tag else None
        name = f"find/{match.record_id}"
        super().__init__(title, "", name=name, tag=tag, below=_said(match) if match.where else None)
        said = f". {found.state}" if found.state else ""
        self.setAccessibleName(f"{title}{said}. {match.where}".rstrip(". "))
        self.clicked.connect(lambda: shell.go("form", match.record_id))


def _said(match: Match) -> QWidget:
    ground, line = look().colour("waiting_bg").name(), look().colour("waiting").name()
    shown = label("", "caption", "muted")
    style = f"background-color: {ground}; color: {line}; font-weight: 600; text-decoration: underline"
    mark(shown, match.where, ((False, "“"), *_runs(match), (False, "”")), style)
    return shown


def _runs(match: Match) -> Iterator[tuple[bool, str]]:
    end = 0
    for first, last in match.marks:
        yield False, match.where[end:first]
        yield True, match.where[first:last]
        end = last
    yield False, match.where[end:]
