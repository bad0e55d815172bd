"""What is made on paper, or to be printed, while somebody practises: marked on every page, and in its name."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from desktop.documents.sheets.practice_mark import marked_as_practice
from desktop.flows.desk import Desk
from desktop.paths import fonts

BEGINS = "PRACTICE-"
SEALED_BY_NOBODY = "It is marked as practice on every page and sealed by nobody."


def on_paper(desk: Desk) -> AbstractContextManager[None]:
    """Round the drawing of any page that nobody seals; what is sealed is not made in practice."""
    return marked_as_practice(fonts()) if desk.is_practice else nullcontext()


def paper_name(desk: Desk, to: Path) -> Path:
    """Where it is saved: its name says what it is, wherever it goes."""
    is_said = not desk.is_practice or to.name.startswith(BEGINS)
    return to if is_said else to.with_name(f"{BEGINS}{to.name}")
