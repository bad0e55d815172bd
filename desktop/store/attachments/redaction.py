"""Turning, cropping and hiding names in a picture, in memory, before any of it is kept."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, ImageStat

from desktop.store.attachments.media_type import HEAD, PICTURES, kind_of
from desktop.store.attachments.metadata import broken
from desktop.store.attachments.pictures import FORMATS, QUALITY, TROUBLES, eight_bits, frames_in, look_at, on_white
from desktop.store.disk.errors import AttachmentRefused

LONGEST = 2400  # pixels on the longer side: what a report on A4 can show
CELLS = 24  # across the longer side of what is hidden
SPREAD = 28  # of 255: how far the shades of the cells lie apart

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as parts of the picture as it stands when the edit is made."""


@dataclass(frozen=True, slots=True)
class Edit:
    """`kind` is turn (a quarter to the right), crop or hide; the latter two have a box."""

    kind: str
    box: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Sheet:
    """A picture on the table: its pixels only, without a word about where they came from, and on no disk."""

    name: str
    pixels: Image.Image
    frames: int = 1  # of the file it came from: only the first lies here

    def preview(self, edits: Sequence[Edit], longest: int) -> bytes:
        """As it would be kept, small enough for a screen."""
        picture = retouched(self.pixels, edits)
        picture.thumbnail((longest, longest))
        return _jpeg(picture)

    def finished(self, edits: Sequence[Edit]) -> bytes:
        """What is kept: new pixels where something is hidden, and nothing underneath."""
        return _jpeg(retouched(self.pixels, edits))


def is_picture(head: bytes) -> bool:
    """By its first bytes, whatever its name says."""
    return kind_of(head[:HEAD]) in PICTURES


def lay_out(stream: BinaryIO, name: str) -> Sheet:
    """Raises AttachmentRefused, in words, for what is no picture, or is damaged or too large."""
    data = stream.read()
    if not is_picture(data):
        message = f"“{name}” is not a picture. Add it as a document instead."
        raise AttachmentRefused(message)
    look_at(data, name)
    frames = frames_in(data)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.format == "JPEG":
                image.draft("RGB", (LONGEST, LONGEST))
            image.load()
            bare = on_white(ImageOps.exif_transpose(eight_bits(image)))
    except TROUBLES as error:
        raise broken(name) from error
    bare.info = {}
    bare.thumbnail((LONGEST, LONGEST))
    return Sheet(name, bare, frames)


def retouched(picture: Image.Image, edits: Sequence[Edit]) -> Image.Image:
    """Each edit on what the one before left; the original is not touched."""
    found = picture.copy()
    for edit in edits:
        found = _EDITS[edit.kind](found, edit.box)
    return found


def _turned(picture: Image.Image, _box: Box) -> Image.Image:
    return picture.transpose(Image.Transpose.ROTATE_270)


def _cropped(picture: Image.Image, box: Box) -> Image.Image:
    return picture.crop(_dots(picture, box))


def _hidden(picture: Image.Image, box: Box) -> Image.Image:
    """Cells in chance shades round the mean: no pixel of what was there, nor an average of a letter, is left.

    Blurring, or cells that each take the mean of what they cover, can be worked back to a name.
    """
    left, top, right, bottom = _dots(picture, box)
    width, height = right - left, bottom - top
    across = max(1, round(CELLS * width / max(width, height)))
    down = max(1, round(CELLS * height / max(width, height)))
    mean = [round(value) for value in ImageStat.Stat(picture.crop((left, top, right, bottom))).mean[:3]]
    cells = Image.new("RGB", (across, down))
    for place in range(across * down):
        shade = secrets.randbelow(2 * SPREAD + 1) - SPREAD
        cells.putpixel((place % across, place // across), tuple(min(max(value + shade, 0), 255) for value in mean))
    picture.paste(cells.resize((width, height), Image.Resampling.NEAREST), (left, top))
    return picture


def _dots(picture: Image.Image, box: Box) -> tuple[int, int, int, int]:
    """At least two dots each way, and inside the picture; outwards, so that no edge of a letter stays."""
    width, height = picture.size
    left, top = max(int(box[0] * width), 0), max(int(box[1] * height), 0)
    right, bottom = min(int(box[2] * width) + 1, width), min(int(box[3] * height) + 1, height)
    left, top = min(left, width - 2), min(top, height - 2)
    return left, top, max(right, left + 2), max(bottom, top + 2)


_EDITS: dict[str, Callable[[Image.Image, Box], Image.Image]] = {"turn": _turned, "crop": _cropped, "hide": _hidden}


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
