"""A document that flows over pages of one kind, each of which says how many there are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from casework.canonical import JSON, canonical
from desktop.documents.pdfua import Closing, finish
from desktop.documents.tagging import FIELD, Element, TaggedCanvas, TagPlace
from judgement.attached import page_hash_of
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
    """The pages, not yet signed, with the tree and the canvas that what is attached to them is made from."""

    pdf: bytes
    tree: Element
    canvas: TaggedCanvas


def page_by_page(shape: PageShape, story: Story, edges: Edges) -> Drawn:
    """Drawn twice, for only then is it known how many pages there are."""
    _first, pages = _draw(shape, story, edges, 0)
    return _draw(shape, story, edges, pages)[0]


def finished(drawn: Drawn, shape: PageShape, said: Mapping[str, JSON], *, signer: str, created: datetime) -> bytes:
    """Tagged, with what it says attached for a computer and a place for `signer`’s signature; not yet signed."""
    places = drawn.canvas.places
    closing = Closing(
        title=shape.title,
        author=shape.author,
        created=created,
        record_json=canonical({**said, "page_hash": page_hash_of(drawn.pdf)}),
        field=(FIELD, f"Signature of {signer}", places[FIELD]),
        later=_later(places.get(CHECKER)),
    )
    return finish(io.BytesIO(drawn.pdf), drawn.tree, closing)


def finished_unsigned(drawn: Drawn, shape: PageShape, said: Mapping[str, JSON], created: datetime) -> bytes:
    """Tagged, and nobody's to sign: a sheet to write on, or to read once and destroy."""
    record = canonical({**said, "page_hash": page_hash_of(drawn.pdf)})
    closing = Closing(title=shape.title, author=shape.author, created=created, record_json=record)
    return finish(io.BytesIO(drawn.pdf), drawn.tree, closing)


def _later(place: TagPlace | None) -> tuple[str, str, TagPlace] | None:
    return (CHECKER, "Signature of the manager who checks this", place) if place else None


def _draw(shape: PageShape, story: Story, edges: Edges, total: int) -> tuple[Drawn, int]:
    out, tree, canvases = io.BytesIO(), Element("Document"), []

    def new_canvas(*args: Any, **kwargs: Any) -> TaggedCanvas:
        canvases.append(TaggedCanvas(*args, **kwargs))
        canvases[-1].is_rehearsal = not total
        return canvases[-1]

    document = BaseDocTemplate(out, pagesize=shape.size, title=shape.title, author=shape.author, lang="en-GB")
    frame = Frame(*shape.frame, 0, 0, 0, 0)
    page = PageTemplate("page", [frame], onPage=lambda canvas, doc: edges(canvas, doc.page, total))
    document.addPageTemplates(page)
    document.build(list(story(tree)), canvasmaker=new_canvas)
    return Drawn(out.getvalue(), tree, canvases[-1]), document.page
