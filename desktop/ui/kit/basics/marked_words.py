"""Words of a person with some of them marked: as rich text in which nothing that was typed is read as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

Runs = tuple[tuple[bool, str], ...]


def mark(shown: QLabel, text: str, runs: Runs, style: str) -> None:
    """`runs` are `text` whole and in order: (is it marked?, the run). It is read aloud without its marks."""
    shown.setTextFormat(Qt.TextFormat.RichText)
    shown.setText(marked(runs, f'<span style="{style}">'))
    shown.setAccessibleName(text)


def marked(runs: Runs, opening: str) -> str:
    """As rich text, every letter of the words escaped; white space stays as it was written, and is not marked."""
    said = "".join(_marked(run, opening) if differs and run.strip() else escape(run) for differs, run in runs)
    return f'<div style="white-space: pre-wrap">{said}</div>'


def _marked(run: str, opening: str) -> str:
    core = run.strip()
    before, after = run.split(core, 1)
    return f"{before}{opening}{escape(core)}</span>{after}"
