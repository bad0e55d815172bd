"""A document that flows over pages of one kind, each of which says how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from casework.canonical import JSON, canonical
from desktop.documents.pdf.structure_tree import Element, TagPlace
from desktop.documents.pdfua import Closing, finish
from desktop.documents.tagging import FIELD, TaggedCanvas
from judgement.signature_form import CHECKER

Story = Callable[[Element], Iterator[Flowable]]  # the parts, under the root of the structure that is read aloud
Edges = Callable[[TaggedCanvas, int, int], None]  # what stands round them: on which page, of how many


@dataclass(frozen=True, slots=True)
class PageShape:
    """Sizes in points. `frame`: left, bottom, width and height of what flows."""

    title: str
    author: str
    size: tuple[float, float]
    frame: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages on their canvas, and the tree of what is on them."""

    canvas: TaggedCanvas
    tree: Element


def page_by_page(shape: PageShape, story: Story, edges: Edges) -> Drawn:
    """Drawn once; what stands round the pages comes last, for only then is it known how many there are."""
    canvas, tree = TaggedCanvas(shape.size), Element("Document")
    document = BaseDocTemplate(None, pagesize=shape.size)
    document.addPageTemplates(PageTemplate("page", [Frame(*shape.frame, 0, 0, 0, 0)]))
    document._doSave = 0
    document.build(list(story(tree)), canvasmaker=lambda *_asked, **_more: canvas)
    total = len(canvas.pages)
    for number, page in enumerate(canvas.pages, 1):
        canvas.draw_under(page, partial(edges, canvas, number, total))
    return Drawn(canvas, tree)


def finished(drawn: Drawn, shape: PageShape, said: Mapping[str, JSON], *, signer: str, created: datetime) -> bytes:
    """Tagged, with what it says attached for a computer and a place for `signer`’s signature; not yet signed."""
    places = drawn.canvas.places
    field, later = (FIELD, f"Signature of {signer}", places[FIELD]), _later(places.get(CHECKER))
    closing = Closing(shape.title, shape.author, created, _with_pages(said), field, later)
    return finish(drawn.canvas, drawn.tree, closing)


def finished_unsigned(drawn: Drawn, shape: PageShape, said: Mapping[str, JSON], created: datetime) -> bytes:
    """Tagged, and nobody's to sign: a sheet to write on, or to read once and destroy."""
    return finish(drawn.canvas, drawn.tree, Closing(shape.title, shape.author, created, _with_pages(said)))


def _with_pages(said: Mapping[str, JSON]) -> Callable[[str], bytes]:
    return lambda page_hash: canonical({**said, "page_hash": page_hash})


def _later(place: TagPlace | None) -> tuple[str, str, TagPlace] | None:
    return (CHECKER, "Signature of the manager who checks this", place) if place else None
