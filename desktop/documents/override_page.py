"""The head of a copy that was shared without a yes: whose, for whom, why, and what the child was told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from casework.dates_in_words import day_and_time
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.paper import Paper
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.text_flow import Band, Style, TableRow, TextFlow

_TITLE = Style(size=20, leading=26, weight=BOLD, after=6)
_SMALL = Style(size=9.5, leading=13, colour="#4A5663")
_STRONG = Style(size=10.5, leading=15, weight=SEMIBOLD)
_HEAD = Style(size=12, leading=17, weight=SEMIBOLD, before=10, after=4)
_ONLY = Style(size=10, leading=15, indent=12, ground="#E3F0F4", edge="#0C5A73", before=8, after=2)
_THIRDS = (0.36, 0.3, 0.34)


def override_head(paper: Paper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    """What its reader needs before what was shared, on the page where that stands."""
    yield TextFlow(face, paper.definition.title, _TITLE, tree, "H1")
    said = (paper.child_name, paper.copy.title, day_and_time(paper.signer.signed_at))
    when = "Draft, not signed" if paper.is_draft else "Signed"
    yield from head_columns(face, tree.add("Table"), ("Child", "This is a", when), said)
    part = tree.add("Sect")
    yield TextFlow(face, "Shared without consent", _HEAD, part, "H2")
    table = part.add("Table")
    for label, words in paper.copy.grounds:
        row = table.add("TR")
        cells = [
            TextFlow(face, label, _SMALL, row.add("TH", scope="Row")),
            TextFlow(face, words, _STRONG, row.add("TD")),
        ]
        yield TableRow(cells, (0.36, 0.64), rule="#B9C3CC", gap=4)
    yield Band(6)
    only = f"Only what is needed for that reason is here. Ask {paper.signer.name} about {paper.reference}."
    yield TextFlow(face, only, _ONLY, part)


def head_columns(face: Typeface, table: Element, heads: Sequence[str], said: Sequence[str]) -> Iterator[Flowable]:
    """A row of small heads over a row of what they head."""
    top, below = table.add("TR"), table.add("TR")
    yield TableRow([TextFlow(face, head, _SMALL, top.add("TH", scope="Column")) for head in heads], _THIRDS, gap=1)
    yield TableRow([TextFlow(face, words, _STRONG, below.add("TD")) for words in said], _THIRDS, rule="#B9C3CC", gap=2)
