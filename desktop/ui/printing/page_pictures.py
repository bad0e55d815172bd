"""Pages of a PDF as pictures, drawn in memory. Only for what this laptop made: PDFium is not given a foreign file."""

from __future__ import annotations

from threading import Lock

import pypdfium2
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

_POINTS = 72.0
_one_at_a_time = Lock()  # PDFium keeps state of its own that threads may not share


class PagePictures:
    """`data` is held for as long as this is: nothing of it is written down."""

    def __init__(self, data: bytes) -> None:
        with _one_at_a_time:
            self._file = pypdfium2.PdfDocument(data)
            self.sizes: tuple[tuple[float, float], ...] = tuple(page.get_size() for page in self._file)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """The page of that number, counted from 0."""
        with _one_at_a_time:
            drawn = self._file[number].render(scale=dots_per_inch / _POINTS, rev_byteorder=True, prefer_bgrx=True)
            size = QSize(drawn.width, drawn.height)
            image = QImage(
                bytes(drawn.buffer), size.width(), size.height(), drawn.stride, QImage.Format.Format_RGBX8888
            )
            return image.copy()

    def words(self, number: int) -> str:
        """What stands on it, for somebody who does not see the picture."""
        with _one_at_a_time:
            return str(self._file[number].get_textpage().get_text_bounded())
