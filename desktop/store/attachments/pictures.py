"""Looking at a picture from a stranger: is it whole, is it sane, how does it look small. All of it in memory."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO, cast

import pi_heif
from PIL import Image, ImageOps

from desktop.store.attachments.metadata import UPRIGHT, broken, strip
from desktop.store.disk.errors import AttachmentRefused
from desktop.store.disk.streams import Piece

MAX_PIXELS = 64_000_000
MAX_SIDE = 20_000
THUMBNAIL = 256
QUALITY = 88
ORIENTATION = 0x0112
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF")
MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF", "HEIF"})  # a telephone's JPEG has depths behind it, and no frames
BARE = frozenset({"image/jpeg", "image/png", "image/webp"})  # stripped as they are; the others are made anew
PHOTOGRAPHS = frozenset({"image/jpeg", "image/heic", "image/avif"})  # made JPEG; the others PNG
TROUBLES = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, MemoryError,
            struct.error, zlib.error, AttributeError, AssertionError, RuntimeError)  # fmt: skip

pi_heif.register_heif_opener()
# Our own limit is stricter and is checked before a pixel is decoded; Pillow's is a warning only.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """`pieces` are what is kept; sizes are as a person sees it, turned upright."""

    pieces: list[Piece]
    media_type: str
    width: int
    height: int
    thumbnail: bytes


def examine(data: bytes, media_type: str, name: str, *, longest: int | None = None) -> CleanPicture:
    """Decodes the whole picture once, small where the format allows. Raises AttachmentRefused, in words."""
    orientation = look_at(data, name)
    if longest is not None or media_type not in BARE or frames_in(data) > 1:
        data, media_type = _made_anew(data, media_type, name, longest)
        orientation = UPRIGHT
    pieces = strip(data, media_type, orientation, name)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            thumbnail = _thumbnail(image)
    except TROUBLES as error:
        raise broken(name) from error
    if orientation >= 5:
        width, height = height, width
    return CleanPicture(pieces, media_type, width, height, thumbnail)


def scaled(source: BinaryIO, longest: int) -> bytes:
    """A JPEG no longer than `longest` pixels on either side, upright and without a word about its origin."""
    try:
        with Image.open(source, formats=FORMATS) as image:
            return _encoded(_shrunk(image, longest), "image/jpeg")
    except TROUBLES as error:
        msg = "The picture"
        raise broken(msg) from error


def look_at(data: bytes, name: str) -> int:
    """The orientation, once the sizes in the header have been found sane: to read it, Pillow may decode a PNG."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_huge(image, name)
            return _orientation(image)
    except TROUBLES as error:
        raise broken(name) from error


def _refuse_huge(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        message = f"“{name}” is larger than any photograph ({width} by {height} dots). Save it smaller, then add it."
        raise AttachmentRefused(message)
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > 1:
        message = f"“{name}” has {frames} pages, and Homeward shows only one. Save it as a PDF first, then add it."
        raise AttachmentRefused(message)


def _orientation(image: Image.Image) -> int:
    found = image.getexif().get(ORIENTATION, UPRIGHT)
    return found if isinstance(found, int) and UPRIGHT <= found <= 8 else UPRIGHT


def _made_anew(data: bytes, media_type: str, name: str, longest: int | None) -> tuple[bytes, str]:
    kind = "image/jpeg" if media_type in PHOTOGRAPHS else "image/png"
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _encoded(_shrunk(image, longest or MAX_SIDE), kind), kind
    except TROUBLES as error:
        raise broken(name) from error


def _thumbnail(image: Image.Image) -> bytes:
    return _encoded(_shrunk(image, THUMBNAIL), "image/jpeg")


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    if image.format == "JPEG":
        image.draft("RGB", (longest, longest))
    image.load()
    upright = ImageOps.exif_transpose(eight_bits(image))
    if max(upright.size) > longest:
        upright.thumbnail((longest, longest))
    return upright


def _encoded(image: Image.Image, kind: str) -> bytes:
    """A new picture made of pixels only: whatever else came with them stays behind."""
    out = io.BytesIO()
    if kind == "image/png":
        bare = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
        bare.info = {}
        bare.save(out, "PNG")
    else:
        bare = on_white(image)
        bare.info = {}
        bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def frames_in(data: bytes) -> int:
    """How many pictures follow each other; all but the first are left behind."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return int(getattr(image, "n_frames", 1)) if image.format in MOVING else 1
    except TROUBLES:
        return 1


def eight_bits(image: Image.Image) -> Image.Image:
    """Grey of more than 256 tones keeps its look: Pillow makes every tone above the 255th white."""
    if image.mode in {"I", "F"}:
        low, high = cast("tuple[float, float]", image.getextrema())
        whole = image
    elif image.mode.startswith("I;16"):
        low, high = 0.0, 65535.0
        whole = image.convert("I")
    else:
        return image
    scale = 255 / max(high - low, 1)
    grey = whole.point(lambda tone: tone * scale + (-low * scale)).convert("L")
    is_negative = image.format == "TIFF" and getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    return ImageOps.invert(grey) if is_negative else grey


def on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which paper does not have."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white
