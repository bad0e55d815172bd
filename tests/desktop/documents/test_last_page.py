"""However long a record is, its signatures have something of it above them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

from desktop.documents.last_page import LastPage
from desktop.documents.rendering import render
from desktop.paths import fonts
from tests.desktop.documents.papers import paper

SHOWN = frozenset({"before", "during", "help_words", "instead", "child_agrees", "worker_ink"})


def last_page(lines: int) -> str:
    """What stands on it, the head and the foot left out."""
    words = "\n".join(["I counted the lamp posts."] * lines)
    made = replace(paper(before=words, during="Bus.", instead="Text Sam.", child_agrees="yes"), shown=SHOWN)
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=render(made, fonts()), capture_output=True, check=True
    )
    pages = done.stdout.decode().rstrip("\f").split("\f")
    return re.sub(r"\s+", " ", pages[-1].split("Ashmere Council", 1)[1]).strip()


def test_signatures_are_never_alone_on_a_page() -> None:
    """With 7 and 11 lines the signatures alone would go over; with 3 and 18 they do not."""
    heads = {lines: last_page(lines) for lines in (3, 7, 11, 18)}

    assert all("Signatures" in words for words in heads.values())
    assert [lines for lines, words in heads.items() if words.startswith("Signatures")] == []


def test_nothing_moves_where_nothing_has_to() -> None:
    """And a document is drawn anew at most once for it."""
    last = LastPage(700)
    last.begin()
    assert not last.has_to_move()
