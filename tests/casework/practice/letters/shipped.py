"""The letters that ship, over the forms that ship; and the same with a council’s own words at the end of its file."""

from __future__ import annotations

from typing import NamedTuple

from casework.practice.council import load_council
from casework.practice.letters.letter_shelf import LetterShelf
from casework.practice.library import Library
from tests.casework.forms.real import COUNCIL, FORMS, ROOT


class Shipped(NamedTuple):
    library: Library
    shelf: LetterShelf


def texts() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "resources" / "letters").glob("*.toml")}


def _library(own: str) -> Library:
    forms = {file.name: file.read_text(encoding="utf-8") for file in FORMS.glob("*.toml")}
    council = load_council(f"{COUNCIL.read_text(encoding='utf-8')}\n{own}", file=COUNCIL.name)
    return Library(forms, council)


def with_council(own: str) -> LetterShelf:
    return LetterShelf(texts(), _library(own))


LETTERS = Shipped(_library(""), with_council(""))
