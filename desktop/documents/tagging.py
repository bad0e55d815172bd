"""The structure tree: what each mark on the page is, for people who listen to it (PDF/UA-1, PDF/A-3a).

reportlab draws; it writes no tags. The canvas here wraps what is drawn in marked content; `pdfua.finish` adds the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas


@dataclass
class Element:
    """A node of the structure tree; its children are elements, or (page, number) of marked content."""

    tag: str
    alt: str = ""
    scope: str = ""
    children: list[Element | tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "") -> Element:
        child = Element(tag, alt, scope)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class Place:
    """Where on which page something was drawn, in points."""

    page: int
    x: float
    y: float
    width: float
    height: float


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas on which everything is either part of the structure tree or an artifact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initialFontName"] = "AtkinsonHyperlegibleNext-Regular"
        kwargs["pdfVersion"] = (1, 7)
        super().__init__(*args, **kwargs)
        self.places: dict[str, Place] = {}
        self._page_index = 0
        self._next_mark = 0
        self._spans: list[bool] = []

    def begin(self, element: Element, actual_text: str = "") -> None:
        """`actual_text` is what is read out in place of the glyphs; many readers look for it in a Span only."""
        self._code.append(f"/{element.tag} <</MCID {self._next_mark}>> BDC")
        if actual_text:
            spoken = ("\ufeff" + actual_text).encode("utf-16-be").hex()
            self._code.append(f"/Span <</ActualText <{spoken}>>> BDC")
        self._spans.append(bool(actual_text))
        element.children.append((self._page_index, self._next_mark))
        self._next_mark += 1

    def begin_artifact(self) -> None:
        self._spans.append(False)
        self._code.append("/Artifact BMC")

    def end(self) -> None:
        self._code.append("EMC EMC" if self._spans.pop() else "EMC")

    def mark_place(self, name: str, width: float, height: float) -> None:
        """Remembers where the origin stands now, for a field that is added later."""
        x, y = self.absolutePosition(0, 0)
        self.places[name] = Place(self._page_index, x, y, width, height)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        self._page_index += 1
        self._next_mark = 0
