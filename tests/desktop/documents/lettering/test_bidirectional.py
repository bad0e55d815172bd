"""Levels and order on the line are those of the Unicode standard's own test file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.documents.lettering.bidirectional import Order, levels_of, line_levels, order_of, visual_runs
from desktop.documents.lettering.line_drawing import set_apart
from tests.desktop.documents.lettering.pango import pango_runs

STANDARD = Path("/usr/share/unicode/BidiCharacterTest.txt")  # Debian's unicode-data
BRACKETS = Path(__file__).with_name("cases") / "arabic-brackets.txt"


def cases(step: int) -> Iterator[tuple[str, str, int, list[str], list[int]]]:
    """Text, the direction it is given, and the base, levels and order that come of it."""
    lines = [line for line in STANDARD.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines[::step]:
        codes, given, base, levels, order = line.split(";")
        yield (
            "".join(chr(int(code, 16)) for code in codes.split()),
            given,
            int(base),
            levels.split(),
            [int(place) for place in order.split()],
        )


def differing(step: int) -> list[str]:
    return [
        text
        for text, given, base, levels, order in cases(step)
        if worked_out(text, given, levels) != (base, levels, order)
    ]


def worked_out(text: str, given: str, removed: list[str]) -> tuple[int, list[str], list[int]]:
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    base = order_of(text).base if given == "2" else int(given)
    levels = line_levels(text, Order(base, levels_of(text, kinds, base)), 0, len(text))
    shown = [
        place
        for start, end, level in visual_runs(levels)
        for place in (reversed(range(start, end)) if level % 2 else range(start, end))
        if removed[place] != "x"
    ]
    return base, ["x" if removed[place] == "x" else str(level) for place, level in enumerate(levels)], shown


def test_every_hundredth_case_of_the_standard() -> None:
    assert differing(97) == []


@pytest.mark.soak
def test_every_case_of_the_standard() -> None:
    assert differing(1) == []


def test_a_name_set_apart_moves_nothing_round_it() -> None:
    """The head of a page: form, name, date, in this order whichever script the name is in."""
    text = f", {set_apart('محمد (Mo) 王')}, 28 November"
    order = order_of(text, 0)
    runs = [text[start:end] for start, end, _ in visual_runs(order.levels)]

    assert order.base == 0
    assert runs[0].startswith(", ")
    assert runs[-1].endswith(", 28 November")


def test_text_from_left_to_right_needs_no_levels() -> None:
    assert order_of("Wren left at 10:30 (late).") == Order(0, ())


@pytest.mark.parametrize(
    "text",
    [BRACKETS.read_text(encoding="utf-8").strip(), "Wren said “شكرا (10:30)” to me.", "עברית (10:30) שלום, ok? [כן]"],
)
def test_pango_puts_every_letter_in_the_same_place(text: str, tmp_path: Path) -> None:
    """The order of the letters on the line, brackets of a time in Arabic among them."""
    order = order_of(text)
    levels = line_levels(text, order, 0, len(text))
    ours = "".join(
        text[start:end][:: -1 if level % 2 else 1] for start, end, level in visual_runs(levels)
    )  # fmt: skip
    theirs = "".join(run.text[:: -1 if run.level % 2 else 1] for run in pango_runs(text, "Noto Sans", tmp_path))

    assert ours == theirs
