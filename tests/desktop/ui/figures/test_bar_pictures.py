"""The names under columns and beside bars are read whole, however narrow the picture."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.figures.bar_pictures import Bar, StandingColumns

QUARTERS = [Bar(f"Resolved in the period, {name} 2025", 1, "", "7") for name in ("July to September", "October")]


@pytest.mark.parametrize(("bars", "lies"), [(QUARTERS, False), (QUARTERS * 5, True)])
def test_columns_lie_down_where_a_word_would_be_cut(qtbot: QtBot, bars: list[Bar], *, lies: bool) -> None:

    picture = StandingColumns("drawn", "Resolved", bars)
    qtbot.addWidget(picture)
    tall = picture.lay(360)
    lefts = {spot.where.left() for spot in picture.spots}

    assert (len(lefts) == 1) == lies
    assert tall > 0
