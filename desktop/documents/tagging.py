"""What each mark on the page is, for people who listen to it (PDF/UA-1, PDF/A-3a).

reportlab draws; it writes no tags. The canvas here wraps what is drawn in marked content and keeps the pages;
`pdfua.finish` writes the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfutils import readJPEGInfo
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.pdf.contents_list import Heading
from desktop.documents.pdf.drawn_pages import DrawnPage, Jpeg
from desktop.documents.pdf.numbered_objects import utf16
from desktop.documents.pdf.structure_tree import Element, TagPlace
from judgement.signature_form import AUTHOR

FIELD = AUTHOR


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas on which everything is either part of the structure tree or an artifact.

    Its pages stay open until the file is written, so that what stands round them can say how many there are.
    """

    def __init__(self, pagesize: tuple[float, float], **_asked: Any) -> None:
        super().__init__(None, pagesize=pagesize, invariant=1)
        self.places: dict[str, TagPlace] = {}
        self.embedded: dict[str, Any] = {}  # by the name they were shipped under: see embedded_font
        self.pages: list[DrawnPage] = []
        self.pictures: dict[str, Jpeg] = {}  # by the name that pages know them by
        self.contents: list[Heading] = []
        self._shown: set[str] = set()
        self._names: dict[str, str] = {}
        self._next_mark = 0

    def draw_jpeg(self, jpeg: bytes, digest: str, width: float, height: float) -> None:
        """With its lower left corner at the origin, in the file once and as it came."""
        name = self._names.setdefault(digest, f"P{len(self._names) + 1}")
        if name not in self.pictures:
            wide, high, components, _ = readJPEGInfo(io.BytesIO(jpeg))
            self.pictures[name] = Jpeg(jpeg, wide, high, components)
        self._shown.add(name)
        self._code.append(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /{name} Do Q")

    def begin(self, element: Element) -> None:
        self._code.append(f"/{element.tag} <</MCID {self._next_mark}>> BDC")
        element.children.append((len(self.pages), self._next_mark))
        self._next_mark += 1

    def speak(self, actual_text: str) -> None:
        """Until `end`: what is read out and copied in place of the glyphs."""
        self._code.append(f"/Span <</ActualText <FEFF{utf16(actual_text)}>>> BDC")

    def add_bookmark(self, words: str, level: int) -> None:
        """A line of the list of contents that a reader shows beside the pages, leading here."""
        within = self.contents[-1].below if level and self.contents else self.contents
        within.append(Heading(words, len(self.pages)))

    def begin_artifact(self) -> None:
        self._code.append("/Artifact BMC")

    def end(self) -> None:
        self._code.append("EMC")

    def mark_place(self, name: str, width: float, height: float) -> None:
        """Remembers where the origin stands now, for a field that is added later."""
        x, y = self.absolutePosition(0, 0)
        self.places[name] = TagPlace(len(self.pages), x, y, width, height)

    def draw_under(self, page: DrawnPage, draw: Callable[[], None]) -> None:
        """What stands round a page that is full, and beneath its words."""
        self._startPage()
        self.saveState()
        draw()
        self.restoreState()
        page.code[:0] = self._code

    def _make_preamble(self) -> None:
        """None: reportlab's own names a font that no page of ours uses and no standard lets go unembedded."""
        self._preamble = ""

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self.pages.append(DrawnPage(self._pagesize, self._code, frozenset(self._shown)))
        self._next_mark, self._shown = 0, set()
        self._startPage()
