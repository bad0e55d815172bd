"""How the window speaks: plain, without blame, and without the habits of software."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, qGray
from PySide6.QtWidgets import QLineEdit, QTextEdit

import desktop.ui
from desktop.ui.kit.basics.directions import END, LEFT_TO_RIGHT, START, directed
from desktop.ui.kit.basics.labels import TAGS, Tag
from tests.desktop.ui.conftest import Driven

FOLDER = Path(desktop.ui.__file__).parent
APART = 20  # points of a picture that differ
BANNED = re.compile(
    r"\b(invalid|failed|oops|please|synced|absconded|refused to engage|non-compliant|okay to delete)\b", re.IGNORECASE
)


def strings() -> list[tuple[str, str]]:
    """Every piece of text in the window's code that reads like a sentence, without docstrings."""
    found = []
    for path in sorted(FOLDER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docs:
                continue
            if re.search(r"[a-z] [a-z]", node.value) and "{" not in node.value:
                found.append((path.name, node.value))
    return found


def test_there_are_words_to_look_at() -> None:
    assert len(strings()) > 100


def test_no_banned_words() -> None:
    """Check 25: errors say what to do; nobody is blamed."""
    assert [(name, text) for name, text in strings() if BANNED.search(text)] == []


def test_no_asterisks_and_no_shouting() -> None:
    """Nothing is marked with a star or set in capitals."""
    shouted = [text for _name, text in strings() if re.search(r"\b[A-Z]{5,}\b", text)]
    starred = [text for _name, text in strings() if text.rstrip().endswith("*")]

    assert shouted + starred == []


def test_no_placeholders(driven: Driven, every_page: Callable[[], Iterator[str]]) -> None:
    """Dictated words are appended to placeholder text in some editors, so there is none."""
    for page in every_page():
        lines = {box.placeholderText() for box in driven.window.findChildren(QLineEdit)}
        texts = {box.placeholderText() for box in driven.window.findChildren(QTextEdit)}

        assert lines | texts <= {""}, page


def test_every_tag_is_told_apart_in_grey(driven: Driven) -> None:
    """Check 12: painted with the same words and without colour, no two look alike: the icon's shape tells."""
    grey = {kind: _grey(driven, Tag(kind, "One")) for kind in TAGS}
    alike = [(one, other) for one, other in combinations(grey, 2) if _differ(grey[one], grey[other]) < APART]

    assert alike == []


def _grey(driven: Driven, tag: Tag) -> QImage:
    driven.qtbot.addWidget(tag)
    return tag.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def _differ(one: QImage, other: QImage) -> int:
    """In how many places clearly lighter or darker, beyond what the ground alone would give."""
    grounds = qGray(one.pixel(3, one.height() // 2)), qGray(other.pixel(3, other.height() // 2))
    places = ((x, y) for x in range(min(one.width(), other.width())) for y in range(min(one.height(), other.height())))
    return sum(
        abs((qGray(one.pixel(x, y)) - grounds[0]) - (qGray(other.pixel(x, y)) - grounds[1])) > 40 for x, y in places
    )


@pytest.mark.parametrize("text", ["Wren Hollowby, 14", "نور الحسيني", ""])
def test_lines_in_one_direction_are_left_alone(text: str) -> None:
    assert directed(text) == text


def test_a_name_from_right_to_left_keeps_its_order_in_an_english_line() -> None:
    assert directed("نور الحسيني, 16") == f"{LEFT_TO_RIGHT}{START}نور الحسيني{END}, 16"
