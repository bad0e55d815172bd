"""What is typed of a letter before it goes: kept on this laptop as it stands, by letter and record."""

from __future__ import annotations

from collections.abc import Iterable

from casework.canonical import JSON
from casework.typed_words import Half
from desktop.flows.desk import Desk
from desktop.flows.record.editing import keep_half

EMPTY = ""


def page_of(kind: str, record_id: str) -> str:
    """The name of the page whose boxes these are: no record is begun before the letter goes."""
    return f"letter/{kind}/{record_id}"


def half_written(desk: Desk, page: str) -> dict[str, JSON]:
    """By box, what stands in it; emptied boxes are left out."""
    return {path: half.raw for path, half in desk.vault.half_typed.of(page).items() if half.raw != EMPTY}


def forget_half_written(desk: Desk, page: str, paths: Iterable[str]) -> None:
    """The letter has gone: its own record says all of it."""
    for path in paths:
        keep_half(desk, page, path, Half(EMPTY))
