"""However long a record is, its signatures have something of it above them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pypdfium2
import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId
from casework.practice.letters.letter_filling import LetterPart
from desktop.documents.bars_on_paper import PaperBar
from desktop.documents.last_page import LastPage
from desktop.documents.paper import Maker, Signer
from desktop.documents.rendering import render
from desktop.documents.sheets.letter_page import LetterPaper, letter_pdf
from desktop.documents.sheets.scorecard_page import PaperPicture, scorecard_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.paths import fonts
from tests.desktop.documents.papers import CATALOGUE, INK, paper

SHOWN = frozenset({"before", "during", "help_words", "instead", "child_agrees", "worker_ink"})
ALONE = frozenset({"before", "worker_ink"})
AT = datetime(2026, 3, 27, 16, 31, tzinfo=UTC)
SIGNER = Signer("Nadia Brightwater", "Missing advocate", "Ashmere Council", "ASH-0142", AT)
LINE = "I counted the lamp posts."


def last_page(document: bytes) -> str:
    pages = pypdfium2.PdfDocument(document)
    return re.sub(r"\s+", " ", pages[len(pages) - 1].get_textpage().get_text_range())


def interview(lines: int, shown: frozenset[str]) -> bytes:
    words = "\n".join([LINE] * lines)
    made = paper(before=words, during=f"Bus. {LINE}", instead=f"Text Sam. {LINE}", child_agrees="yes")
    return render(replace(made, shown=shown, facts=()), fonts())


def plan(people: int) -> bytes:
    """With five signatures and a copy that somebody else made."""
    rows: JSON = [{"id": f"p{number}", "name": LINE, "tie": "strong"} for number in range(people)]
    inks: dict[str, JSON] = {"worker_ink": INK, "carer_ink": {"typed": "K. Fernsby"}, "child_ink": INK}
    made = replace(paper(), definition=CATALOGUE.form("find_me_plan"), answers={"my_people": rows, **inks}, facts=())
    maker = Maker("Tom Applegarth", "Team manager", "Ashmere Council", "ASH-0007", AT)
    return render(replace(made, shown=frozenset(made.answers), maker=maker, leaves_room=True), fonts())


def table(rows: int) -> TablePaper:
    cells = [("Wren", LINE, "Ashmere")] * rows
    heads, widths = ("Child", "Due", "Locality"), (0.3, 0.4, 0.3)
    about = ("Nadia Brightwater", "Ashmere Council", OfficerId("n"), AT)
    return TablePaper("caseload", "Who is due", "What stands here", heads, widths, cells, *about)


def scorecard(rows: int) -> bytes:
    bars = [PaperBar(f"Month {number}", number, str(number)) for number in range(6)]
    return scorecard_pdf(table(rows), [PaperPicture("Months", bars)], fonts())


def letter(lines: int) -> bytes:
    """The last paragraph alone is long."""
    about = ("0f" * 16, "ehe_cooling_off", "1", "Ashmere Council", ("1 High Street",), ("Mx K Hollowby",))
    parts = (LetterPart("paragraph", "Thank you for your letter."), LetterPart("paragraph", f"{LINE} " * lines))
    return letter_pdf(LetterPaper(*about, AT.date(), "Your letter", parts, "Yours sincerely", "", SIGNER, INK), fonts())


TEMPLATES: dict[str, tuple[Callable[[int], bytes], str, range]] = {
    "one long answer": (partial(interview, shown=ALONE), "Signatures", range(1, 96)),
    "several answers": (partial(interview, shown=SHOWN), "Signatures", range(1, 48)),
    "plan": (plan, "Signatures", range(1, 60, 2)),
    "table": (lambda rows: table_pdf(table(rows), fonts()), "Nadia Brightwater", range(46)),
    "scorecard": (scorecard, "Nadia Brightwater", range(46)),
    "letter": (letter, "Yours sincerely", range(1, 200, 3)),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_signatures_are_never_alone_on_a_page_at_any_length(name: str) -> None:
    """Lengths over more than a page and a half, each a line longer: something of the document stands above them."""
    make, begins, lengths = TEMPLATES[name]
    alone = []
    for length in lengths:
        above, *signed = last_page(make(length)).split(begins, 1)
        assert signed, length
        alone += [] if re.split(r"Page \d+ of \d+", above)[-1].strip() else [length]

    assert alone == []


def test_what_goes_over_goes_over_whole_or_by_more_than_a_line() -> None:
    """Nothing is lost where an answer is cut, and nobody reads one line of it alone."""
    for length in range(34, 48):
        document = interview(length, ALONE)
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(document)]

        assert sum(page.count("lamp posts") for page in pages) == length
        assert all(page.count("lamp posts") > 1 for page in pages), length


def test_nothing_moves_where_nothing_has_to() -> None:
    """And a document is drawn anew at most once for it."""
    last = LastPage(700)
    last.begin()
    assert not last.has_to_move(230)
