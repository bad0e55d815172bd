"""The icon as Windows wants it, drawn from the one there is. Usage: python -m installers.icon FILE.ico"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWN = Path(__file__).parent / "linux" / "homeward.svg"
LARGEST = 256
SIZES = [(side, side) for side in (16, 24, 32, 48, 64, 128, LARGEST)]


def main(to: Path) -> None:
    picture = QImage(LARGEST, LARGEST, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWN)).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(held, "PNG")  # type: ignore[call-overload]
    to.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(held.data().data())).save(to, sizes=SIZES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
