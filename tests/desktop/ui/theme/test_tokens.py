"""Every pair of colours that a screen draws can be told apart, in every theme."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from desktop.ui.kit.basics.labels import TAGS, Tag
from desktop.ui.kit.basics.panels import GROUNDS, Panel
from desktop.ui.theme.look import Look, look, put_in_force
from desktop.ui.theme.tokens import (
    SHAPE,
    SHAPE_PAIRS,
    TEXT,
    THEMES,
    WORD_PAIRS,
    Colour,
    Tokens,
    contrast,
    from_system,
    tokens_named,
)


def palette(window: str, text: str, chosen: str, on_chosen: str) -> QPalette:
    found, role = QPalette(), QPalette.ColorRole
    for which, colour in ((role.Window, window), (role.WindowText, text), (role.Highlight, chosen)):
        found.setColor(which, QColor(colour))
    found.setColor(role.HighlightedText, QColor(on_chosen))
    return found


SYSTEMS = {
    "black": from_system(palette("#000000", "#FFFFFF", "#1AEBFF", "#000000")),
    "white": from_system(palette("#FFFFFF", "#000000", "#37006E", "#FFFFFF")),
    "weak highlight": from_system(palette("#FFFFFF", "#000000", "#DDDDDD", "#FFFFFF")),
}
EVERY = {**THEMES, **SYSTEMS}


@pytest.mark.parametrize("tokens", EVERY.values(), ids=EVERY.keys())
def test_words_have_contrast(tokens: Tokens) -> None:
    """Words reach 4.5 to 1 on every ground they stand on."""
    weak = [(w, g, contrast(getattr(tokens, w), getattr(tokens, g))) for w, g in WORD_PAIRS]

    assert [pair for pair in weak if pair[2] < TEXT] == []


@pytest.mark.parametrize("tokens", EVERY.values(), ids=EVERY.keys())
def test_edges_have_contrast(tokens: Tokens) -> None:
    """Edges and pictures that mean something reach 3 to 1."""
    weak = [(w, g, contrast(getattr(tokens, w), getattr(tokens, g))) for w, g in SHAPE_PAIRS]

    assert [pair for pair in weak if pair[2] < SHAPE] == []


def test_a_colour_has_one_name() -> None:
    """The names a widget may ask for are those the themes have; mypy holds the widgets to them."""
    assert list(get_args(Colour)) == [
        name for name in Tokens._fields if isinstance(getattr(THEMES["light"], name), str)
    ]


@pytest.mark.parametrize("tokens", EVERY.values(), ids=EVERY.keys())
def test_every_theme_gives_every_name_a_colour(tokens: Tokens) -> None:
    """A name without one, met while painting, would end the program."""
    assert [name for name in get_args(Colour) if not Look(tokens).colour(name).isValid()] == []


@pytest.mark.parametrize("tokens", EVERY.values(), ids=EVERY.keys())
def test_every_ground_and_tag_is_painted_in_every_theme(tokens: Tokens, qtbot: QtBot) -> None:
    before = look()
    put_in_force(Look(tokens))
    try:
        shown = [*map(Panel, GROUNDS), *(Tag(kind, "Words") for kind in TAGS)]
        for widget in shown:
            qtbot.addWidget(widget)
        drawn = [not widget.grab().isNull() for widget in shown]
    finally:
        put_in_force(before)

    assert all(drawn)


def test_an_unknown_ground_is_refused_before_anything_is_painted() -> None:
    with pytest.raises(KeyError, match="mauve"):
        Panel("mauve")  # type: ignore[arg-type]


def test_a_known_pair() -> None:
    """The ratio is WCAG's: the drawing's own figure for its primary button."""
    assert round(contrast("#FFFFFF", "#0B5A6F"), 2) == 7.76


def test_an_unknown_theme_is_light() -> None:
    """A theme kept by a newer version does not leave the window without colours."""
    assert tokens_named("mauve", QPalette()) == THEMES["light"]
