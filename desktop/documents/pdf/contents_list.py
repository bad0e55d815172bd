"""The list of contents that a reader shows beside the pages: headings, and headings below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.documents.pdf.numbered_objects import NumberedObjects, ref, text_string


@dataclass(frozen=True, slots=True)
class Heading:
    """`page`: its place among the pages."""

    words: str
    page: int
    below: list[Heading] = field(default_factory=list)


def write_contents(objects: NumberedObjects, headings: Sequence[Heading], pages: Sequence[int]) -> int:
    """All of them open."""
    root = objects.reserve()
    objects.put(root, f"<</Type/Outlines{_level(objects, headings, pages, root)}>>")
    return root


def _level(objects: NumberedObjects, headings: Sequence[Heading], pages: Sequence[int], parent: int) -> str:
    numbers = [objects.reserve() for _ in headings]
    for place, heading in enumerate(headings):
        near = f"/Prev {ref(numbers[place - 1])}" if place else ""
        near += f"/Next {ref(numbers[place + 1])}" if place + 1 < len(numbers) else ""
        below = _level(objects, heading.below, pages, numbers[place]) if heading.below else ""
        leads = f"/Title{text_string(heading.words)}/Parent {ref(parent)}/Dest[{ref(pages[heading.page])}/Fit]"
        objects.put(numbers[place], f"<<{leads}{near}{below}>>")
    return f"/First {ref(numbers[0])}/Last {ref(numbers[-1])}/Count {_count(headings)}"


def _count(headings: Sequence[Heading]) -> int:
    return sum(1 + _count(heading.below) for heading in headings)
