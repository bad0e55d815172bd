"""Every colour on screen, theme by theme. Widgets name a token; no widget holds a colour of its own."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QPalette

TEXT = 4.5  # the least contrast for words (WCAG 1.4.3)
SHAPE = 3.0  # the least contrast for edges and pictures that carry meaning (WCAG 1.4.11)


Colour = Literal[
    "window", "surface", "sunk", "text", "muted", "hair", "field", "field_bg", "primary", "primary_over",
    "primary_down", "on_primary", "primary_soft", "link", "focus", "select", "bar", "bar_on", "bar_text",
    "bar_text_on", "bar_edge", "error", "problem", "problem_bg", "draft", "draft_bg", "ready", "ready_bg", "signed",
    "signed_bg", "waiting", "waiting_bg", "decide", "decide_bg", "soon", "soon_bg", "soon_fill", "over", "over_bg",
    "declined", "declined_bg", "voice_bg", "voice_edge", "voice_line", "view_bg", "view_edge", "view_line", "left",
    "spent", "paper", "ink", "paper_line",
]  # fmt: skip
"""A token by its name. A wrong one met while painting ends the program, so mypy meets it first."""


class Tokens(NamedTuple):
    """One theme. `line` is the width of a control's edge; `outlined` tags draw an edge round themselves."""

    window: str = "#F6F7F9"
    surface: str = "#FFFFFF"
    sunk: str = "#EEF1F4"
    text: str = "#15202B"
    muted: str = "#4A5663"
    hair: str = "#D5DBE1"
    field: str = "#66727F"
    field_bg: str = "#FFFFFF"
    primary: str = "#0B5A6F"
    primary_over: str = "#094A5C"
    primary_down: str = "#07394A"
    on_primary: str = "#FFFFFF"
    primary_soft: str = "#E3F0F4"
    link: str = "#0B5A6F"
    focus: str = "#0B3B8C"
    select: str = "#E3F0F4"
    bar: str = "#0C2F3B"
    bar_on: str = "#174A5A"
    bar_text: str = "#D7E6EB"
    bar_text_on: str = "#FFFFFF"
    bar_edge: str = "#6CC6DB"
    error: str = "#A3171B"
    problem: str = "#8B1216"
    problem_bg: str = "#FDECEC"
    draft: str = "#34404C"
    draft_bg: str = "#E6EAEE"
    ready: str = "#0A4A5C"
    ready_bg: str = "#DCEFF4"
    signed: str = "#1B5E33"
    signed_bg: str = "#E1F3E6"
    waiting: str = "#5A3E00"
    waiting_bg: str = "#FFF0C7"
    decide: str = "#6A1B6E"
    decide_bg: str = "#F6E6F7"
    soon: str = "#6B3A00"
    soon_bg: str = "#FFE6CC"
    soon_fill: str = "#B35C00"
    over: str = "#FFFFFF"
    over_bg: str = "#6B3A00"
    declined: str = "#3A3F8F"
    declined_bg: str = "#E8E9FB"
    voice_bg: str = "#FFF8E7"
    voice_edge: str = "#9A6B00"
    voice_line: str = "#E6D5A8"
    view_bg: str = "#EDF2F6"
    view_edge: str = "#5B6B7A"
    view_line: str = "#C9D3DC"
    left: str = "#0B5A6F"  # what is left of a clock
    spent: str = "#B9C3CC"  # what is spent of it: decoration, the words beside it carry the meaning
    paper: str = "#FFFFFF"  # signature pads stay white in every theme
    ink: str = "#15202B"
    paper_line: str = "#B9C3CC"
    line: int = 1
    outlined: bool = False


LIGHT = Tokens()

DARK = Tokens(
    window="#14181D", surface="#1E242B", sunk="#262D35", text="#E8ECF0", muted="#B3BDC7", hair="#38424C",
    field="#8592A0", field_bg="#191E24", primary="#6CC6DB", primary_over="#8AD3E4", primary_down="#A6DFEC",
    on_primary="#06222A", primary_soft="#123640", link="#7FD0E3", focus="#FFD54A", select="#153640",
    bar="#0B1216", bar_on="#173842", bar_text="#B9CDD4", error="#FF9A9A", problem="#FFC2C2",
    problem_bg="#5A1517", draft="#DDE3E9", draft_bg="#39434D", ready="#C6ECF5", ready_bg="#0E4453",
    signed="#C3EBCF", signed_bg="#174A29", waiting="#FFE29A", waiting_bg="#4A3700", decide="#F0C7F3",
    decide_bg="#4E1B52", soon="#FFD2A6", soon_bg="#573000", soon_fill="#FFB066", over="#241300",
    over_bg="#FFB066", declined="#D3D5FB", declined_bg="#2E3272", voice_bg="#2C2718", voice_edge="#E0B450",
    voice_line="#57491F", view_bg="#232B33", view_edge="#93A4B3", view_line="#3C4853", left="#6CC6DB",
    spent="#55616D",
)  # fmt: skip

