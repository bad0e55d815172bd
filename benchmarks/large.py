"""A large caseload in the real window: `python -m benchmarks.large`. Processor time, the median of five openings.

A manager's laptop with 5,000 children and 60,000 records, an officer's with 2,000 families at home and 600 children
missing education, and one of 10,000 records: each place as the flow alone reads it and as the window opens it, all
threads together and the window's own. The stores are made once and kept in the temporary folder.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.large_caseload import (
    MANAGER,
    NOW,
    OFFICER_FOR_BOTH,
    PASSPHRASE,
    TERMS,
    educated_children,
    large_store,
    missing_children,
)
from benchmarks.shown_window import settle, shown_window
from desktop.compose import build_catalogue
from desktop.flows.caseload.case_table import caseload
from desktop.flows.child.child_lines import ChildOrder, WantedChildren, listed
from desktop.flows.child.found_here import found_here
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import missing_now
from desktop.flows.due.today import today
from desktop.flows.team.exceptions import team
from desktop.store.vault import Vault

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

CHILDREN, FEWER, FAMILIES, CASES = 5_000, 833, 2_000, 600
ROUNDS = 5
SHOWN = 30  # lines of a list
WHOLE_MS, WINDOW_MS = 300, 100
WORDS = "wren"  # in the name of every child
Deed = tuple[str, Callable[[], object]]


def main() -> int:
    """1 where a limit is missed."""
    large = large_store("manager", MANAGER, missing_children(CHILDREN))
    fewer = large_store("fewer", MANAGER, missing_children(FEWER))
    education = large_store("education", OFFICER_FOR_BOTH, educated_children(FAMILIES, CASES))
    missed = _measured(f"{CHILDREN:,} children, {12 * CHILDREN:,} records", large, ("today", "team"), None, _managers)
    missed += _measured(f"{12 * FEWER:,} records", fewer, ("today", "children", "find"), WINDOW_MS, _finders)
    missed += _measured(f"{FAMILIES:,} families, {CASES} cases", education, ("today", "caseload"), None, _officers)
    return int(bool(missed))


def _managers(desk: Desk) -> tuple[Deed, ...]:
    return (
        ("Today", lambda: today(desk)),
        ("Team", lambda: team(desk)),
        ("Missing now", lambda: missing_now(desk)),
    )


def _finders(desk: Desk) -> tuple[Deed, ...]:
    return (
        ("Today", lambda: today(desk)),
        ("Children", lambda: listed(desk, WantedChildren(), first=SHOWN)),
        ("Children by what is due", lambda: listed(desk, WantedChildren(order=ChildOrder.DUE), first=SHOWN)),
        ("Find", lambda: found_here(desk, WORDS)),
    )


def _officers(desk: Desk) -> tuple[Deed, ...]:
    return (("Today", lambda: today(desk)), ("Caseload", lambda: caseload(desk)))


def _measured(
    title: str,
    folder: Path,
    places: tuple[str, ...],
    window_limit: int | None,
    deeds: Callable[[Desk], tuple[Deed, ...]],
) -> list[str]:
    missed: list[str] = []

    def told(name: str, spent: float, limit: int | None) -> None:
        beside = f"at most {limit}" if limit else ""
        over = limit is not None and spent > limit
        print(f"  {name:58} {spent:>6.0f} ms   {beside}{'  MISSED' if over else ''}", flush=True)
        if over:
            missed.append(name)

    with _desk(folder) as desk:
        print(title)
        for name, deed in deeds(desk):
            first = _spent(deed)[0]
            told(f"{name}, the flow; the first time after unlocking {first:.0f}", _median(deed)[0], WHOLE_MS)
        with _window(desk) as openings:
            for place in places:
                whole, own = _median(openings(place))
                told(f"{place.capitalize()}, the window, every thread", whole, WHOLE_MS)
                told(f"{place.capitalize()}, the window's own thread", own, window_limit)
    return missed


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
    try:
        yield Desk(vault, build_catalogue(), lambda: NOW)
    finally:
        vault.close()


@contextmanager
def _window(desk: Desk) -> Iterator[Callable[[str], Callable[[], object]]]:
    """Gives, for a place, the deed of opening it from another: until it is read, built, laid out and painted."""
    with shown_window(desk) as window:
        yield lambda place: _opening(window, place)


def _opening(window: MainWindow, place: str) -> Callable[[], object]:
    from PySide6.QtWidgets import QLineEdit  # noqa: PLC0415 - flows are measured without Qt

    from desktop.demo.walk.hand import pause  # noqa: PLC0415
    from desktop.ui.frame.shell import Where  # noqa: PLC0415

    def away() -> None:
        window.go(Where("help"))
        settle(window)
        gc.collect()

    def deed() -> None:
        window.go(Where(place))
        if place == "find":
            box = window.findChild(QLineEdit, "find/text")
            assert box is not None
            box.setText(WORDS)
            box.textEdited.emit(WORDS)
            pause(250)
        settle(window)

    away()
    deed.before = away  # type: ignore[attr-defined]
    return deed


def _median(deed: Callable[[], object]) -> tuple[float, float]:
    rounds = [_spent(deed) for _ in range(ROUNDS)]
    return statistics.median(one[0] for one in rounds), statistics.median(one[1] for one in rounds)


def _spent(deed: Callable[[], object]) -> tuple[float, float]:
    """Of the process and of this thread; without the collector, which the window runs between two deeds."""
    getattr(deed, "before", gc.collect)()
    gc.disable()
    whole, own = time.process_time(), time.thread_time()
    deed()
    spent = (time.process_time() - whole) * 1000, (time.thread_time() - own) * 1000
    gc.enable()
    return spent


if __name__ == "__main__":
    sys.exit(main())
