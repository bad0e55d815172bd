"""A record that was found: the answer with its words marked, and nothing that somebody typed read as markup."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.flows.child.found_here import found_here
from desktop.flows.record import editing
from desktop.ui.find.found_lines import FoundLine
from tests.desktop.ui.conftest import Driven


def test_the_words_are_marked_in_the_answer_and_read_out_whole(driven: Driven) -> None:
    said = "He said <b>never</b> & went by the weir."
    editing.answer(driven.shell.desk, driven.planted.interview_id, {"during": said})
    (found,) = found_here(driven.shell.desk, "weir").records
    line = FoundLine(driven.shell, found)
    shown = next(one for one in line.findChildren(QLabel) if "weir" in one.text())

    assert "&lt;b&gt;never&lt;/b&gt; &amp; went" in shown.text()
    assert "font-weight: 600; text-decoration: underline" in shown.text().split("weir")[0]
    assert line.accessibleName() == f"Return home interview, Wren Hollowby, {found.on}. Draft. {said}".rstrip(".")
    line.click()
    driven.settle()
    assert driven.shows("form")
    line.deleteLater()