CREAM = LIGHT._replace(
    window="#FFF8E7", surface="#FFFDF6", sunk="#F6EEDA", hair="#E3D9BF", field_bg="#FFFEFA",
    voice_bg="#FBEEC8", voice_edge="#8A5F00", voice_line="#DFC98E", view_bg="#E9EFF2", select="#DDEDF0",
    spent="#C2BCA8",
)  # fmt: skip

BRIGHT = LIGHT._replace(
    window="#FFFFFF", surface="#FFFFFF", sunk="#FFFFFF", text="#000000", muted="#1C1C1C", hair="#000000",
    field="#000000", primary="#00303D", primary_over="#001D26", primary_down="#000000",
    primary_soft="#FFFFFF", link="#00303D", focus="#0033CC", select="#DCEFF4", bar="#000000",
    bar_on="#00303D", bar_text="#FFFFFF", error="#8B0000", problem="#6E0000", voice_edge="#6B4A00",
    voice_line="#6B4A00", view_edge="#2F3B46", view_line="#2F3B46", left="#00303D", spent="#8C969F",
    line=2, outlined=True,
)  # fmt: skip

# Words on grounds, and shapes on grounds: every pair a screen draws, checked in every theme.
WORD_PAIRS = (
    ("text", "window"), ("text", "surface"), ("text", "sunk"), ("text", "field_bg"), ("text", "select"),
    ("text", "voice_bg"), ("text", "view_bg"), ("muted", "window"), ("muted", "surface"), ("muted", "sunk"),
    ("muted", "select"), ("muted", "voice_bg"), ("muted", "view_bg"), ("link", "surface"),
    ("link", "window"), ("link", "voice_bg"), ("link", "view_bg"), ("link", "select"),
    ("on_primary", "primary"), ("on_primary", "primary_over"), ("on_primary", "primary_down"),
    ("primary", "primary_soft"), ("bar_text", "bar"), ("bar_text_on", "bar_on"), ("bar", "bar_text"),
    ("error", "surface"), ("error", "window"), ("error", "voice_bg"), ("error", "view_bg"),
    ("problem", "problem_bg"), ("draft", "draft_bg"), ("ready", "ready_bg"), ("signed", "signed_bg"),
    ("waiting", "waiting_bg"), ("decide", "decide_bg"), ("soon", "soon_bg"), ("over", "over_bg"),
    ("declined", "declined_bg"), ("ink", "paper"),
    ("text", "decide_bg"), ("signed", "surface"),
)  # fmt: skip
SHAPE_PAIRS = (
    ("field", "field_bg"), ("field", "surface"), ("field", "window"), ("focus", "surface"),
    ("focus", "window"), ("focus", "voice_bg"), ("focus", "view_bg"), ("voice_edge", "voice_bg"),
    ("view_edge", "view_bg"), ("primary", "surface"), ("primary", "select"), ("bar_edge", "bar"),
    ("left", "surface"), ("soon_fill", "surface"), ("over_bg", "surface"), ("decide", "surface"),
    ("error", "surface"), ("view_edge", "surface"), ("declined", "surface"), ("left", "decide_bg"),
    ("view_edge", "decide_bg"), ("signed", "decide_bg"), ("soon_fill", "decide_bg"),
)  # fmt: skip

THEMES = {"light": LIGHT, "cream": CREAM, "dark": DARK, "bright": BRIGHT}
THEME_NAMES = {
    "light": "Light",
    "cream": "Cream",
    "dark": "Dark",
    "bright": "Bright light",
    "system": "System contrast",
}


def from_system(palette: QPalette) -> Tokens:
    """The colours the person chose for the whole computer, with our shapes drawn as outlines."""
    role = QPalette.ColorRole
    text, window = palette.color(role.WindowText).name(), palette.color(role.Window).name()
    chosen, on_chosen = palette.color(role.Highlight).name(), palette.color(role.HighlightedText).name()
    if contrast(chosen, on_chosen) < TEXT or contrast(chosen, window) < SHAPE:
        chosen, on_chosen = text, window
    grounds = {name: window for name in _names() if name.endswith("_bg") or name in _GROUNDS}
    words = {name: text for name in _names() if name not in grounds}
    primary = dict.fromkeys(("primary", "primary_over", "primary_down", "bar_on", "focus"), chosen)
    on_top = {"on_primary": on_chosen, "bar_text_on": on_chosen, "over_bg": text, "over": window}
    keep = {"paper": "#FFFFFF", "ink": "#15202B", "paper_line": "#B9C3CC"}
    return Tokens(**{**grounds, **words, **primary, **on_top, **keep}, line=2, outlined=True)


def tokens_named(name: str, palette: QPalette) -> Tokens:
    """A theme by the name kept in the settings; an unknown name is Light."""
    return from_system(palette) if name == "system" else THEMES.get(name, LIGHT)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


_GROUNDS = frozenset({"window", "surface", "sunk", "select", "bar", "primary_soft"})


def _names() -> list[str]:
    return [name for name in Tokens._fields if name not in {"line", "outlined"}]


def _luminance(colour: str) -> float:
    value = QColor(colour)
    red, green, blue = (_linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
