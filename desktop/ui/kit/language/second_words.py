"""Words in the family’s language, under the English ones that they stand for."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt

from casework.practice.languages.beside_english import SecondLanguage
from desktop.ui.kit.basics.labels import Words, label


def second_words(beside: SecondLanguage | None, english: str, kind: str = "body", *, name: str = "") -> Words | None:
    """None where there are none: English then stands alone."""
    said = beside.says(english) if beside is not None else ""
    return in_language(beside, said, kind, name=name) if beside is not None and said else None


def answer_in_language(beside: SecondLanguage | None, english: str, *, name: str) -> Words | None:
    """Close under the box that it belongs to, whichever way it is written."""
    found = second_words(beside, english, name=name)
    if found is not None:
        found.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    return found


def in_language(beside: SecondLanguage, said: str, kind: str = "body", tone: str = "", *, name: str = "") -> Words:
    """At the right where the language is written from there."""
    found = label(said, kind, tone, name=name)
    found.setLocale(QLocale(beside.tag))
    if beside.from_right:
        found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return found
