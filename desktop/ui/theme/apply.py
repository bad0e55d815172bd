"""Putting a look in force over the whole application."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.ui.theme.look import LARGEST, SMALLEST, Look, put_in_force
from desktop.ui.theme.tokens import Colour, tokens_named


def apply_look(app: QApplication, theme: str, percent: int) -> Look:
    """Faces first, then colours: set later, some widgets keep another face."""
    chosen = Look(tokens_named(theme, _own_palette(app)), min(max(percent, SMALLEST), LARGEST))
    put_in_force(chosen)
    app.setFont(chosen.font())
    app.setPalette(_palette(chosen))
    QToolTip.setPalette(app.palette())
    return chosen


def _own_palette(app: QApplication) -> QPalette:
    """The palette of the person's own computer, before ours covered it."""
    kept = app.property("own_palette")
    if isinstance(kept, QPalette):
        return kept
    app.setProperty("own_palette", app.palette())
    return app.palette()


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    colours: dict[QPalette.ColorRole, Colour] = {
        role.Window: "window", role.WindowText: "text", role.Base: "field_bg", role.AlternateBase: "sunk",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "error",
        role.Highlight: "primary", role.HighlightedText: "on_primary", role.Link: "link",
        role.LinkVisited: "link", role.PlaceholderText: "muted", role.ToolTipBase: "surface",
        role.ToolTipText: "text", role.Accent: "primary", role.Mid: "hair", role.Dark: "field",
    }  # fmt: skip
    palette = QPalette()
    for which, token in colours.items():
        palette.setColor(which, look.colour(token))
    return palette
