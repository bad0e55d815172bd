"""The structure tree in the file, the parent tree that leads back to it from each page, and fields in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from desktop.documents.pdf.drawn_pages import WrittenPages
from desktop.documents.pdf.numbered_objects import NumberedObjects, ref, text_string

Mark = tuple[int, int]  # on which page, and its number there


@dataclass
class Element:
    """A node of the structure tree; its children are elements, or marked content.

    `spoken` is what is read out in place of its glyphs, which stand from left to right whatever way a person reads;
    `language` in which it is, where that is not the document's.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    spoken: str = ""
    language: str = ""
    children: list[Element | Mark] = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "", spoken: str = "") -> Element:
        child = Element(tag, alt, scope, spoken, self.language)
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


class StructureTree:
    """Writes the tree as it is walked."""

    def __init__(self, objects: NumberedObjects, pages: WrittenPages) -> None:
        self._objects, self._pages = objects, pages
        self.root = objects.reserve()
        self._owners: dict[int, dict[int, int]] = defaultdict(dict)  # of each mark on each page
        self._fields: list[int] = []
        self.widgets: list[int] = []
        self._document = objects.reserve()

    def write(self, tree: Element) -> None:
        """After the fields, which stand at its end."""
        self._put(self._document, tree, self.root, "".join(f" {ref(number)}" for number in self._fields))
        count = len(self._pages.numbers)
        lists = (self._owners[place] for place in range(count))
        owners = [self._objects.add(f"[{' '.join(ref(held[n]) for n in sorted(held))}]") for held in lists]
        leads = " ".join(f"{place} {ref(number)}" for place, number in enumerate([*owners, *self._fields]))
        parents = self._objects.add(f"<</Nums[{leads}]>>")
        self._objects.put(
            self.root,
            f"<</Type/StructTreeRoot/K[{ref(self._document)}]/ParentTree {ref(parents)}"
            f"/ParentTreeNextKey {count + len(self._fields)}>>",
        )

    def add_field(self, name: str, tooltip: str, place: TagPlace) -> None:
        """An empty signature field with a name to read out and a place in the tree, ready to be signed."""
        page, said = self._pages.numbers[place.page], text_string(tooltip)
        blank = f"/Type/XObject/Subtype/Form/BBox{_box(0, 0, place.width, place.height)}/Resources<<>>"
        shown = self._objects.stream(b"", blank)
        corners = _box(place.x, place.y, place.x + place.width, place.y + place.height)
        widget = self._objects.add(
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T{text_string(name)}/TU{said}/F 132/Rect{corners}/P {ref(page)}"
            f"/StructParent {len(self._pages.numbers) + len(self._fields)}/AP<</N {ref(shown)}>>>>"
        )
        leads = f"<</Type/OBJR/Obj {ref(widget)}/Pg {ref(page)}>>"
        parent = ref(self._document)
        self._fields.append(self._objects.add(f"<</Type/StructElem/S/Form/P {parent}/Alt{said}/K {leads}>>"))
        self._pages.annotations.setdefault(place.page, []).append(widget)
        self.widgets.append(widget)

    def _put(self, number: int, element: Element, parent: int, after: str = "") -> None:
        page = next((child[0] for child in element.children if isinstance(child, tuple)), None)
        about = "" if page is None else f"/Pg {ref(self._pages.numbers[page])}"
        if element.alt:
            about += f"/Alt{text_string(element.alt)}"
        if element.spoken:
            about += f"/ActualText{text_string(element.spoken)}"
        if element.language:
            about += f"/Lang({element.language})"
        if element.scope:
            about += f"/A<</O/Table/Scope/{element.scope}>>"
        held = " ".join([self._child(child, number, page) for child in element.children])
        body = f"<</Type/StructElem/S/{element.tag}/P {ref(parent)}{about}/K[{held}{after}]>>"
        self._objects.put(number, body)

    def _child(self, child: Element | Mark, parent: int, page: int | None) -> str:
        """A mark on the element's own page is a number alone."""
        if isinstance(child, Element):
            number = self._objects.reserve()
            self._put(number, child, parent)
            return ref(number)
        self._owners[child[0]][child[1]] = parent
        if child[0] == page:
            return str(child[1])
        return f"<</Type/MCR/Pg {ref(self._pages.numbers[child[0]])}/MCID {child[1]}>>"


def _box(*values: float) -> str:
    return f"[{' '.join(f'{value:.2f}' for value in values)}]"
