"""Pages of a scan: pictures, or a PDF as scanners write it, each page one picture; and the mark that stands on each.

A PDF from elsewhere is not drawn, by PDFium or anything else: its pictures are taken out and looked at as pictures.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import KnownError
from desktop.documents.sheets.sheet_mark import SheetMark, mark_said
from desktop.store.attachments.pictures import FORMATS, TROUBLES, look_at

MOST_PAGES, MOST_BYTES = 100, 200 * 1024 * 1024
_MODES = {"/DeviceGray": "L", "/CalGray": "L", "/DeviceRGB": "RGB", "/CalRGB": "RGB"}
_BY_COMPONENTS = {1: "L", 3: "RGB"}
_UNREAD = (PdfError, KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`name`: the file it is from, with its place there. `picture` is an image file’s bytes, upright where its mark
    says which way up it is."""

    name: str
    picture: bytes
    mark: SheetMark | None


def scanned_pages(files: Sequence[Path]) -> tuple[ScannedPage, ...]:
    """In the order of the files. Raises KnownError, naming the file, for what is no picture and no scan."""
    pages: list[ScannedPage] = []
    for file in files:
        for name, picture in _pictures_of(file):
            if len(pages) == MOST_PAGES:
                message = f"These are more than {MOST_PAGES} pages. Scan one sheet at a time."
                raise KnownError(message)
            pages.append(_looked_at(name, picture))
    return tuple(pages)


def _pictures_of(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if file.stat().st_size > MOST_BYTES:
            message = f"{file.name} is larger than {MOST_BYTES // 1024**2} MB. Scan it again with fewer dots an inch."
            raise KnownError(message)
        data = file.read_bytes()
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}. Choose another file."
        raise KnownError(message) from error
    pages = list(_in_pdf(data, file.name)) if b"%PDF-" in data[:1024] else [data]
    for number, picture in enumerate(pages, 1):
        yield (file.name if len(pages) == 1 else f"{file.name}, page {number}"), picture


def _in_pdf(data: bytes, name: str) -> Iterator[bytes]:
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)  # scanners write as they please
        count = int(reader.root["/Pages"]["/Count"])
        for number in range(min(count, MOST_PAGES + 1)):
            yield _picture_on(reader.find_page_for_modification(number)[0].get_object())
    except (*_UNREAD, *TROUBLES) as error:
        message = f"The pages of {name} cannot be taken out of it. Scan it again as pictures, one page each."
        raise KnownError(message) from error


def _picture_on(page: Any) -> bytes:
    """The one picture of a scanned page, turned as the page says. Raises ValueError for a page that is no scan."""
    held = page["/Resources"]["/XObject"]
    found = [one for name in held if (one := held[name]).get("/Subtype") == "/Image"]
    if len(found) != 1:
        message = "not one picture alone"
        raise ValueError(message)
    picture, turned = _unpacked(found[0]), int(page.get("/Rotate", 0)) % 360
    if not turned:
        return picture
    with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
        return _encoded(image.rotate(-turned, expand=True))


def _unpacked(stream: generic.StreamObject) -> bytes:
    """A JPEG as it lies there; what is packed without loss as a PNG."""
    packed = stream.get("/Filter")
    kinds = [packed] if isinstance(packed, str) else list(packed or ())
    if kinds == ["/DCTDecode"]:
        return bytes(stream.encoded_data)
    size = (int(stream["/Width"]), int(stream["/Height"]))
    if kinds == ["/CCITTFaxDecode"]:
        return _encoded(_fax(stream, size))
    if kinds not in (["/FlateDecode"], []) or size[0] * size[1] * 3 > MOST_BYTES:
        message = "packed in a way that only few scanners use"
        raise ValueError(message)
    mode = "1" if int(stream.get("/BitsPerComponent", 8)) == 1 else _mode(stream["/ColorSpace"])
    return _encoded(Image.frombytes(mode, size, stream.data))


def _mode(space: Any) -> str:
    if isinstance(space, str):
        return _MODES[space]
    return _BY_COMPONENTS[int(space[1]["/N"])] if space[0] == "/ICCBased" else _MODES[space[0]]


def _fax(stream: generic.StreamObject, size: tuple[int, int]) -> Image.Image:
    """Black and white as a fax sends it, which Pillow reads within a TIFF."""
    parts = stream.get("/DecodeParms", {})
    parts = parts[0] if isinstance(parts, list) else parts
    if int(parts.get("/K", 0)) >= 0:
        message = "an old kind of fax"
        raise ValueError(message)
    white_is_zero = 0 if not bool(parts.get("/BlackIs1", False)) else 1
    data = stream.encoded_data
    entries = ((256, size[0]), (257, size[1]), (258, 1), (259, 4), (262, white_is_zero), (273, 122), (278, size[1]),
               (279, len(data)))  # fmt: skip
    head = b"II*\0\x08\0\0\0" + len(entries).to_bytes(2, "little")
    listed = b"".join(
        tag.to_bytes(2, "little") + b"\x04\0\x01\0\0\0" + value.to_bytes(4, "little") for tag, value in entries
    )
    tiff = (head + listed + b"\0" * 4).ljust(122, b"\0") + data
    with Image.open(io.BytesIO(tiff), formats=("TIFF",)) as image:
        image.load()
        return image


def _looked_at(name: str, picture: bytes) -> ScannedPage:
    """With its mark, and turned upright by that: a sheet goes into a scanner any way round."""
    look_at(picture, name)
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            grey = image.convert("L")
            found = zxingcpp.read_barcodes(grey, formats=zxingcpp.barcode_formats_from_str("QRCode"))
            marks = [(mark, code.orientation) for code in found if (mark := mark_said(code.text))]
            if not marks:
                return ScannedPage(name, picture, None)
            mark, angle = marks[0]
            quarter = round(angle / 90) * 90 % 360
            return ScannedPage(name, _encoded(image.rotate(quarter, expand=True)) if quarter else picture, mark)
    except TROUBLES as error:
        message = f"{name} is no picture that can be read here. Scan it again, as a JPEG or a PDF."
        raise KnownError(message) from error


def _encoded(image: Image.Image) -> bytes:
    """Without loss where it is black and white; as a photograph otherwise."""
    out = io.BytesIO()
    if image.mode == "1":
        image.save(out, "PNG")
    else:
        image.convert("L" if image.mode == "L" else "RGB").save(out, "JPEG", quality=90)
    return out.getvalue()
