"""A picture in a document: a figure with its description, so that those who listen to the page have it too."""

from __future__ import annotations

import hashlib
import io

from PIL import Image
from reportlab.platypus import Flowable

from desktop.documents.pdf.structure_tree import Element


class PictureBlock(Flowable):  # type: ignore[misc]  # reportlab has no types
    """As large as the room allows, and never larger than `longest` points on a side."""

    def __init__(self, picture: bytes, alt: str, parent: Element, *, longest: float) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        with Image.open(io.BytesIO(picture), formats=("JPEG",)) as image:
            self._size = image.size
        self._picture, self._digest = picture, hashlib.sha256(picture).hexdigest()
        self._alt, self._parent, self._longest = alt, parent, longest
        self.spaceBefore, self.spaceAfter = 4, 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, tall = self._size
        scale = min(self._longest / max(wide, tall), width / wide, max(height, 1) / tall)
        self.width, self.height = wide * scale, tall * scale
        return self.width, self.height

    def draw(self) -> None:
        self.canv.begin(self._parent.add("Figure", alt=self._alt))
        self.canv.draw_jpeg(self._picture, self._digest, self.width, self.height)
        self.canv.end()
