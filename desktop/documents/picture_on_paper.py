"""A picture in a document: a figure with its description, so that those who listen to the page have it too."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from desktop.documents.tagging import Element


class PictureBlock(Flowable):  # type: ignore[misc]  # reportlab has no types
    """As large as the room allows, and never larger than `longest` points on a side."""

    def __init__(self, picture: bytes, alt: str, parent: Element, *, longest: float) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._image = ImageReader(io.BytesIO(picture))
        self._alt, self._parent, self._longest = alt, parent, longest
        self.spaceBefore, self.spaceAfter = 4, 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, tall = self._image.getSize()
        scale = min(self._longest / max(wide, tall), width / wide, max(height, 1) / tall)
        self.width, self.height = wide * scale, tall * scale
        return self.width, self.height

    def draw(self) -> None:
        self.canv.begin(self._parent.add("Figure", alt=self._alt))
        self.canv.drawImage(self._image, 0, 0, self.width, self.height)
        self.canv.end()
