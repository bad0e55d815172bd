"""Pages as they were drawn, and what they draw with: each font and each picture stands in the file once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.documents.pdf.numbered_objects import PACKED, NumberedObjects, packed, ref
from judgement.attached import hash_of_pages

_COLOURS = {1: "DeviceGray", 3: "DeviceRGB"}


@dataclass(slots=True)
class DrawnPage:
    """`code`: its operators. `pictures`: the names of those on it."""

    size: tuple[float, float]
    code: list[str]
    pictures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Jpeg:
    """As it came, with what its head says of it."""

    data: bytes
    width: int
    height: int
    components: int

    def write(self, objects: NumberedObjects) -> int:
        about = f"/Type/XObject/Subtype/Image/Width {self.width}/Height {self.height}/BitsPerComponent 8"
        return objects.stream(self.data, f"{about}/ColorSpace/{_COLOURS[self.components]}/Filter/DCTDecode")


class PackedFont(Protocol):
    """`packed_parts`: what its codes are read as, what each draws, and the outlines, as they lie in the file."""

    def packed_parts(self) -> Sequence[bytes]: ...

    def write(self, objects: NumberedObjects) -> int: ...


class WrittenPages:
    """The pages in the file but for their own entries, which `close` writes: annotations come after them."""

    def __init__(
        self,
        objects: NumberedObjects,
        pages: Sequence[DrawnPage],
        fonts: Mapping[str, PackedFont],
        pictures: Mapping[str, Jpeg],
    ) -> None:
        self._objects, self._pages = objects, pages
        self.root = objects.reserve()
        self.numbers = [objects.reserve() for _ in pages]
        self.annotations: dict[int, list[int]] = {}  # by the place of their page
        self._drawn = [packed("\n".join([*page.code, ""]).encode("latin-1")) for page in pages]
        self._fonts = objects.add(_named({name: font.write(objects) for name, font in fonts.items()}))
        self._pictures = {name: picture.write(objects) for name, picture in pictures.items()}
        self.hash = hash_of_pages(self._streams(fonts, pictures))

    def close(self) -> None:
        for place, page in enumerate(self._pages):
            self._objects.put(self.numbers[place], self._page(place, page))
        kids = " ".join(map(ref, self.numbers))
        self._objects.put(self.root, f"<</Type/Pages/Count {len(self.numbers)}/Kids[{kids}]>>")

    def _page(self, place: int, page: DrawnPage) -> str:
        held = f"/Font {ref(self._fonts)}"
        if page.pictures:
            held += f"/XObject{_named({name: self._pictures[name] for name in sorted(page.pictures)})}"
        drawn = self._objects.stream(self._drawn[place], PACKED)
        seen = " ".join(map(ref, self.annotations.get(place, ())))
        width, height = page.size
        return (
            f"<</Type/Page/Parent {ref(self.root)}/MediaBox[0 0 {width:.4f} {height:.4f}]/Contents {ref(drawn)}"
            f"/Resources<<{held}>>/StructParents {place}/Tabs/S{f'/Annots[{seen}]' if seen else ''}>>"
        )

    def _streams(self, fonts: Mapping[str, PackedFont], pictures: Mapping[str, Jpeg]) -> Iterator[Sequence[bytes]]:
        """Of each page all that is drawn, in the order in which `judgement` reads it back."""
        letters = [part for name in sorted(fonts) for part in fonts[name].packed_parts()]
        for page, drawn in zip(self._pages, self._drawn, strict=True):
            yield [drawn, *(pictures[name].data for name in sorted(page.pictures)), *letters]


def _named(numbers: Mapping[str, int]) -> str:
    return f"<<{''.join(f'/{name} {ref(number)}' for name, number in numbers.items())}>>"
