"""The structure tree: what each mark on the page is, for people who listen to it (PDF/UA-1, PDF/A-3a).

reportlab draws; it writes no tags. The canvas here wraps what is drawn in marked content; `pdfua.finish` adds the rest.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from judgement.signature_form import AUTHOR

FIELD = AUTHOR
rl_config.useA85 = 0  # streams as bytes: writing them as letters took nine tenths of the time, and a quarter more room


@dataclass
class Element:
    """A node of the structure tree; its children are elements, or (page, number) of marked content.

    `spoken` is what is read out in place of its glyphs, which stand from left to right whatever way a person reads.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    spoken: str = ""
    children: list[Element | tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "", spoken: str = "") -> Element:
        child = Element(tag, alt, scope, spoken)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class TagPlace:
    """Where on which page something was drawn, in points."""

    page: int
    x: float
    y: float
    width: float
    height: float


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas on which everything is either part of the structure tree or an artifact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["pdfVersion"] = (1, 7)
        kwargs["invariant"] = 1  # no time of day: the same copy is the same bytes
        super().__init__(*args, **kwargs)
        self.places: dict[str, TagPlace] = {}
        self.embedded: dict[str, Any] = {}  # by name: the fonts of this document, see embedded_font
        self.is_rehearsal = False  # drawn only to know how many pages there are: pictures are left out
        self._page_index = self._bookmarks = 0
        self._next_mark = 0

    def draw_jpeg(self, jpeg: bytes, digest: str, width: float, height: float) -> None:
        """With its lower left corner at the origin, in the file once and as it came: reportlab unpacks each picture to
        know whether it has it already."""
        if self.is_rehearsal:
            return
        held = self._doc.getXObjectName(digest)
        image = self._doc.idToObject.get(held)
        if image is None:
            image = PDFImageXObject(digest)
            image.loadImageFromJPEG(io.BytesIO(jpeg))
            self._doc.Reference(image, held)
            self._doc.addForm(digest, image)
        self._formsinuse.append(digest)
        self._code.append(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /{held} Do Q")

    def begin(self, element: Element) -> None:
        self._code.append(f"/{element.tag} <</MCID {self._next_mark}>> BDC")
        element.children.append((self._page_index, self._next_mark))
        self._next_mark += 1

    def speak(self, actual_text: str) -> None:
        """Until `end`: what is read out and copied in place of the glyphs."""
        said = ("\ufeff" + actual_text).encode("utf-16-be", errors="replace").hex()
        self._code.append(f"/Span <</ActualText <{said}>>> BDC")

    def add_bookmark(self, words: str, level: int) -> None:
        """A line of the list of contents that a reader shows beside the pages, leading here."""
        self._bookmarks += 1
        key = f"heading-{self._bookmarks}"
        self.bookmarkPage(key)
        self.addOutlineEntry(words, key, level)

    def begin_artifact(self) -> None:
        self._code.append("/Artifact BMC")

    def end(self) -> None:
        self._code.append("EMC")

    def mark_place(self, name: str, width: float, height: float) -> None:
        """Remembers where the origin stands now, for a field that is added later."""
        x, y = self.absolutePosition(0, 0)
        self.places[name] = TagPlace(self._page_index, x, y, width, height)

    def _make_preamble(self) -> None:
        """Without reportlab's first font, which no page of ours uses and no standard lets go unembedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        self._page_index += 1
        self._next_mark = 0
